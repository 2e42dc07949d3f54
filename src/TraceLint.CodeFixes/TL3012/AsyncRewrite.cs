using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Editing;
using static TraceLint.Flow.TaskTypes;

namespace TraceLint;

/// <summary>Turns functions that return tasks into async functions that await them, for a whole document in one pass.</summary>
internal sealed class AsyncRewrite(CompilationUnitSyntax root, SemanticModel model, CancellationToken cancellation)
{
    private readonly Dictionary<SyntaxNode, List<ReturnStatementSyntax>> _functions = [];
    private readonly Dictionary<ReturnStatementSyntax, Way> _returns = [];
    private readonly Lazy<bool> _configures = new(() => Configures(root));

    /// <summary>What a return statement turns into.</summary>
    private enum Kind
    {
        /// <summary><c>return await task;</c></summary>
        ReturnAwaited,

        /// <summary><c>await task;</c></summary>
        Await,

        /// <summary><c>await task; return;</c></summary>
        AwaitAndReturn,

        /// <summary><c>return value;</c></summary>
        ReturnValue,

        /// <summary><c>return;</c></summary>
        Return,

        /// <summary><c>throw exception;</c></summary>
        Throw,
    }

    private readonly record struct Way(Kind Kind, ExpressionSyntax? Value);

    public bool IsEmpty => _functions.Count == 0;

    /// <summary>Makes a function async, if possible.</summary>
    /// <param name="function">A method, a local function or a lambda with a block.</param>
    public void Add(SyntaxNode function)
    {
        if (_functions.ContainsKey(function)
            || BlockOf(function) is not { } block
            || !CanBeAsync(function)
            || SymbolOf(function) is not { } method
            || ResultOf(method) is not { } hasResult)
        {
            return;
        }

        var ways = new Dictionary<ReturnStatementSyntax, Way>();
        foreach (var node in block.DescendantNodes(
            static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            if (node is ReturnStatementSyntax statement)
            {
                if (WayOf(statement, hasResult, block) is not { } way)
                {
                    return;
                }

                ways.Add(statement, way);
            }
        }

        _functions.Add(function, [.. ways.Keys]);
        foreach (var way in ways)
        {
            _returns.Add(way.Key, way.Value);
        }
    }

    /// <summary>The root with all edits applied.</summary>
    public CompilationUnitSyntax Apply()
    {
        var tracked = root.TrackNodes(_functions.Keys.Concat(_returns.Keys));
        var edits = new StatementEdits(tracked);
        foreach (var statement in _returns)
        {
            edits.Add(tracked.GetCurrentNode(statement.Key)!, changed => Edited((ReturnStatementSyntax)changed, statement.Value));
        }

        var edited = edits.Apply();
        return edited.ReplaceNodes(
            _functions.Keys.Select(function => edited.GetCurrentNode(function)!), static (_, rewritten) => WithAsync(rewritten));
    }

    private static BlockSyntax? BlockOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Body,
        LocalFunctionStatementSyntax local => local.Body,
        AnonymousFunctionExpressionSyntax lambda => lambda.Block,
        _ => null,
    };

    private IMethodSymbol? SymbolOf(SyntaxNode function)
        => (function is AnonymousFunctionExpressionSyntax
            ? model.GetSymbolInfo(function, cancellation).Symbol
            : model.GetDeclaredSymbol(function, cancellation)) as IMethodSymbol;

    // Whether there is a result in the task; null for anything but a task.
    private static bool? ResultOf(IMethodSymbol method)
        => !method.ReturnsByRef && IsTask(method.ReturnType) && method.Parameters.All(static parameter => parameter.RefKind is RefKind.None)
            ? ((INamedTypeSymbol)method.ReturnType).IsGenericType
            : null;

    // The compiler does not warn that an async method of a struct changes a copy, or that a lock is not held across an await.
    private bool CanBeAsync(SyntaxNode function)
    {
        foreach (var node in function.AncestorsAndSelf())
        {
            switch (node)
            {
                case UnsafeStatementSyntax or MemberDeclarationSyntax
                    when Modifiers(node).Any(SyntaxKind.UnsafeKeyword) || node is UnsafeStatementSyntax:
                case MethodDeclarationSyntax method
                    when method.AttributeLists.SelectMany(static list => list.Attributes)
                        .Any(static attribute => attribute.ToString().IndexOf("Synchronized", StringComparison.Ordinal) >= 0):
                case BaseTypeDeclarationSyntax type
                    when model.GetDeclaredSymbol(type, cancellation) is { IsValueType: true, IsReadOnly: false }:
                    return false;
                case BaseTypeDeclarationSyntax:
                    return true;
            }
        }

        return true;
    }

    private static SyntaxTokenList Modifiers(SyntaxNode node) => node is MemberDeclarationSyntax member ? member.Modifiers : default;

    private Way? WayOf(ReturnStatementSyntax statement, bool hasResult, BlockSyntax block)
    {
        if (statement.Expression is not { } returned
            || returned is ConditionalAccessExpressionSyntax or RefExpressionSyntax
            || Inner(returned) is not { } operation)
        {
            return null;
        }

        if (operation is IInvocationOperation
            {
                TargetMethod: { IsStatic: true, Name: "FromException", ContainingType: var home },
                Arguments: [{ Value.Syntax: ExpressionSyntax exception }]
            }
            && IsTask(home))
        {
            return new Way(Kind.Throw, exception);
        }

        if (hasResult && ValueOf(operation) is { } value)
        {
            return new Way(Kind.ReturnValue, value);
        }

        if (!hasResult && IsNothing(operation))
        {
            return new Way(Kind.Return, null);
        }

        return !IsTask(operation.Type) || operation.ConstantValue.HasValue || operation is IDefaultValueOperation ? null
            : new Way(hasResult ? Kind.ReturnAwaited : IsLast(statement, block) ? Kind.Await : Kind.AwaitAndReturn, returned);
    }

    private IOperation? Inner(ExpressionSyntax returned)
    {
        var operation = model.GetOperation(returned, cancellation);
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
        {
            operation = conversion.Operand;
        }

        return operation;
    }

    // Task.FromResult(value), new ValueTask<int>(value)
    private static ExpressionSyntax? ValueOf(IOperation task) => task switch
    {
        IInvocationOperation
        {
            TargetMethod: { IsStatic: true, Name: "FromResult", ContainingType: var home, TypeArguments: [var result] },
            Arguments: [{ Value: var value }]
        }
            when IsTask(home)
            => Written(value, result),
        IObjectCreationOperation
        {
            Type: INamedTypeSymbol { Name: "ValueTask", TypeArguments: [var result] },
            Arguments: [{ Value: var value }]
        }
            when !IsTask(value.Type)
            => Written(value, result),
        _ => null,
    };

    // The return converts the value as well, except for null, which has no type of its own.
    private static ExpressionSyntax? Written(IOperation value, ITypeSymbol result)
        => value.Syntax is ExpressionSyntax expression && SymbolEqualityComparer.Default.Equals(value.Type, result) ? expression : null;

    private static bool IsNothing(IOperation task) => task switch
    {
        IPropertyReferenceOperation { Property: { IsStatic: true, Name: "CompletedTask", ContainingType: var home } } => IsTask(home),
        IDefaultValueOperation or IObjectCreationOperation { Arguments.IsEmpty: true } => task.Type?.Name is "ValueTask",
        _ => false,
    };

    // Whether the function ends with the statement.
    private static bool IsLast(StatementSyntax statement, BlockSyntax body)
    {
        for (SyntaxNode node = statement; node != body; node = node.Parent!)
        {
            switch (node.Parent)
            {
                case BlockSyntax block when block.Statements.LastOrDefault() == node:
                case UsingStatementSyntax or IfStatementSyntax or ElseClauseSyntax or TryStatementSyntax or CatchClauseSyntax:
                    continue;
                default:
                    return false;
            }
        }

        return true;
    }

    private IReadOnlyList<StatementSyntax> Edited(ReturnStatementSyntax statement, Way way)
    {
        var (leading, trailing) = (statement.GetLeadingTrivia(), statement.GetTrailingTrivia());
        var value = way.Value is null ? null : (statement.Expression ?? way.Value).WithoutTrivia();
        return way.Kind switch
        {
            Kind.ReturnAwaited => [statement.WithExpression(Awaited(statement.Expression!))],
            Kind.ReturnValue => [statement.WithExpression(way.Value!.WithTriviaFrom(statement.Expression!))],
            Kind.Return => [statement.WithReturnKeyword(statement.ReturnKeyword.WithTrailingTrivia()).WithExpression(null)],
            Kind.Throw
                => [SyntaxFactory.ThrowStatement(
                    SyntaxFactory.Token(leading, SyntaxKind.ThrowKeyword, SyntaxFactory.TriviaList(SyntaxFactory.Space)),
                    way.Value!.WithoutTrivia(),
                    statement.SemicolonToken)],
            Kind.Await => [Await()],
            _ => AwaitAndReturn(),
        };

        StatementSyntax Await() => SyntaxFactory.ExpressionStatement(Awaited(value!), statement.SemicolonToken).WithLeadingTrivia(leading);

        IReadOnlyList<StatementSyntax> AwaitAndReturn()
        {
            var startsLine = trailing.Any(SyntaxKind.EndOfLineTrivia);
            var indentation = startsLine && leading is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } space]
                ? SyntaxFactory.TriviaList(space)
                : default;
            var end = SyntaxFactory.ReturnStatement()
                .WithLeadingTrivia(indentation)
                .WithTrailingTrivia(startsLine ? trailing.Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) : trailing);
            var await = startsLine ? Await() : Await().WithTrailingTrivia(SyntaxFactory.Space);
            if (StatementEdits.IsInList(statement))
            {
                return [await, end];
            }

            var line = SyntaxFactory.EndOfLine(LineEnding.Of(root.SyntaxTree.GetText(cancellation)));
            return [SyntaxFactory.Block(await.WithTrailingTrivia(line), end.WithTrailingTrivia(line))
                .WithTrailingTrivia(trailing)
                .WithAdditionalAnnotations(Microsoft.CodeAnalysis.Formatting.Formatter.Annotation)];
        }
    }

    private AwaitExpressionSyntax Awaited(ExpressionSyntax task)
    {
        var bare = task.WithoutTrivia();
        var operand = NeedsParentheses(bare) ? SyntaxFactory.ParenthesizedExpression(bare) : bare;
        if (_configures.Value)
        {
            operand = SyntaxFactory.InvocationExpression(
                SyntaxFactory.MemberAccessExpression(
                    SyntaxKind.SimpleMemberAccessExpression,
                    operand is CastExpressionSyntax ? SyntaxFactory.ParenthesizedExpression(operand) : operand,
                    SyntaxFactory.IdentifierName("ConfigureAwait")),
                SyntaxFactory.ArgumentList(
                    SyntaxFactory.SingletonSeparatedList(
                        SyntaxFactory.Argument(SyntaxFactory.LiteralExpression(SyntaxKind.FalseLiteralExpression)))));
        }

        return SyntaxFactory
            .AwaitExpression(SyntaxFactory.Token(default, SyntaxKind.AwaitKeyword, SyntaxFactory.TriviaList(SyntaxFactory.Space)), operand)
            .WithTriviaFrom(task);
    }

    private static bool NeedsParentheses(ExpressionSyntax task)
        => task is ConditionalExpressionSyntax or BinaryExpressionSyntax or AssignmentExpressionSyntax or SwitchExpressionSyntax;

    // Whether the awaits in the file use ConfigureAwait.
    private static bool Configures(SyntaxNode root)
        => root.DescendantNodes().Any(static node => node is AwaitExpressionSyntax
        {
            Expression: InvocationExpressionSyntax
            {
                Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" },
                ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.FalseLiteralExpression } }],
            },
        });

    private static SyntaxNode WithAsync(SyntaxNode function)
    {
        var async = SyntaxFactory.Token(SyntaxFactory.TriviaList(), SyntaxKind.AsyncKeyword, SyntaxFactory.TriviaList(SyntaxFactory.Space));
        switch (function)
        {
            case MethodDeclarationSyntax { Modifiers.Count: 0 } method:
                return method.WithReturnType(method.ReturnType.WithLeadingTrivia())
                    .WithModifiers(SyntaxFactory.TokenList(async.WithLeadingTrivia(method.ReturnType.GetLeadingTrivia())));
            case MethodDeclarationSyntax method:
                var before = method.Modifiers.IndexOf(SyntaxKind.PartialKeyword);
                return method.WithModifiers(before < 0 ? method.Modifiers.Add(async) : before > 0 ? method.Modifiers.Insert(before, async)
                    : method.Modifiers.Replace(method.Modifiers[0], method.Modifiers[0].WithLeadingTrivia())
                        .Insert(0, async.WithLeadingTrivia(method.Modifiers[0].LeadingTrivia)));
            case LocalFunctionStatementSyntax { Modifiers.Count: 0 } local:
                return local.WithReturnType(local.ReturnType.WithLeadingTrivia())
                    .WithModifiers(SyntaxFactory.TokenList(async.WithLeadingTrivia(local.ReturnType.GetLeadingTrivia())));
            case LocalFunctionStatementSyntax local:
                return local.WithModifiers(local.Modifiers.Add(async));
            case AnonymousFunctionExpressionSyntax { Modifiers.Count: 0 } lambda:
                var leading = lambda.GetLeadingTrivia();
                return lambda is ParenthesizedLambdaExpressionSyntax { AttributeLists.Count: > 0 } attributed
                    ? attributed.WithModifiers(SyntaxFactory.TokenList(async))
                    : lambda.WithLeadingTrivia().WithModifiers(SyntaxFactory.TokenList(async.WithLeadingTrivia(leading)));
            case AnonymousFunctionExpressionSyntax lambda:
                return lambda.WithModifiers(lambda.Modifiers.Add(async));
            default:
                return function;
        }
    }
}

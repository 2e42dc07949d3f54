using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>What a span ends before.</summary>
internal enum EarlyEndKind
{
    /// <summary>A task completes.</summary>
    Task,

    /// <summary>An asynchronous sequence is read.</summary>
    Sequence,

    /// <summary>Any work is done.</summary>
    Everything,
}

/// <summary>A span that ends before its work.</summary>
/// <param name="Kind">What it ends before.</param>
/// <param name="Name">The name of the call that starts it, or of the variable in the <c>using</c>.</param>
/// <param name="Function">The function that returns the work; null where none is returned.</param>
/// <param name="Returned">The returned expression; null where there is none.</param>
/// <param name="Work">The name of the call that does the work; null where there is none.</param>
internal sealed record EarlyEnd(
    EarlyEndKind Kind, SyntaxNode Name, SyntaxNode? Function = null, SyntaxNode? Returned = null, string? Work = null);

/// <summary>Finds spans whose <c>using</c> or <c>finally</c> ends them before the work in it is done.</summary>
internal sealed class EarlyEnds(SpanStarts starts, CompilationContext context)
{
    // With one of these arguments, the span of an empty using records something that has happened already.
    private static readonly HashSet<string> s_records =
        new(StringComparer.Ordinal) { "initialAttributes", "links", "parentContext", "parentId", "parentSpan", "startTime", "tags" };

    private readonly PendingWork _work = new(context);

    /// <summary>The span that a statement ends too early.</summary>
    /// <param name="statement">A using statement, a using declaration, or a try statement with a finally.</param>
    /// <returns>Null when it does not certainly end too early, or there is no span.</returns>
    public EarlyEnd? Of(StatementSyntax statement, SemanticModel model, CancellationToken cancellation)
    {
        var isEmpty = statement is UsingStatementSyntax { Statement: BlockSyntax { Statements.Count: 0 } or EmptyStatementSyntax };
        if (isEmpty && (IsCommented(ScopeOf(statement)) || IsDemonstration(statement)))
        {
            return null;
        }

        var function = FunctionGraphs.FunctionAround(statement);
        if (!isEmpty && (function is null or CompilationUnitSyntax || FunctionGraphs.IsAsync(function) || !MayReturnTask(function)
            || !ReturnsIn(statement).Any() || EnclosingBody.IsIterator(function) || IsInCatch(statement, function)))
        {
            return null;
        }

        foreach (var (value, variable) in ResourcesOf(statement))
        {
            if (!IsSpan(value, variable, function, model, cancellation))
            {
                continue;
            }

            if (isEmpty)
            {
                return OnlyStarts(value, model, cancellation) ? new EarlyEnd(EarlyEndKind.Everything, NameOf(value)) : null;
            }

            foreach (var returned in ReturnsIn(statement))
            {
                if (model.GetOperation(returned, cancellation) is { } operation
                    && !IsOverBefore(returned, variable, statement)
                    && !IsWithoutSpan(returned, variable, statement)
                    && _work.Of(operation, LifeOf(statement, value), variable, cancellation) is { Completion: Completion.Pending } pending)
                {
                    return new EarlyEnd(
                        pending.IsSequence ? EarlyEndKind.Sequence : EarlyEndKind.Task, NameOf(value), function, returned, pending.Call);
                }
            }
        }

        return null;
    }

    private static IEnumerable<(ExpressionSyntax Value, string? Variable)> ResourcesOf(StatementSyntax statement) => statement switch
    {
        UsingStatementSyntax { Expression: IdentifierNameSyntax variable } => [(variable, variable.Identifier.ValueText)],
        UsingStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax variable, Right: var value } }
            => [(value, variable.Identifier.ValueText)],
        UsingStatementSyntax { Expression: { } value } => [(value, null)],
        UsingStatementSyntax { Declaration: { } declaration } => Declared(declaration),
        LocalDeclarationStatementSyntax { Declaration: var declaration } => Declared(declaration),
        TryStatementSyntax { Finally.Block: var ending } attempt => StoppedIn(ending, attempt),
        _ => [],
    };

    // var activity = ...; try { ... } finally { activity?.Stop(); }, or assigned as the first thing in the try block.
    private static IEnumerable<(ExpressionSyntax Value, string? Variable)> StoppedIn(BlockSyntax ending, TryStatementSyntax attempt)
    {
        foreach (var (value, variable) in HeldAt(attempt))
        {
            if (CallsOn(variable, ending, IsStop).Any())
            {
                yield return (value, variable);
            }
        }
    }

    private static IEnumerable<(ExpressionSyntax Value, string Variable)> HeldAt(TryStatementSyntax attempt)
    {
        var before = (attempt.Parent as BlockSyntax)?.Statements.TakeWhile(statement => statement != attempt)
            ?? (attempt.Parent as SwitchSectionSyntax)?.Statements.TakeWhile(statement => statement != attempt)
            ?? [];
        foreach (var statement in before.Concat(attempt.Block.Statements.Take(1)))
        {
            switch (statement)
            {
                case LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration: var declaration }:
                    foreach (var variable in declaration.Variables.Where(static one => one.Initializer is not null))
                    {
                        yield return (variable.Initializer!.Value, variable.Identifier.ValueText);
                    }

                    break;
                case ExpressionStatementSyntax
                {
                    Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var name }, Right: var value }
                }:
                    yield return (value, name);
                    break;
            }
        }
    }

    private static IEnumerable<(ExpressionSyntax Value, string? Variable)> Declared(VariableDeclarationSyntax declaration)
        => declaration.Variables.Where(static variable => variable.Initializer is not null)
            .Select(static variable => (variable.Initializer!.Value, (string?)variable.Identifier.ValueText));

    private static SyntaxNode ScopeOf(StatementSyntax statement) => statement switch
    {
        UsingStatementSyntax { Statement: var body } => body,
        TryStatementSyntax { Block: var body } => body,
        _ => statement.Parent!,
    };

    // The code that runs after the span has started.
    private static TextSpan LifeOf(StatementSyntax statement, ExpressionSyntax span) => statement switch
    {
        UsingStatementSyntax { Statement: var body } => body.Span,
        TryStatementSyntax { Block: var body } => TextSpan.FromBounds(span.Span.End, body.Span.End),
        _ => TextSpan.FromBounds(statement.Span.End, statement.Parent!.Span.End),
    };

    // The expressions that are returned while the span is live. A return in a catch handles a failure.
    private static IEnumerable<ExpressionSyntax> ReturnsIn(StatementSyntax statement)
    {
        foreach (var node in ScopeOf(statement)
            .DescendantNodesAndSelf(static node => node is not (ExpressionSyntax or LocalFunctionStatementSyntax or CatchClauseSyntax)))
        {
            if (node is ReturnStatementSyntax { Expression: { } value }
                && (statement is not LocalDeclarationStatementSyntax || node.SpanStart > statement.Span.End))
            {
                yield return value;
            }
        }
    }

    // Judged by the written return type, because most functions with a using return something else and need no semantic check.
    private static bool MayReturnTask(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax { ReturnType: var type } => MayBeTask(type),
        LocalFunctionStatementSyntax { ReturnType: var type } => MayBeTask(type),
        AccessorDeclarationSyntax { Parent.Parent: BasePropertyDeclarationSyntax { Type: var type } } => MayBeTask(type),
        _ => true,
    };

    private static bool MayBeTask(TypeSyntax type) => type switch
    {
        NullableTypeSyntax { ElementType: var element } => MayBeTask(element),
        QualifiedNameSyntax { Right: var name } => MayBeTask(name),
        SimpleNameSyntax { Identifier.ValueText: "Task" or "ValueTask" or "IAsyncEnumerable" } => true,
        _ => false,
    };

    private static bool IsInCatch(StatementSyntax statement, SyntaxNode function)
        => statement.FirstAncestorOrSelf<SyntaxNode>(node => node == function || node is CatchClauseSyntax) is CatchClauseSyntax;

    private bool IsSpan(ExpressionSyntax value, string? variable, SyntaxNode? function, SemanticModel model, CancellationToken cancellation)
        => model.GetOperation(value, cancellation)?.Unconverted() is { } operation && starts.IsSpan(operation.Type) && operation switch
        {
            // Created, and started later or not at all.
            IObjectCreationOperation or IInvocationOperation { TargetMethod.Name: "CreateActivity" }
                => variable is not null && function is not null && CallsOn(variable, function, static name => name is "Start").Any(),
            IInvocationOperation
                or IConditionalOperation
                or ICoalesceOperation
                or IConditionalAccessOperation
                or ILocalReferenceOperation
                or IParameterReferenceOperation
                => true,
            _ => false,
        };

    private static bool IsStop(string name) => name is "Stop" or "Dispose" or "End";

    // activity.Stop(), activity?.Stop()
    private static IEnumerable<SyntaxNode> CallsOn(string variable, SyntaxNode function, Func<string, bool> isCalled)
    {
        foreach (var node in function.DescendantNodes(inner => inner == function
            || inner is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or CatchClauseSyntax)))
        {
            if (node is InvocationExpressionSyntax call && call.CalledName() is { Identifier.ValueText: var name } && isCalled(name)
                && call.Expression switch
                {
                    MemberAccessExpressionSyntax { Expression: var owner } => owner,
                    MemberBindingExpressionSyntax => call.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
                    _ => null,
                } is IdentifierNameSyntax { Identifier.ValueText: var target } && target == variable)
            {
                yield return node;
            }
        }
    }

    // The span was stopped, or another one made current, so that what follows is not its work.
    private static bool IsOverBefore(ExpressionSyntax returned, string? variable, StatementSyntax statement)
    {
        var scope = ScopeOf(statement);
        return (variable is not null
                && CallsOn(variable, scope, IsStop)
                    .Any(stop => stop.SpanStart < returned.SpanStart))
            || scope.DescendantNodes().Any(node => node.SpanStart < returned.SpanStart
                && node is AssignmentExpressionSyntax
                {
                    Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Current", Expression: var owner }
                }
                && owner.ToString().EndsWith("Activity", StringComparison.Ordinal));
    }

    // if (activity is null) { return next(); }
    private static bool IsWithoutSpan(ExpressionSyntax returned, string? variable, StatementSyntax statement)
    {
        var scope = ScopeOf(statement);
        for (SyntaxNode node = returned; variable is not null && node != scope; node = node.Parent!)
        {
            if (node.Parent is IfStatementSyntax { Condition: var condition } branch
                && NullTest.Of(condition) is { } test
                && test.Variable == variable
                && (test.IsThere ? branch.Else : (SyntaxNode)branch.Statement) == node)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCommented(SyntaxNode body)
        => body.DescendantTrivia().Any(trivia => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
            && body.Span.Contains(trivia.Span));

    // Usings that contain only other usings are demonstrations of nested spans.
    private static bool IsDemonstration(StatementSyntax statement)
        => statement.Parent is BlockSyntax { Statements.Count: 1, Parent: UsingStatementSyntax };

    private bool OnlyStarts(ExpressionSyntax value, SemanticModel model, CancellationToken cancellation)
        => model.GetOperation(value, cancellation)?.Unconverted() is IInvocationOperation call && starts.Of(call) is { IsStarted: true }
            && call.Arguments.All(static argument => argument.ArgumentKind is ArgumentKind.DefaultValue
                || !s_records.Contains(argument.Parameter?.Name ?? ""));

    private static SyntaxNode NameOf(ExpressionSyntax value)
    {
        var calls = value.DescendantNodesAndSelf(static node => node is not AnonymousFunctionExpressionSyntax)
            .OfType<InvocationExpressionSyntax>()
            .Select(static call => call.CalledName())
            .OfType<SimpleNameSyntax>()
            .ToList();
        return calls.Find(static name => SpanStarts.CalledNames.Contains(name.Identifier.ValueText))
            ?? calls.FirstOrDefault()
            ?? (SyntaxNode?)(value as ObjectCreationExpressionSyntax)?.Type
            ?? value;
    }
}

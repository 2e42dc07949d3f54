using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace TraceLint.Tests.Robustness.Rewrites;

/// <summary>Rewrites the statements of each block, from the last one to the first one.</summary>
internal abstract class StatementRewriter : CSharpSyntaxRewriter
{
    private int _names;

    protected string NewName(string prefix) => $"{prefix}{++_names}";

    public override SyntaxNode VisitBlock(BlockSyntax node)
    {
        var visited = (BlockSyntax)base.VisitBlock(node)!;
        var statements = new List<StatementSyntax>();
        for (var i = visited.Statements.Count - 1; i >= 0; i--)
        {
            statements = Replace(visited.Statements[i], node.Statements[i], statements);
        }

        return visited.WithStatements(List(statements));
    }

    /// <summary>The statements in place of one and of those after it.</summary>
    /// <param name="statement">The statement, of which everything within is rewritten.</param>
    /// <param name="original">The same in the file.</param>
    /// <param name="rest">What comes after it in the block.</param>
    protected abstract List<StatementSyntax> Replace(StatementSyntax statement, StatementSyntax original, List<StatementSyntax> rest);

    protected static StatementSyntax Parsed(string code) => ParseStatement(code + "\n");

    // using var x = ...; outside of loops and switch sections that declare other locals.
    protected static bool IsUsing(StatementSyntax statement, out LocalDeclarationStatementSyntax declaration, out string name)
    {
        declaration = (statement as LocalDeclarationStatementSyntax)!;
        name = declaration?.Declaration.Variables[0].Identifier.Text ?? "";
        return declaration is { UsingKeyword.RawKind: not 0, AwaitKeyword.RawKind: 0, Declaration.Variables.Count: 1 };
    }

    protected static bool HasFunctions(List<StatementSyntax> statements)
        => statements.Any(static statement => statement is LocalFunctionStatementSyntax or LabeledStatementSyntax);
}

/// <summary><c>using var x = y; ...</c> becomes <c>var x = y; try { ... } finally { x?.Dispose(); }</c>.</summary>
internal sealed class UsingAsTry : StatementRewriter
{
    protected override List<StatementSyntax> Replace(StatementSyntax statement, StatementSyntax original, List<StatementSyntax> rest)
        => IsUsing(statement, out var declaration, out var name) && rest.Count > 0 && !HasFunctions(rest)
            ?
            [
                declaration.WithUsingKeyword(default),
                TryStatement(Block(rest), default, FinallyClause(Block(Parsed($"{name}?.Dispose();")))),
            ]
            : [statement, .. rest];
}

/// <summary><c>using var x = y; ...</c> becomes <c>using (var x = y) { ... }</c>.</summary>
internal sealed class UsingAsStatement : StatementRewriter
{
    protected override List<StatementSyntax> Replace(StatementSyntax statement, StatementSyntax original, List<StatementSyntax> rest)
        => IsUsing(statement, out var declaration, out _) && rest.Count > 0 && !HasFunctions(rest)
            ? [UsingStatement(declaration.Declaration, null, Block(rest))]
            : [statement, .. rest];
}

/// <summary><c>var x = a ? b : c;</c> becomes a declaration and an <c>if</c>.</summary>
internal sealed class ConditionalAsIf(SemanticModel model) : StatementRewriter
{
    protected override List<StatementSyntax> Replace(StatementSyntax statement, StatementSyntax original, List<StatementSyntax> rest)
    {
        if (statement is LocalDeclarationStatementSyntax
            {
                UsingKeyword.RawKind: 0,
                Declaration.Variables: [{ Initializer.Value: ConditionalExpressionSyntax choice, Identifier: var name }]
            }
            && original is LocalDeclarationStatementSyntax { Declaration.Variables: [var variable] }
            && model.GetDeclaredSymbol(variable) is ILocalSymbol { Type: { TypeKind: not TypeKind.Error, IsAnonymousType: false } type })
        {
            var annotated = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)
                + (type.IsReferenceType && model.GetNullableContext(variable.SpanStart).AnnotationsEnabled() ? "?" : "");
            return
            [
                Parsed($"{annotated} {name};"),
                Parsed($"if ({choice.Condition}) {{ {name} = {choice.WhenTrue}; }} else {{ {name} = {choice.WhenFalse}; }}"),
                .. rest,
            ];
        }

        return [statement, .. rest];
    }
}

/// <summary><c>if (a) b else c</c> becomes <c>if (!(a)) c else b</c>.</summary>
internal sealed class InvertedIf : CSharpSyntaxRewriter
{
    public override SyntaxNode VisitIfStatement(IfStatementSyntax node)
        => base.VisitIfStatement(node) is IfStatementSyntax { Statement: var then, Else: var otherwise } visited
            && !visited.Condition.DescendantNodesAndSelf().Any(static part => part is DeclarationExpressionSyntax or SingleVariableDesignationSyntax)
                ? visited.WithCondition(PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, ParenthesizedExpression(visited.Condition)))
                    .WithStatement(otherwise is null ? Block() : otherwise.Statement is IfStatementSyntax ? Block(otherwise.Statement) : otherwise.Statement)
                    .WithElse(ElseClause(then is IfStatementSyntax ? Block(then) : then))
                    .NormalizeWhitespace()
                : node;
}

/// <summary><c>var x = y;</c> becomes <c>var alias = y; var x = alias;</c>.</summary>
internal sealed class AliasedLocals : StatementRewriter
{
    protected override List<StatementSyntax> Replace(StatementSyntax statement, StatementSyntax original, List<StatementSyntax> rest)
    {
        if (statement is LocalDeclarationStatementSyntax
            {
                UsingKeyword.RawKind: 0,
                IsConst: false,
                Declaration: { Type: not RefTypeSyntax, Variables: [{ Initializer: { } initializer } variable] } all
            } declaration)
        {
            var alias = NewName("alias");
            return
            [
                declaration.WithDeclaration(all.WithVariables(SingletonSeparatedList(variable.WithIdentifier(Identifier(alias))))),
                declaration.WithDeclaration(all.WithVariables(SingletonSeparatedList(
                    variable.WithInitializer(initializer.WithValue(IdentifierName(alias)))))),
                .. rest,
            ];
        }

        return [statement, .. rest];
    }
}

/// <summary><c>var x = new X { A = a };</c> becomes <c>var x = new X(); x.A = a;</c>.</summary>
internal sealed class InitializerAsAssignments : StatementRewriter
{
    protected override List<StatementSyntax> Replace(StatementSyntax statement, StatementSyntax original, List<StatementSyntax> rest)
    {
        if (statement is LocalDeclarationStatementSyntax
            {
                UsingKeyword.RawKind: 0,
                Declaration.Variables: [{ Initializer.Value: BaseObjectCreationExpressionSyntax { Initializer: { } initializer } creation } variable]
            }
            && initializer.IsKind(SyntaxKind.ObjectInitializerExpression)
            && initializer.Expressions.All(static one => one is AssignmentExpressionSyntax
            {
                Left: SimpleNameSyntax,
                Right: not InitializerExpressionSyntax
            }))
        {
            var bare = creation.WithInitializer(null);
            bare = bare.ArgumentList is null ? bare.WithArgumentList(ArgumentList()) : bare;
            return
            [
                statement.ReplaceNode(creation, bare),
                .. initializer.Expressions.Select(one => Parsed($"{variable.Identifier}.{one};")),
                .. rest,
            ];
        }

        return [statement, .. rest];
    }
}

/// <summary><c>await F();</c> becomes <c>var task = F(); await task;</c>.</summary>
internal sealed class AwaitedLocals : StatementRewriter
{
    protected override List<StatementSyntax> Replace(StatementSyntax statement, StatementSyntax original, List<StatementSyntax> rest)
    {
        if (statement is ExpressionStatementSyntax { Expression: AwaitExpressionSyntax { Expression: InvocationExpressionSyntax call } })
        {
            var task = NewName("task");
            return [Parsed($"var {task} = {call};"), Parsed($"await {task};"), .. rest];
        }

        return [statement, .. rest];
    }
}

/// <summary><c>F(new X());</c> becomes <c>var x = new X(); F(x);</c>, where nothing is evaluated between the two.</summary>
internal sealed class ArgumentsAsLocals(SemanticModel model) : StatementRewriter
{
    protected override List<StatementSyntax> Replace(StatementSyntax statement, StatementSyntax original, List<StatementSyntax> rest)
    {
        if (statement is not (ExpressionStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 })
            || CallIn(statement) is not { } call)
        {
            return [statement, .. rest];
        }

        var arguments = call.ArgumentList.Arguments;
        var before = CallIn(original)!.ArgumentList.Arguments;
        var locals = new List<StatementSyntax>();
        var replaced = arguments;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is { RefKindKeyword.RawKind: 0, Expression: ObjectCreationExpressionSyntax or InvocationExpressionSyntax }
                && model.GetTypeInfo(before[i].Expression) is { Type: { SpecialType: not SpecialType.System_Void } type, ConvertedType: var converted }
                && SymbolEqualityComparer.Default.Equals(type, converted))
            {
                var name = NewName("argument");
                locals.Add(Parsed($"var {name} = {arguments[i].Expression};"));
                replaced = replaced.Replace(replaced[i], replaced[i].WithExpression(IdentifierName(name)));
            }
            else if (arguments[i].Expression is not (IdentifierNameSyntax or LiteralExpressionSyntax or MemberAccessExpressionSyntax))
            {
                break;
            }
        }

        return [.. locals, statement.ReplaceNode(call.ArgumentList, call.ArgumentList.WithArguments(replaced)), .. rest];
    }

    // F(...), await F(...), var x = F(...), var x = await F(...)
    private static InvocationExpressionSyntax? CallIn(StatementSyntax statement)
    {
        var value = statement switch
        {
            ExpressionStatementSyntax { Expression: var expression } => expression,
            LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: var initial }] } => initial,
            _ => null,
        };
        value = value is AwaitExpressionSyntax { Expression: var awaited } ? awaited : value;
        return value is InvocationExpressionSyntax { Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax } } call
            ? call
            : null;
    }
}

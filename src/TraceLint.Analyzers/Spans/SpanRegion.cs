using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Spans;

/// <summary>The code that a span covers.</summary>
/// <param name="Statements">The statements that may run while it lives, in the function that starts it.</param>
/// <param name="Variable">The name of the variable that holds it; null when there is none.</param>
/// <param name="IsHandedOut">Whether the function returns it, for its caller to end.</param>
/// <param name="Statement">The statement, or expression body, that starts it.</param>
internal sealed record SpanRegion(ImmutableArray<SyntaxNode> Statements, string? Variable, bool IsHandedOut, SyntaxNode Statement)
{
    /// <summary>The region of the span that a call starts.</summary>
    public static SpanRegion Of(InvocationExpressionSyntax call)
    {
        var start = call.FirstAncestorOrSelf<SyntaxNode>(static node => node is StatementSyntax or ArrowExpressionClauseSyntax || IsFunction(node.Parent) && node is ExpressionSyntax) ?? call;
        var variable = VariableOf(call, start);
        switch (start)
        {
            case UsingStatementSyntax { Statement: var body }:
                return new SpanRegion(ImmutableArray.Create<SyntaxNode>(body), variable, IsHandedOut: false, start);
            case ReturnStatementSyntax or ArrowExpressionClauseSyntax or ExpressionSyntax:
                return new SpanRegion(ImmutableArray<SyntaxNode>.Empty, variable, IsHandedOut: true, start);
        }

        var isUsing = start is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 };
        var statements = ImmutableArray.CreateBuilder<SyntaxNode>();
        if (start is not (LocalDeclarationStatementSyntax or ExpressionStatementSyntax))
        {
            statements.Add(start);
        }

        for (var (current, parent) = ((SyntaxNode)start, start.Parent); parent is not null && !IsFunction(current); (current, parent) = (parent, parent.Parent))
        {
            if (!AddAfter(current, parent, variable, statements) || (isUsing && parent is BlockSyntax or SwitchSectionSyntax))
            {
                break;
            }
        }

        return new SpanRegion(statements.ToImmutable(), variable, variable is not null && statements.Any(statement => Returns(statement, variable)), start);
    }

    /// <summary>Whether a statement ends the span of a variable.</summary>
    public static bool Ends(SyntaxNode statement, string? variable)
    {
        if (variable is null)
        {
            return false;
        }

        foreach (var node in statement is TryStatementSyntax { Finally: { } last } ? last.DescendantNodes() : statement is ExpressionStatementSyntax ? statement.DescendantNodes() : [])
        {
            if (node is InvocationExpressionSyntax { Expression: var called } && called.ToString().TrimStart('.') is "Stop" or "Dispose" or "End"
                && node.Parent is ConditionalAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var name } } && name == variable)
            {
                return true;
            }

            if (node is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var owner }, Name.Identifier.ValueText: "Stop" or "Dispose" or "End" } && owner == variable)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The name of the variable that the value of a call ends up in, in the same statement.</summary>
    public static string? VariableOf(InvocationExpressionSyntax call, SyntaxNode statement)
    {
        for (SyntaxNode? node = call; node is not null && node != statement.Parent; node = node.Parent)
        {
            switch (node)
            {
                case VariableDeclaratorSyntax { Identifier.ValueText: var name }:
                    return name;
                case AssignmentExpressionSyntax { Left: var target } assignment when assignment.Right.Span.Contains(call.Span):
                    return (target as IdentifierNameSyntax)?.Identifier.ValueText;
                case ArgumentSyntax or LambdaExpressionSyntax:
                    return null;
            }
        }

        return null;
    }

    private static bool AddAfter(SyntaxNode current, SyntaxNode parent, string? variable, ImmutableArray<SyntaxNode>.Builder statements)
    {
        IEnumerable<SyntaxNode> siblings = parent switch
        {
            BlockSyntax block => block.Statements,
            SwitchSectionSyntax section => section.Statements,
            CompilationUnitSyntax program => program.Members.OfType<GlobalStatementSyntax>(),
            _ => [],
        };
        foreach (var sibling in siblings.SkipWhile(sibling => sibling != current).Skip(1))
        {
            var statement = sibling is GlobalStatementSyntax { Statement: var inner } ? inner : sibling;
            if (statement is LocalFunctionStatementSyntax)
            {
                continue;
            }

            statements.Add(statement);
            if (Ends(statement, variable))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Returns(SyntaxNode statement, string variable)
    {
        foreach (var node in statement.DescendantNodesAndSelf(static node => !IsFunction(node)))
        {
            if (node is ReturnStatementSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var returned } } && returned == variable)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFunction(SyntaxNode? node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax;
}

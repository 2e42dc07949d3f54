using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Spans;

/// <summary>The awaits of a block that suppresses the flow.</summary>
internal static class SuppressedAwait
{
    /// <summary>The <c>await</c> of an expression or a statement that may suspend; none when it has none, or is complete for all to see.</summary>
    public static SyntaxToken KeywordOf(SyntaxNode node) => node switch
    {
        AwaitExpressionSyntax { Expression: var awaited } expression => IsComplete(awaited) ? default : expression.AwaitKeyword,
        CommonForEachStatementSyntax loop => loop.AwaitKeyword,
        LocalDeclarationStatementSyntax declaration => declaration.AwaitKeyword,
        UsingStatementSyntax statement => statement.AwaitKeyword,
        _ => default,
    };

    /// <summary>Whether a node is the first of the block that may suspend: the others have the same cure.</summary>
    /// <param name="node">A node that may.</param>
    /// <param name="scope">The using statement or declaration.</param>
    public static bool IsFirst(SyntaxNode node, SyntaxNode scope)
    {
        var block = scope is UsingStatementSyntax { Statement: var statement } ? statement : scope.Parent!;
        foreach (var other in block.DescendantNodesAndSelf(static node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            if (other.SpanStart >= scope.SpanStart && other != scope && KeywordOf(other).RawKind != 0)
            {
                return other == node;
            }
        }

        return false;
    }

    private static bool IsComplete(ExpressionSyntax awaited)
        => awaited is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" }
            or InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FromResult" } };
}

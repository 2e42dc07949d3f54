using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>What a body does to <c>Activity.Current</c>.</summary>
internal static class CurrentSpan
{
    /// <summary>Whether the body around a node sets it by hand, be it to null: what is current there is the author's doing.</summary>
    public static bool IsSetAround(SyntaxNode node)
    {
        foreach (var other in EnclosingBody.Of(node)?.DescendantNodes() ?? [])
        {
            if (other is AssignmentExpressionSyntax { Left: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Current", Expression: var owner } }
                && owner is IdentifierNameSyntax { Identifier.ValueText: "Activity" } or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Activity" })
            {
                return true;
            }
        }

        return false;
    }
}

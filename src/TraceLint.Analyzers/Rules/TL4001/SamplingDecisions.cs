using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>Code that makes or reads a sampling decision, where constant flags are correct.</summary>
internal static class SamplingDecisions
{
    private static readonly string[] s_words = ["sampl", "record", "flag"];

    /// <summary>Whether the body around a node has a condition about sampling, or chooses between the flags.</summary>
    public static bool AreMadeAround(SyntaxNode node)
    {
        var (recorded, none) = (false, false);
        foreach (var inner in EnclosingBody.Of(node)?.DescendantNodes() ?? [])
        {
            SyntaxNode? condition = inner switch
            {
                IfStatementSyntax statement => statement.Condition,
                ConditionalExpressionSyntax expression => expression.Condition,
                SwitchStatementSyntax statement => statement.Expression,
                SwitchExpressionSyntax expression => expression.GoverningExpression,
                WhenClauseSyntax clause => clause.Condition,
                _ => null,
            };

            recorded |= IsFlag(inner, "Recorded");
            none |= IsFlag(inner, "None");
            if ((recorded && none) || (condition is not null && Mentions(condition)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFlag(SyntaxNode node, string flag)
        => node is MemberAccessExpressionSyntax
        {
            Name.Identifier.ValueText: var name,
            Expression: IdentifierNameSyntax { Identifier.ValueText: "ActivityTraceFlags" }
        }
            && name == flag;

    private static bool Mentions(SyntaxNode condition)
    {
        foreach (var token in condition.DescendantTokens())
        {
            if (Array.Exists(s_words, word => token.ValueText.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0))
            {
                return true;
            }
        }

        return false;
    }
}

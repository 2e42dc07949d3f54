using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>Code that asks whether something is sampled, and may act on it with constants.</summary>
internal static class SamplingDecisions
{
    private static readonly string[] s_words = ["sampl", "record", "flag"];

    /// <summary>Whether the body around a node has a condition that is about sampling.</summary>
    public static bool AreMadeAround(SyntaxNode node)
    {
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

            if (condition is not null && Mentions(condition))
            {
                return true;
            }
        }

        return false;
    }

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

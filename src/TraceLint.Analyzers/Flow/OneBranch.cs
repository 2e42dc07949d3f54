using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Flow;

/// <summary>
/// Tells an injection that was forgotten on the other branch from one that is left out on purpose. Only a branch on what
/// the message is about counts as the former: a condition that speaks of spans, headers or settings was thought about,
/// and a loop, a handler or a lambda proves nothing.
/// </summary>
internal static class OneBranch
{
    private static readonly string[] s_thoughtAbout =
    [
        "activ", "apm", "attribute", "baggage", "carrier", "config", "context", "current", "diagnos", "disable", "enable", "feature", "flag", "header",
        "instrument", "listener", "message", "observab", "option", "otel", "parent", "propagat", "propert", "request", "sampl", "setting", "span", "telemetry", "trac",
    ];

    /// <summary>Whether an injection stands in a branch that says nothing of why the other has none.</summary>
    /// <param name="injection">Where the context is injected, on some paths.</param>
    /// <param name="call">The call that the paths lead to.</param>
    public static bool IsForgotten(Location injection, SyntaxNode call)
    {
        if (injection.SourceTree != call.SyntaxTree)
        {
            return false;
        }

        var isBranch = false;
        for (var node = call.SyntaxTree.GetRoot().FindNode(injection.SourceSpan, getInnermostNodeForTie: true); node is not null && !node.Span.Contains(call.Span); node = node.Parent)
        {
            switch (node)
            {
                case IfStatementSyntax branch when !IsThoughtAbout(branch.Condition):
                case SwitchStatementSyntax choice when !IsThoughtAbout(choice.Expression):
                    isBranch = true;
                    break;
                case BlockSyntax or SwitchSectionSyntax or ElseClauseSyntax or ExpressionStatementSyntax or ExpressionSyntax and not (AnonymousFunctionExpressionSyntax or ConditionalAccessExpressionSyntax):
                case ArgumentSyntax or ArgumentListSyntax:
                    break;
                default:
                    return false;
            }
        }

        return isBranch;
    }

    private static bool IsThoughtAbout(ExpressionSyntax condition)
    {
        foreach (var token in condition.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && Array.Exists(s_thoughtAbout, word => token.ValueText.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0))
            {
                return true;
            }
        }

        return false;
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>Messages that belong to no trace: pings and shipped telemetry.</summary>
internal static class Ping
{
    private static readonly HashSet<string> s_pings = new(StringComparer.OrdinalIgnoreCase)
    {
        "health", "health-check", "healthcheck", "heartbeat", "heartbeats", "log", "logs", "metrics", "ping", "probe", "telemetry",
    };

    /// <summary>Whether a message is a ping, or ships telemetry: its topic says so, or a literal of one that has no carrier.</summary>
    /// <param name="verdict">The verdict on it.</param>
    /// <param name="call">The call that publishes.</param>
    public static bool Is(Verdict verdict, InvocationExpressionSyntax call, CancellationToken cancellation)
    {
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (argument.Expression is LiteralExpressionSyntax { Token: var token } && token.IsKind(SyntaxKind.StringLiteralToken) && s_pings.Contains(token.ValueText))
            {
                return true;
            }
        }

        // A helper that makes it may be in another file.
        if (verdict.Evidence[verdict.Evidence.Length - 1] is not { Kind: EvidenceKind.NoCarrier or EvidenceKind.CannotCarry, Location: { SourceTree: { } tree } made })
        {
            return false;
        }

        foreach (var token in tree.GetRoot(cancellation).FindNode(made.SourceSpan, getInnermostNodeForTie: true).DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.StringLiteralToken) && s_pings.Contains(token.ValueText))
            {
                return true;
            }
        }

        return false;
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>
/// Messages that belong to no trace by their nature: pings, heartbeats, health checks, and what ships logs or metrics. Their topic
/// says so, or a literal of one that has no carrier.
/// </summary>
internal static class Pings
{
    private static readonly HashSet<string> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        "health", "health-check", "healthcheck", "heartbeat", "heartbeats", "log", "logs", "metrics", "ping", "probe", "telemetry",
    };

    // At the end of a topic with several levels. A device's telemetry or log may well be what the business is about.
    private static readonly HashSet<string> s_lastWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "health", "health-check", "healthcheck", "heartbeat", "heartbeats", "ping", "pong",
    };

    private static readonly HashSet<string> s_topics
        = new(StringComparer.OrdinalIgnoreCase) { "channel", "routingKey", "subject", "topic" };

    private static readonly char[] s_levels = ['/', '.', ':'];

    /// <summary>Whether a message is one.</summary>
    /// <param name="verdict">The verdict on it.</param>
    /// <param name="call">The call that publishes.</param>
    public static bool IsOne(Verdict verdict, IInvocationOperation call, CancellationToken cancellation)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument is { ArgumentKind: ArgumentKind.Explicit, Value: var value, Parameter.Name: var parameter }
                && value.ConstantValue is { HasValue: true, Value: string text }
                && (s_topics.Contains(parameter) ? IsTopic(text) : value is ILiteralOperation && s_words.Contains(text)))
            {
                return true;
            }
        }

        // A helper that makes it may be in another file. Of a message that has a carrier only the topic counts.
        var last = verdict.Evidence[verdict.Evidence.Length - 1];
        return last is { Kind: var kind, Location: { SourceTree: { } tree } made }
            && kind is EvidenceKind.NoCarrier or EvidenceKind.CannotCarry or EvidenceKind.CarrierWithoutContext
            && IsIn(
                ChainAround(tree.GetRoot(cancellation).FindNode(made.SourceSpan, getInnermostNodeForTie: true)),
                onlyTopic: kind is EvidenceKind.CarrierWithoutContext);
    }

    // The calls of a builder are around its creation.
    private static SyntaxNode ChainAround(SyntaxNode made)
    {
        while (made.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access && access.Expression == made)
        {
            made = call;
        }

        return made;
    }

    private static bool IsIn(SyntaxNode made, bool onlyTopic)
    {
        foreach (var token in made.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.StringLiteralToken)
                && (IsGivenToTopic(token) ? IsTopic(token.ValueText) : !onlyTopic && s_words.Contains(token.ValueText)))
            {
                return true;
            }
        }

        return false;
    }

    // Topic = "..." or WithTopic("...").
    private static bool IsGivenToTopic(SyntaxToken literal) => literal.Parent?.Parent switch
    {
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "Topic" } } => true,
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } => call.CalledName()?.Identifier.ValueText is "WithTopic",
        _ => false,
    };

    private static bool IsTopic(string text)
        => s_words.Contains(text)
            || (text.LastIndexOfAny(s_levels) is var level and > 0 && s_lastWords.Contains(text.Substring(level + 1)));
}

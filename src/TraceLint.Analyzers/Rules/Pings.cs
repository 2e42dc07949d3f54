using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Rules;

/// <summary>
/// Messages that belong to no trace: pings, heartbeats, health checks, and messages that ship logs or metrics. They are recognized by
/// their topic, or, when they have no carrier, by a literal.
/// </summary>
internal static class Pings
{
    private static readonly HashSet<string> s_words = new(StringComparer.OrdinalIgnoreCase)
    {
        "health", "health-check", "healthcheck", "heartbeat", "heartbeats", "log", "logs", "metrics", "ping", "probe", "telemetry",
    };

    // At the end of a topic with several levels. The telemetry or log of a device may well be business data.
    private static readonly HashSet<string> s_lastWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "health", "health-check", "healthcheck", "heartbeat", "heartbeats", "ping", "pong",
    };

    private static readonly HashSet<string> s_topics
        = new(StringComparer.OrdinalIgnoreCase) { "channel", "routingKey", "subject", "topic" };

    private static readonly char[] s_levels = ['/', '.', ':'];

    /// <summary>Whether a message is one of these.</summary>
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

        // A helper that creates it may be in another file. When a message has a carrier, only its topic counts.
        var last = verdict.Evidence[verdict.Evidence.Length - 1];
        return last is { Kind: var kind, Location: { SourceTree: { } tree } made }
            && kind is EvidenceKind.NoCarrier or EvidenceKind.CannotCarry or EvidenceKind.CarrierWithoutContext
            && IsIn(
                ChainAround(tree.GetRoot(cancellation).FindNode(made.SourceSpan, getInnermostNodeForTie: true)),
                onlyTopic: kind is EvidenceKind.CarrierWithoutContext);
    }

    // The calls to a builder enclose its creation.
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

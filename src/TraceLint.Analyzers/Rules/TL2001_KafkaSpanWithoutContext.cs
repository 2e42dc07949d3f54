using Microsoft.CodeAnalysis;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL2001: a span for a Kafka message is started without the trace context of the message.
/// <para>Reports the start of a span - <c>ActivitySource</c>, <c>new Activity().Start()</c>, <c>Tracer</c>, or a method of the project
/// that returns one of these running - in which a received message is processed, when the span has no parent and no link, an empty one
/// or the current one; when the context was extracted but is not passed to it; or when it starts before the message is received. Only
/// the outermost span of a message is reported.</para>
/// <para>Does not report when a parent or link is given, when anything in reach may have read the context of the message - the body,
/// the methods that it passes the message to, the callers -, when another span is live that has the message, spans of other kinds than
/// consumer and internal, spans for receiving, settling and handing on, functions that are called by foreign code, or where
/// Activity.Current is set.</para>
/// </summary>
internal sealed class TL2001_KafkaSpanWithoutContext : Rule
{
    internal const string Id = "TL2001";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Span for a Kafka message has no remote parent or link",
        messageFormat: ProcessingSpanDiagnostic.Message,
        Category.Consume,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Without a parent or link extracted from the message headers, processing the message starts a new trace, and the "
            + "trace of the publisher ends at the topic.",
        helpLinkUri: Repository.RulesPage + "#tl2001");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context)
        => ProcessingSpanDiagnostic.Register(context, s_rule, TransportRules.Kafka);
}

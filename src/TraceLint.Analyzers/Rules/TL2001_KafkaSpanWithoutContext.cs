using Microsoft.CodeAnalysis;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL2001: a span for a Kafka message is started without its context.
/// <para>Reports the start of a span - <c>ActivitySource</c>, <c>new Activity().Start()</c>, <c>Tracer</c>, or a method of the
/// project that leaves one of these to its caller - in which a received message is processed, and that has no parent and no link,
/// an empty one or the current one; whose context was extracted and not passed on; or that starts before the message is received.
/// Only the outermost span of a message.</para>
/// <para>Stays silent when a parent or a link is given, when anything in reach may have taken the context off the message - the
/// body, the methods that it hands the message to, the callers -, when another span is live that has the message, for spans of
/// other kinds than consumer and internal, for receiving, settling and handing on, when foreign code calls the function, when
/// Activity.Current is set, and in code that every rule is silent about.</para>
/// </summary>
internal sealed class TL2001_KafkaSpanWithoutContext : Rule
{
    internal const string Id = "TL2001";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "A span for a Kafka message is started without its context",
        messageFormat: ProcessingSpanDiagnostic.Message,
        Category.Consume,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Without a parent or a link that is extracted from the message's headers, the processing of a message starts a new trace, and that of the publisher ends at the topic.",
        helpLinkUri: Repository.RulesPage + "#tl2001");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context)
        => ProcessingSpanDiagnostic.Register(context, s_rule, static transport => transport is ConfluentKafka);
}

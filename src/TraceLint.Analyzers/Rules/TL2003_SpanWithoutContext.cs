using Microsoft.CodeAnalysis;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL2003: a span for a received message is started without the trace context of the message: RabbitMQ.Client before version 7, MQTT,
/// NATS.Client 1, EasyNetQ before 8.1, Google Pub/Sub, DotPulsar, Azure Service Bus and Event Hubs where no processor starts a span, and
/// messages that are declared to be received.
/// <para>Works like <see cref="TL2001_KafkaSpanWithoutContext"/>.</para>
/// </summary>
internal sealed class TL2003_SpanWithoutContext : Rule
{
    internal const string Id = "TL2003";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Span for a received message has no remote parent or link",
        messageFormat: ProcessingSpanDiagnostic.Message,
        Category.Consume,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Without a parent or link extracted from the headers, user properties or attributes, processing the message starts a new "
            + "trace, and the trace of the publisher ends at the broker.",
        helpLinkUri: Repository.RulesPage + "#tl2003");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context)
        => ProcessingSpanDiagnostic.Register(context, s_rule, TransportRules.Shared);
}

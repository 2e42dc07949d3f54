using Microsoft.CodeAnalysis;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL2003: a span for a received message is started without its context: RabbitMQ before version 7 of its client, MQTT,
/// NATS 1, and what is declared to be received.
/// <para>Reports and stays silent as <see cref="TL2001_KafkaSpanWithoutContext"/> does.</para>
/// </summary>
internal sealed class TL2003_SpanWithoutContext : Rule
{
    internal const string Id = "TL2003";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "A span for a received message is started without its context",
        messageFormat: ProcessingSpanDiagnostic.Message,
        Category.Consume,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Without a parent or a link that is extracted from what travels beside the body - headers, user properties -, the processing of a message starts a new trace, and that of the publisher ends at the broker.",
        helpLinkUri: Repository.RulesPage + "#tl2003");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context)
        => ProcessingSpanDiagnostic.Register(context, s_rule, static transport => transport is RabbitMq or Mqtt or Nats or DeclaredBus);
}

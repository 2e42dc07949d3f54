using Microsoft.CodeAnalysis;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>
/// TL1001: a Kafka message is published without trace context.
/// <para>Reports a call of <c>IProducer.Produce</c> or <c>ProduceAsync</c> when the message is made in the same body and,
/// on every path to the call, its headers are missing or hold no context: nothing was injected, or only afterwards, or
/// into other headers.</para>
/// <para>Stays silent when the message or its headers come from elsewhere or were handed to other code, when a header
/// may be a trace header, when the context is injected on some paths, when the payload shows a sign of a context, when
/// the project references an instrumentation of Confluent.Kafka, and in code that every rule is silent about.</para>
/// </summary>
internal sealed class TL1001_KafkaPublishWithoutContext : Rule
{
    internal const string Id = "TL1001";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "A Kafka message is published without trace context",
        messageFormat: "{0} publishes a message without trace context: {1}",
        Category.Publish,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The consumer of a Kafka message finds the trace it belongs to in the message's headers. A message that leaves without the context starts a new trace at every consumer.",
        helpLinkUri: Repository.RulesPage + "#tl1001");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => ConfluentKafka.KnownPublishNames;

    public override void Start(RuleContext context)
    {
        if (ConfluentKafka.In(context.Compilation) is { } kafka)
        {
            Publishes.Register(context, s_rule, kafka);
        }
    }
}

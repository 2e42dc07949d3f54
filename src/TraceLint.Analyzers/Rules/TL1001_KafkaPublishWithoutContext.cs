using Microsoft.CodeAnalysis;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>
/// TL1001: a Kafka message is published without trace context.
/// <para>Reports a call to <c>IProducer.Produce</c> or <c>ProduceAsync</c> when the message is created in the same body and, on every
/// path to the call, its headers are missing or carry no context: nothing injects one, or only after the call, or into other
/// headers.</para>
/// <para>Does not report when the message or its headers come from elsewhere or were passed to other code, when a header may be a trace
/// header, when the context is injected on some paths only, when the payload may carry a context, or when the project references an
/// instrumentation of Confluent.Kafka.</para>
/// </summary>
internal sealed class TL1001_KafkaPublishWithoutContext : Rule
{
    internal const string Id = "TL1001";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Kafka message is published without trace context",
        messageFormat: "{0} publishes a message without trace context ({1}); {2}",
        Category.Publish,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The consumer of a Kafka message finds the remote parent of its span in the message's headers. A message that is "
            + "published without trace context starts a new trace at every consumer.",
        helpLinkUri: Repository.RulesPage + "#tl1001");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => ConfluentKafka.KnownPublishNames;

    public override bool IsAboutPublishes => true;

    public override void Start(RuleContext context)
    {
        if (ConfluentKafka.In(context.Compilation) is { } kafka)
        {
            Publishes.Register(context, s_rule, kafka);
        }
    }
}

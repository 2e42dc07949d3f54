using Microsoft.CodeAnalysis;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>
/// TL1003: a message is published without trace context, by a transport that has no rule of its own.
/// <para>Reports <c>IModel.BasicPublish</c> of RabbitMQ.Client before version 7, <c>IMqttClient.PublishAsync</c> of MQTTnet,
/// <c>Publish</c> and <c>Request</c> of NATS.Client 1, <c>Publish</c> of Google.Cloud.PubSub.V1, those of EasyNetQ before 8.1,
/// <c>Send</c> of DotPulsar and <c>StreamAdd</c> of StackExchange.Redis, with their async versions and extension methods, when the
/// creation of the message is visible and nothing in it carries the context, or when the overload has no carrier: no properties, only a payload, a single field. What EventBridge and Kinesis
/// send, which have no carrier at all, is Info. A method that the user has declared to publish is treated the same way. A call to a method
/// of the project that publishes its argument is reported in place of the publish.</para>
/// <para>Does not report when the message or its carrier comes from elsewhere or was passed to other code, when an entry may be a trace
/// header, when a context goes into the body or the body may be an envelope with one, or when a decorator of the client may inject;
/// replies to a request, MQTT before version 5 and retained messages; and libraries that propagate the context themselves, whose types
/// are different (RabbitMQ.Client 7, NATS.Net).</para>
/// </summary>
internal sealed class TL1003_PublishWithoutContext : Rule
{
    internal const string Id = "TL1003";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Message is published without trace context",
        messageFormat: "{0} publishes a message without trace context ({1}); {2}",
        Category.Publish,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The consumer of a RabbitMQ, MQTT, NATS, Google Pub/Sub, Pulsar or Redis message finds the remote parent of its span beside "
            + "the body: in headers, user properties, attributes or fields. A message that is published without trace context starts a new trace at "
            + "every consumer.",
        helpLinkUri: Repository.RulesPage + "#tl1003");

    public override DiagnosticDescriptor Descriptor => s_rule;

    // Many methods are called Publish: code that uses a library names its namespace.
    public override IReadOnlyCollection<string> Words => Transports.Words;

    public override bool IsAboutPublishes => true;

    public override void Start(RuleContext context)
    {
        var compilation = context.Compilation;
        var known = Transports.In(compilation).Where(static transport => transport.Rules is TransportRules.Shared);
        var declared = DeclaredBus.AllIn(compilation, context.CompilationContext.Settings, context.CancellationToken);
        foreach (var transport in known.Concat(declared.Where(static bus => !bus.Publishes.IsEmpty)))
        {
            Publishes.Register(context, s_rule, transport);
        }
    }
}

using Microsoft.CodeAnalysis;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>
/// TL1003: a message of a transport that has no rule of its own is published without trace context.
/// <para>Reports <c>IModel.BasicPublish</c> of RabbitMQ.Client before version 7, <c>IMqttClient.PublishAsync</c> of MQTTnet,
/// <c>Publish</c> and <c>Request</c> of NATS.Client 1 and <c>StreamAdd</c> of StackExchange.Redis, with their twins and extensions,
/// when the message is made in view and nothing in it carries the context; and where the call is given nothing that could:
/// no properties, a payload alone, a single field. So is a call of a method that the user has declared to publish. A call of the project's own method that publishes what it is handed is
/// reported in its place.</para>
/// <para>Stays silent when the message or its carrier comes from elsewhere or was handed to other code, when an entry may be
/// a trace header, when a context goes into the body, or it may be an envelope that is injected into, when a decorator of the
/// client may inject; for answers to a request, MQTT before version 5 and retained messages; for libraries that propagate by themselves,
/// which have other types (RabbitMQ.Client 7, NATS.Net); and in code that every rule is silent about.</para>
/// </summary>
internal sealed class TL1003_PublishWithoutContext : Rule
{
    internal const string Id = "TL1003";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "A message is published without trace context",
        messageFormat: "{0} publishes a message without trace context: {1}",
        Category.Publish,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The consumer of a RabbitMQ, MQTT, NATS or Redis message finds the trace it belongs to in what travels beside the body: headers, user properties, fields. A message that leaves without the context starts a new trace at every consumer.",
        helpLinkUri: Repository.RulesPage + "#tl1003");

    public override DiagnosticDescriptor Descriptor => s_rule;

    // Everybody has a method called Publish: the libraries are named where they are used.
    public override IReadOnlyCollection<string> Words { get; } = ["BasicPublish", "MQTTnet", "NATS", "RabbitMQ", "StackExchange"];

    public override void Start(RuleContext context)
    {
        Transport?[] transports = [RabbitMq.In(context.Compilation), Mqtt.In(context.Compilation), Nats.In(context.Compilation), RedisStreams.In(context.Compilation)];
        foreach (var transport in transports.Concat(DeclaredBus.AllIn(context.Compilation, context.CompilationContext.Settings, context.CancellationToken).Where(static bus => !bus.Publishes.IsEmpty)))
        {
            if (transport is not null)
            {
                Publishes.Register(context, s_rule, transport);
            }
        }
    }
}

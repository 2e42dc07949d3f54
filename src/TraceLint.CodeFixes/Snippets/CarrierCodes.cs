using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Snippets;

/// <summary>The code for the carriers of the transports of known libraries. There is none for Redis streams,
/// whose fields are not written, and for the Kafka events of Lambda, whose headers are a list of dictionaries.</summary>
internal static class CarrierCodes
{
    /// <summary>The code for the transports that a compilation references and some rules report on.</summary>
    public static IEnumerable<CarrierCode> In(CompilationContext context, TransportRules rules)
        => In(context).Where(code => code.Transport.Rules == rules);

    /// <summary>The code for the transports that a compilation references.</summary>
    public static IEnumerable<CarrierCode> In(CompilationContext context)
        => Transports.In(context.Compilation).Select(Of).OfType<CarrierCode>();

    private static CarrierCode? Of(Transport transport) => transport switch
    {
        ConfluentKafka kafka => new KafkaHeaders(kafka),
        AwsMessaging aws => new AwsMessageAttributes(aws),
        LambdaEvents { Rules: TransportRules.Aws } events => new LambdaAttributes(events),
        RabbitMq rabbit => new RabbitHeaders(rabbit),
        EasyNetQ bus => new EasyNetQHeaders(bus),
        DotPulsar pulsar => new PulsarProperties(pulsar),
        Mqtt mqtt => new MqttUserProperties(mqtt),
        AzureMessages azure => new AzureProperties(azure),
        GooglePubSub pubSub => new PubSubAttributes(pubSub),
        Nats nats => new NatsHeaders(nats),
        _ => null,
    };
}

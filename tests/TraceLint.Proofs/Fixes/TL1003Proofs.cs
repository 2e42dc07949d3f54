using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Messages of other transports: MQTT with a real broker, RabbitMQ and Google Pub/Sub with clients that are stubs.</summary>
public sealed partial class TL1003Proofs : FixProofs<TL1003Proofs>
{
    public static Proof RulesPageRabbit => Rabbit(RulesPage.Fixed("TL1003")[0].Replace("\"orders\", \"\"", "\"\", \"orders\"", StringComparison.Ordinal));

    public static Proof RabbitWithBusinessHeaders => Rabbit("""
        var properties = channel.CreateBasicProperties();
        properties.Headers = new Dictionary<string, object> { ["type"] = "order-placed" };
        channel.BasicPublish("", "orders", properties, body);
        """);

    public static Proof RabbitPropertiesThatAreSentTwice => Rabbit("""
        var properties = channel.CreateBasicProperties();
        foreach (var attempt in new[] { "first", "second" })
        {
            using var activity = source.StartActivity(attempt);
            channel.BasicPublish("", "orders", properties, body);
        }
        """) with
    {
        Broken = "root(first, second) | orders | orders",
        Whole = "root(first(>orders), second(>orders))",
    };

    public static Proof MqttMessage => Mqtt("""
        var message = new MqttApplicationMessageBuilder().WithTopic("orders").WithPayload(json).Build();
        await mqtt.PublishAsync(message);
        """);

    public static Proof MqttMessageOfABuilder => Mqtt("""
        await mqtt.PublishAsync(new MqttApplicationMessageBuilder().WithTopic("orders").WithPayload(json).Build());
        """);

    public static Proof MqttMessageThatIsSentTwice => Mqtt("""
        var message = new MqttApplicationMessageBuilder().WithTopic("orders").WithPayload(json).Build();
        foreach (var attempt in new[] { "first", "second" })
        {
            using var activity = source.StartActivity(attempt);
            await mqtt.PublishAsync(message);
        }
        """) with
    {
        Broken = "root(first, second) | orders | orders",
        Whole = "root(first(>orders), second(>orders))",
    };

    public static Proof PubSubMessage => PubSub("""
        var message = new PubsubMessage { Data = ByteString.CopyFromUtf8(json), Attributes = { ["type"] = "order-placed" } };
        await publisher.PublishAsync(message);
        """);

    public static Proof PubSubText => PubSub("await publisher.PublishAsync(json);");

    public static Proof EasyNetQMessage => EasyNetQ("IPubSub bus", "await bus.PublishAsync(json);");

    public static Proof EasyNetQConfiguredMessage => EasyNetQ("IPubSub bus", """await bus.PublishAsync(json, c => c.WithTopic("orders"));""");

    public static Proof EasyNetQProperties => EasyNetQ(
        "IAdvancedBus bus",
        """await bus.PublishAsync("", "orders", false, new MessageProperties(), Encoding.UTF8.GetBytes(json));""");

    public static Proof PulsarMessage => Pulsar("await producer.Send(json);");

    public static Proof PulsarMetadata => Pulsar("""
        var metadata = new MessageMetadata { Key = "1" };
        await producer.Send(metadata, json);
        """);

    private static Proof EasyNetQ(string bus, string statements) => new()
    {
        Code = ServiceCode.Method(bus, statements, usings: "using EasyNetQ;"),
        Broken = "root | orders",
        Whole = "root(>orders)",
    };

    private static Proof Pulsar(string statements) => new()
    {
        Code = ServiceCode.Method(
            "IProducer<string> producer", statements, usings: "using DotPulsar;\nusing DotPulsar.Abstractions;\nusing DotPulsar.Extensions;"),
        Broken = "root | orders",
        Whole = "root(>orders)",
    };

    private static Proof PubSub(string statements) => new()
    {
        Code = ServiceCode.Method("PublisherClient publisher", statements, usings: "using Google.Cloud.PubSub.V1;\nusing Google.Protobuf;"),
        Broken = "root | orders",
        Whole = "root(>orders)",
    };

    private static Proof Rabbit(string statements) => new()
    {
        Code = ServiceCode.Method("IModel channel", "var body = Encoding.UTF8.GetBytes(json);\n" + statements, usings: "using RabbitMQ.Client;"),
        Broken = "root | orders",
        Whole = "root(>orders)",
    };

    private static Proof Mqtt(string statements) => new()
    {
        Code = ServiceCode.Method("IMqttClient mqtt", statements, usings: "using MQTTnet;"),
        Broken = "root | orders",
        Whole = "root(>orders)",
    };
}

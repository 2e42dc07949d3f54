using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.Rules;

// MQTTnet 5, and 4 where it is told to speak MQTT 5.
public partial class TL1003_PublishWithoutContextTests
{
    private const string SpeaksVersion5 = "private static readonly object options = new MqttClientOptionsBuilder().WithProtocolVersion(MqttProtocolVersion.V500);";

    private static Task VerifyMqtt(string statements, string members = "") => Verify(Mqtt(statements, members), Setup.Mqtt);

    [Fact]
    public Task Mqtt_MessageInPlace() => VerifyMqtt("""
        await client.[|PublishAsync|](new MqttApplicationMessage { Topic = "orders", PayloadSegment = Encoding.UTF8.GetBytes(order.Id) }, cancellation);
        """);

    [Fact]
    public Task Mqtt_BuilderInPlace() => VerifyMqtt("""
        await client.[|PublishAsync|](new MqttApplicationMessageBuilder().WithTopic("orders").WithPayload(order.Id).Build());
        """);

    [Fact]
    public Task Mqtt_BuilderInLocals() => VerifyMqtt("""
        var builder = new MqttApplicationMessageBuilder();
        builder.WithTopic("orders").WithRetainFlag(false);
        builder.WithPayload(order.Id);
        var message = builder.Build();
        await client.[|PublishAsync|](message, cancellation);
        """);

    [Fact]
    public Task Mqtt_BusinessPropertyOfABuilder() => VerifyMqtt("""
        var message = new MqttApplicationMessageBuilder()
            .WithTopic("orders")
            .WithUserProperty("type", "order")
            .WithUserProperty("tenant", "1")
            .Build();
        await client.[|PublishAsync|](message);
        """);

    [Fact]
    public Task Mqtt_BusinessPropertiesInAList() => VerifyMqtt("""
        var message = new MqttApplicationMessage { Topic = "orders", UserProperties = new() { new MqttUserProperty("type", "order") } };
        message.UserProperties.Add(new("tenant", "1"));
        await client.[|PublishAsync|](message);
        """);

    [Fact]
    public Task Mqtt_ListMadeFirst() => VerifyMqtt("""
        var properties = new List<MqttUserProperty> { new("type", "order") };
        await client.[|PublishAsync|](new MqttApplicationMessage { Topic = "orders", UserProperties = properties });
        """);

    [Fact]
    public Task Mqtt_TopicAndPayload() => VerifyMqtt("""
        await client.[|PublishStringAsync|]("orders", order.Id);
        await client.[|PublishBinaryAsync|]("orders", Encoding.UTF8.GetBytes(order.Id), retain: false);
        await client.[|PublishSequenceAsync|]("orders", new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(order.Id)), cancellationToken: cancellation);
        """);

    [Fact]
    public Task Mqtt_ConcreteClient() => VerifyMqtt("""
        var concrete = (MqttClient)client;
        await concrete.[|PublishAsync|](new MqttApplicationMessage { Topic = "orders" });
        """);

    [Fact]
    public Task Mqtt_MessageMadeByAHelper() => VerifyMqtt(
        """await client.[|PublishAsync|](Build(order));""",
        """private static MqttApplicationMessage Build(Order order) => new MqttApplicationMessageBuilder().WithTopic("orders").WithPayload(order.Id).Build();""");

    [Fact]
    public Task Mqtt_BuilderHandedToAHelper() => VerifyMqtt(
        """
        var builder = new MqttApplicationMessageBuilder().WithTopic("orders");
        await client.[|PublishAsync|](Typed(builder).Build());
        """,
        """private static MqttApplicationMessageBuilder Typed(MqttApplicationMessageBuilder builder) => builder.WithUserProperty("type", "order");""");

    [Fact]
    public Task Mqtt_HandedToAWrapper() => VerifyMqtt(
        """await [|Publish|](client, new MqttApplicationMessage { Topic = "orders" });""",
        "private static Task Publish(IMqttClient client, MqttApplicationMessage message) => client.PublishAsync(message);");

    [Fact]
    public Task Mqtt_IncomingContextDropped() => VerifyMqtt("", """
        public Task Handle(IMqttClient client, MqttApplicationMessageReceivedEventArgs received)
            => client.[|PublishAsync|](new MqttApplicationMessage { Topic = "copies", Payload = received.ApplicationMessage.Payload });
        """);

    [Fact]
    public Task Mqtt_Version4ThatSpeaksMqtt5() => Verify(Mqtt4(
        """
        await client.[|PublishAsync|](new MqttApplicationMessage { Topic = "orders" });
        await client.[|PublishStringAsync|]("orders", order.Id);
        """, SpeaksVersion5), Setup.Mqtt4);

    [Fact]
    public Task Mqtt_ManagedClient() => Verify(Mqtt4(
        """
        await managed.[|EnqueueAsync|](new MqttApplicationMessageBuilder().WithTopic("orders").WithPayload(order.Id).Build());
        await managed.[|EnqueueAsync|]("orders", order.Id);
        """, SpeaksVersion5), Setup.Mqtt4);

    [Theory]
    [InlineData("await client.[|PublishStringAsync|](\"health/patients\", order.Id);")]
    [InlineData("await client.[|PublishStringAsync|](\"shipping\", order.Id);")]
    [InlineData("await client.[|PublishStringAsync|](\"devices/1/telemetry\", order.Id);")]
    [InlineData("await client.[|PublishStringAsync|](\"orders\", \"a/ping\");")]
    [InlineData("await client.[|PublishAsync|](new MqttApplicationMessageBuilder().WithTopic(\"ping/orders\").WithPayload(order.Id).Build());")]
    [InlineData("await client.[|PublishAsync|](new MqttApplicationMessage { Topic = \"health/patients\" });")]
    public Task Mqtt_TopicThatOnlySoundsLikeAPing(string statement) => VerifyMqtt(statement);
}

using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.Rules;

// MQTTnet 5, and 4, which speaks an MQTT without user properties unless told otherwise.
public partial class TL1003_PublishWithoutContextSilentTests
{
    private const string Speaks311 = "private static readonly object options = new MqttClientOptionsBuilder().WithProtocolVersion(MqttProtocolVersion.V311);";
    private const string Speaks500 = "private static readonly object options = new MqttClientOptionsBuilder().WithProtocolVersion(MqttProtocolVersion.V500);";

    private static Task VerifyMqtt(string statements, string members = "") => Verify(Mqtt(statements, members), Setup.Mqtt);

    [Fact]
    public Task Mqtt_InjectedIntoTheBuilder() => VerifyMqtt($$"""
        var builder = new MqttApplicationMessageBuilder().WithTopic("orders").WithPayload(order.Id);
        Propagators.DefaultTextMapPropagator.Inject({{Context}}, builder, static (b, key, value) => b.WithUserProperty(key, Encoding.UTF8.GetBytes(value).AsMemory()));
        await client.PublishAsync(builder.Build());
        """);

    [Fact]
    public Task Mqtt_InjectedIntoTheList() => VerifyMqtt($$"""
        var message = new MqttApplicationMessage { Topic = "orders", UserProperties = new List<MqttUserProperty>() };
        Propagators.DefaultTextMapPropagator.Inject({{Context}}, message.UserProperties, (list, key, value) => list.Add(new MqttUserProperty(key, Encoding.UTF8.GetBytes(value).AsMemory())));
        await client.PublishAsync(message);
        """);

    [Fact]
    public Task Mqtt_InjectedIntoTheMessage() => VerifyMqtt($$"""
        var message = new MqttApplicationMessageBuilder().WithTopic("orders").Build();
        message.UserProperties ??= new();
        Propagators.DefaultTextMapPropagator.Inject({{Context}}, message, (m, key, value) => m.UserProperties.Add(new(key, Encoding.UTF8.GetBytes(value).AsMemory())));
        await client.PublishAsync(message);
        """);

    [Fact]
    public Task Mqtt_InjectedBySystemDiagnostics() => VerifyMqtt("""
        var builder = new MqttApplicationMessageBuilder().WithTopic("orders");
        DistributedContextPropagator.Current.Inject(Activity.Current, builder, (_, key, value) => builder.WithUserProperty(key, value));
        await client.PublishAsync(builder.Build());
        """);

    [Fact]
    public Task Mqtt_TraceProperty() => VerifyMqtt("""
        await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic("orders").WithUserProperty("traceparent", order.Id).Build());
        await client.PublishAsync(new MqttApplicationMessage { UserProperties = new() { new MqttUserProperty("traceparent", order.Id) } });
        var properties = new List<MqttUserProperty>();
        properties.Add(new("trace-id", order.Id));
        await client.PublishAsync(new MqttApplicationMessage { UserProperties = properties });
        """);

    [Fact]
    public Task Mqtt_PropertyOfUnknownName() => VerifyMqtt("""
        var message = new MqttApplicationMessageBuilder().WithTopic("orders").WithUserProperty("type", "order").Build();
        foreach (var line in order.Lines)
        {
            message.UserProperties.Add(new MqttUserProperty(line, ""));
        }

        await client.PublishAsync(message);
        """);

    [Fact]
    public Task Mqtt_PropertiesFromElsewhere() => VerifyMqtt(
        """
        var message = new MqttApplicationMessage { Topic = "orders", UserProperties = new() };
        message.UserProperties.AddRange(common);
        await client.PublishAsync(message);
        await client.PublishAsync(new MqttApplicationMessage { Topic = "orders", UserProperties = common });
        await client.PublishAsync(new MqttApplicationMessage { Topic = "orders", UserProperties = common.ToList() });
        """,
        "private readonly List<MqttUserProperty> common = null!;");

    [Fact]
    public Task Mqtt_MessageFromAParameter() => VerifyMqtt("", """
        public Task Publish(IMqttClient client, MqttApplicationMessage message) => client.PublishAsync(message);
        public Task Publish(IMqttClient client, MqttApplicationMessageBuilder builder) => client.PublishAsync(builder.WithTopic("orders").Build());
        """);

    [Fact]
    public Task Mqtt_BuilderConfiguredByACallback() => VerifyMqtt("", """
        public Task Publish(IMqttClient client, Func<MqttApplicationMessageBuilder, MqttApplicationMessageBuilder> configure)
            => client.PublishAsync(configure(new MqttApplicationMessageBuilder()).Build());
        """);

    [Fact]
    public Task Mqtt_Forwarded() => VerifyMqtt("", """
        public async Task Handle(IMqttClient client, MqttApplicationMessageReceivedEventArgs received)
        {
            await client.PublishAsync(received.ApplicationMessage);
            await client.PublishAsync(new MqttApplicationMessage { Topic = "copies", UserProperties = received.ApplicationMessage.UserProperties });
        }
        """);

    [Fact]
    public Task Mqtt_Answer() => VerifyMqtt("", """
        public async Task Handle(IMqttClient client, MqttApplicationMessageReceivedEventArgs received)
        {
            await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(received.ApplicationMessage.ResponseTopic).WithPayload("done").Build());
            await client.PublishStringAsync(received.ApplicationMessage.ResponseTopic, "done");
        }
        """);

    [Fact]
    public Task Mqtt_RetainedState() => VerifyMqtt("""
        await client.PublishAsync(new MqttApplicationMessage { Topic = "state", Retain = true });
        await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic("state").WithRetainFlag().Build());
        await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic("state").WithRetainFlag(flag).Build());
        await client.PublishStringAsync("state", "on", retain: true);
        await client.PublishStringAsync("state", "on", retain: flag);
        """);

    [Theory]
    [InlineData("V311")]
    [InlineData("V310")]
    public Task Mqtt_OldProtocol(string version) => VerifyMqtt(
        """
        await client.PublishAsync(new MqttApplicationMessage { Topic = "orders" });
        await client.PublishStringAsync("orders", order.Id);
        """,
        $"private static readonly object options = new MqttClientOptionsBuilder().WithProtocolVersion(MqttProtocolVersion.{version});");

    [Fact]
    public Task Mqtt_Version4SpeaksTheOldProtocol() => Verify(Mqtt4("""
        await client.PublishAsync(new MqttApplicationMessage { Topic = "orders" });
        await client.PublishStringAsync("orders", order.Id);
        await managed.EnqueueAsync("orders", order.Id);
        """), Setup.Mqtt4);

    [Fact]
    public Task Mqtt_Version4ThatSpeaksBothProtocols() => Verify(Mqtt4(
        """await client.PublishAsync(new MqttApplicationMessage { Topic = "orders" });""", Speaks311 + "\n" + Speaks500.Replace("options", "others", StringComparison.Ordinal)), Setup.Mqtt4);

    [Fact]
    public Task Mqtt_MessageOfTheManagedClient() => Verify(Mqtt4(
        """await managed.EnqueueAsync(new ManagedMqttApplicationMessage { ApplicationMessage = new MqttApplicationMessage { Topic = "orders" } });""", Speaks500), Setup.Mqtt4);

    [Fact]
    public Task Mqtt_Decorator() => Verify(Mqtt4(
        """await client.PublishAsync(new MqttApplicationMessage { Topic = "orders" });""",
        Speaks500 + "\n" + """
        private sealed class TracedClient(IMqttClient inner) : IMqttClient
        {
            public Task<MqttClientPublishResult> PublishAsync(MqttApplicationMessage applicationMessage, CancellationToken cancellationToken = default)
            {
                applicationMessage.UserProperties = new() { new("traceparent", Activity.Current?.Id) };
                return inner.PublishAsync(applicationMessage, cancellationToken);
            }

            public void Dispose() { }
        }
        """), Setup.Mqtt4);

    [Fact]
    public Task Mqtt_EnvelopeWithATraceMember() => VerifyMqtt(
        """
        await client.PublishStringAsync("orders", JsonSerializer.Serialize(new Envelope(order, "")));
        var builder = new MqttApplicationMessageBuilder();
        builder.WithTopic("orders");
        builder.WithPayload(JsonSerializer.Serialize(new Envelope(order, "")));
        await client.PublishAsync(builder.Build());
        var message = new MqttApplicationMessage { Topic = "orders" };
        message.PayloadSegment = JsonSerializer.SerializeToUtf8Bytes(new { order, Context = Activity.Current?.Id });
        await client.PublishAsync(message);
        """,
        "private sealed record Envelope(Order Order, string TraceParent);");

    [Theory]
    [InlineData("await client.PublishStringAsync(\"health/ping\", order.Id);")]
    [InlineData("await client.PublishStringAsync(Ping, order.Id);")]
    [InlineData("await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(\"ping\").WithPayload(order.Id).Build());")]
    [InlineData("await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(\"site/1/heartbeat\").WithPayload(order.Id).Build());")]
    [InlineData("var message = new MqttApplicationMessageBuilder().WithPayload(order.Id).WithTopic(\"health/ping\").Build(); await client.PublishAsync(message);")]
    [InlineData("await client.PublishAsync(new MqttApplicationMessage { Topic = \"health/ping\" });")]
    public Task Mqtt_PingByItsTopic(string statement) => VerifyMqtt(statement, "private const string Ping = \"devices/ping\";");
}

using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL1003 says, in the words of each transport.</summary>
public class TL1003_PublishWithoutContextMessageTests
{
    [Fact]
    public Task Rabbit_WithoutProperties() => Verify(
        "BasicPublish publishes a message without trace context (without properties it has no headers); pass headers with the current context",
        Rabbit("""channel.BasicPublish("orders", "", null, body);"""), Setup.Rabbit);

    [Fact]
    public Task Rabbit_WithoutHeaders() => Verify(
        "BasicPublish publishes a message without trace context (the message created on line 24 has no headers); inject the current context",
        Rabbit("""
            var properties = channel.CreateBasicProperties();
            channel.BasicPublish("orders", "", properties, body);
            """),
        Setup.Rabbit);

    [Fact]
    public Task Rabbit_IncomingDropped() => Verify(
        "BasicPublish publishes a message without trace context (the context of 'result' is not forwarded); extract and inject that context",
        Rabbit("""
            var result = channel.BasicGet("orders", true);
            channel.BasicPublish("retry", "", null, result.Body);
            """),
        Setup.Rabbit);

    [Fact]
    public Task EventBridge_HasNoCarrier() => Verify(
        "PutEventsAsync publishes a message without trace context (it sends nothing but Detail); put the current context there",
        AwsPayloads("""
            using var activity = source.StartActivity("publish");
            await events.PutEventsAsync(new PutEventsRequest { Entries = new() { new PutEventsRequestEntry { Detail = json } } });
            """),
        Setup.AwsPayloads);

    [Fact]
    public Task PubSub_Text() => Verify(
        "PublishAsync publishes a message without trace context (this overload takes no attributes); pass a PubsubMessage with the current context",
        PubSub("await publisher.PublishAsync(json);"),
        Setup.PubSub);

    [Fact]
    public Task Mqtt_WithoutProperties() => Verify(
        "PublishAsync publishes a message without trace context (the message has no user properties); inject the current context",
        Mqtt("""await client.PublishAsync(new MqttApplicationMessage { Topic = "orders" });"""), Setup.Mqtt);

    [Fact]
    public Task Mqtt_Builder() => Verify(
        "PublishAsync publishes a message without trace context (nothing injects into the user properties); inject the current context",
        Mqtt("""await client.PublishAsync(new MqttApplicationMessageBuilder().WithUserProperty("type", "order").Build());"""), Setup.Mqtt);

    [Fact]
    public Task Mqtt_Payload() => Verify(
        "PublishStringAsync publishes a message without trace context (this overload takes no user properties); use one that does and inject the current context",
        Mqtt("""await client.PublishStringAsync("orders", "x");"""), Setup.Mqtt);

    [Fact]
    public Task Nats_Data() => Verify(
        "Publish publishes a message without trace context (the call passes no headers); pass headers with the current context",
        Nats("""connection.Publish("orders", data);"""), Setup.Nats);

    [Fact]
    public Task Redis_Fields() => Verify(
        "StreamAdd publishes a message without trace context (nothing injects into the fields); inject the current context",
        Redis("""database.StreamAdd("orders", new[] { new NameValueEntry("data", json) });"""), Setup.Redis);

    [Fact]
    public Task Redis_SingleField() => Verify(
        "StreamAdd publishes a message without trace context (this overload takes a single field); use one that takes several and inject the current context",
        Redis("""database.StreamAdd("orders", "data", json);"""), Setup.Redis);

    private static async Task Verify(string message, string source, Setup setup)
    {
        var tree = Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(source);
        var diagnostic = Assert.Single(await Analysis.RunAsync(Analysis.Compile([tree], setup.References)));
        Assert.Equal("TL1003", diagnostic.Id);
        Assert.Equal(message, diagnostic.GetMessage(null));
    }
}

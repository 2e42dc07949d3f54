using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.Rules;

// DotPulsar.
public partial class TL1003_PublishWithoutContextSilentTests
{
    private static Task VerifyPulsar(string statements, string members = "", Setup? setup = null)
        => Verify(Pulsar(statements, members), setup ?? Setup.Pulsar);

    [Fact]
    public Task Pulsar_Injected() => VerifyPulsar($$"""
        var metadata = new MessageMetadata { Key = order.Id };
        Propagators.DefaultTextMapPropagator.Inject({{Context}}, metadata, static (carrier, key, value) => carrier[key] = value);
        await producer.Send(metadata, json);
        """);

    [Fact]
    public Task Pulsar_InjectedBySystemDiagnostics() => VerifyPulsar("""
        var metadata = new MessageMetadata();
        DistributedContextPropagator.Current.Inject(Activity.Current, metadata, (_, key, value) => metadata[key] = value);
        await producer.SendChannel.Send(metadata, json);
        """);

    [Fact]
    public Task Pulsar_TraceProperty() => VerifyPulsar("""
        await producer.NewMessage().Property("traceparent", order.Id).Send(json);
        await producer.NewMessage().Property("messaging.trace_parent", order.Id).Send(json);
        """);

    [Fact]
    public Task Pulsar_BuilderFromElsewhere() => VerifyPulsar("", """
        public async Task Publish(IMessageBuilder<string> message, string json) => await message.Send(json);
        """);

    [Fact]
    public Task Pulsar_MetadataFromElsewhere() => VerifyPulsar("", """
        public async Task Publish(IProducer<string> producer, MessageMetadata metadata, string json) => await producer.Send(metadata, json);
        """);

    [Fact]
    public Task Pulsar_OptIn() => VerifyPulsar("await producer.Send(json);", """
        public IProducer<string> Make(IProducerBuilder<string> builder) => builder.Topic("orders").AttachTraceInfoToMessages(true).Create();
        """);

    [Fact]
    public Task Pulsar_PayloadHoldsAContext() => VerifyPulsar("""
        await producer.Send(JsonSerializer.Serialize(new { order.Id, TraceParent = Activity.Current?.Id }));
        """);

    [Fact]
    public Task Pulsar_DeclaredAsInstrumented() => VerifyPulsar(
        "await producer.Send(json);", setup: Setup.Pulsar with { Config = "tracelint.instrumented_transports = pulsar" });
}

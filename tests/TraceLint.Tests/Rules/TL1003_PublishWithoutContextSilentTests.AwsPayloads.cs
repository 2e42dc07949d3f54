using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.Rules;

// EventBridge and Kinesis, which have no carrier.
public partial class TL1003_PublishWithoutContextSilentTests
{
    private static Task VerifyPayloads(string statements, string members = "") => Verify(AwsPayloads(statements, members), Setup.AwsPayloads);

    [Fact]
    public Task EventBridge_ContextInDetail() => VerifyPayloads("""
        await events.PutEventsAsync(new PutEventsRequest { Entries = [new PutEventsRequestEntry { Detail = JsonSerializer.Serialize(new { order, traceparent = Activity.Current?.Id }) }] });
        var entry = new PutEventsRequestEntry { Source = "shop" };
        entry.Detail = JsonSerializer.Serialize(new Envelope(order, Activity.Current?.Id));
        await events.PutEventsAsync(new PutEventsRequest { Entries = [entry] });
        """, "private sealed record Envelope(Order Order, string? TraceParent);");

    [Fact]
    public Task EventBridge_ContextOfXRay() => VerifyPayloads("""
        await events.PutEventsAsync(new PutEventsRequest { Entries = [new PutEventsRequestEntry { Detail = json, TraceHeader = order.Id }] });
        var entry = new PutEventsRequestEntry { Detail = json };
        entry.TraceHeader = order.Id;
        await events.PutEventsAsync(new PutEventsRequest { Entries = [entry] });
        """);

    [Fact]
    public Task EventBridge_InstrumentedClients() => VerifyPayloads("""
        await events.PutEventsAsync(new PutEventsRequest { Entries = [new PutEventsRequestEntry { Detail = json }] });
        """, """
        public static void Configure(IBuilder tracing) => tracing.AddAWSInstrumentation();
        public interface IBuilder { void AddAWSInstrumentation(); }
        """);

    [Fact]
    public Task EventBridge_RequestFromElsewhere() => VerifyPayloads("", """
        public Task Publish(IAmazonEventBridge events, PutEventsRequest request) => events.PutEventsAsync(request);
        public Task Publish(IAmazonEventBridge events, List<PutEventsRequestEntry> entries) => events.PutEventsAsync(new PutEventsRequest { Entries = entries });
        public Task Publish(IAmazonKinesis kinesis, PutRecordRequest request) => kinesis.PutRecordAsync(request);
        """);

    [Fact]
    public Task Kinesis_ContextInData() => VerifyPayloads("""
        var envelope = new Dictionary<string, string> { ["data"] = json, ["traceparent"] = Activity.Current?.Id ?? "" };
        await kinesis.PutRecordAsync(new PutRecordRequest { Data = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(envelope)) });
        var headers = new Dictionary<string, string>();
        Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), headers, static (h, key, value) => h[key] = value);
        using var data = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new { headers, json }));
        await kinesis.PutRecordAsync(new PutRecordRequest { Data = data });
        """);
}

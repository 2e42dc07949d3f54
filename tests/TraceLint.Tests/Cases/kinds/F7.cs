// A body that the context is written to elsewhere.
namespace Kinds;
internal sealed class CloudEvent
{
    public string Id { get; set; } = "";
    [System.Text.Json.Serialization.JsonExtensionData] public Dictionary<string, object> Extensions { get; } = [];
}
internal static class CloudEvents
{
    public static CloudEvent Traced(string id)
    {
        var made = new CloudEvent { Id = id };
        if (Activity.Current is { } activity)
        {
            made.Extensions["traceparent"] = activity.Id!;
            if (activity.TraceStateString is { } state) made.Extensions["tracestate"] = state;
        }

        return made;
    }
}
internal sealed class F7(IProducer<string, string> producer)
{
    public async Task Send(CloudEvent made) => await producer.ProduceAsync("events", new Message<string, string> { Value = JsonSerializer.Serialize(made) });
}

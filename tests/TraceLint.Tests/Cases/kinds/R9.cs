// Headers that get a second traceparent: reused in a loop, or injected once a retry.
namespace Kinds;
internal sealed class R9(IProducer<string, string> producer)
{
    private static void Add(Headers headers) => DistributedContextPropagator.Current.Inject(
        Activity.Current, headers, static (carrier, name, value) => ((Headers)carrier!).Add(name, Encoding.UTF8.GetBytes(value)));

    public async Task Loop(string[] values)
    {
        var headers = new Headers();
        foreach (var value in values)
        {
            Add(headers);
            await producer.ProduceAsync("a", new Message<string, string> { Value = value, Headers = headers });
        }
    }

    public async Task Retry(string value)
    {
        var message = new Message<string, string> { Value = value, Headers = new Headers() };
        for (var tries = 0; tries < 3; tries++)
        {
            Add(message.Headers);
            try { await producer.ProduceAsync("a", message); return; } catch (KafkaException) { }
        }
    }

    public async Task Silent(string[] values)
    {
        foreach (var value in values)
        {
            var headers = new Headers();
            Add(headers);
            await producer.ProduceAsync("a", new Message<string, string> { Value = value, Headers = headers });
        }
    }
}

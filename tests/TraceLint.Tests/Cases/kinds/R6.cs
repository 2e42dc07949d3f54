// The name of a header that a helper is given; headers that LINQ reads.
namespace Kinds;
internal sealed class R6(IProducer<string, string> producer)
{
    private static void Put(Headers headers, string name, string? value) => headers.Add(name, Encoding.UTF8.GetBytes(value ?? ""));

    public async Task Event(string id)
    {
        var headers = new Headers();
        Put(headers, "event_id", id);
        await producer.ProduceAsync("a", new Message<string, string> { Value = id, Headers = headers });
    }

    public async Task Silent(string id)
    {
        var headers = new Headers();
        Put(headers, "event_id", id);
        Put(headers, "traceparent", Activity.Current?.Id);
        Put(headers, "tracestate", Activity.Current?.TraceStateString);
        await producer.ProduceAsync("a", new Message<string, string> { Value = id, Headers = headers });
    }
}
internal sealed class R7(IProducer<string, string> producer)
{
    public async Task Any(string id)
    {
        var headers = new Headers();
        if (!headers.Any(header => header.Key == "b")) headers.Add("b", Encoding.UTF8.GetBytes(id));
        await producer.ProduceAsync("a", new Message<string, string> { Value = id, Headers = headers });
    }

    public async Task Count(string id)
    {
        var headers = new Headers { { "b", Encoding.UTF8.GetBytes(id) } };
        var keys = headers.Select(header => header.Key).ToList();
        Console.WriteLine(keys.Count + headers.Where(header => header.Key.StartsWith('b')).Sum(header => header.GetValueBytes().Length));
        await producer.ProduceAsync("a", new Message<string, string> { Value = id, Headers = headers });
    }
}

using System.Diagnostics;
using System.Text;
using Confluent.Kafka;

namespace Decoys.Forwarding;

/// <summary>Headers that were dictionaries before, and other detours.</summary>
internal sealed class HeaderMaps(IProducer<string, string> producer)
{
    private const string None = "none";
    private static readonly string _parentHeader = "parent";

    static HeaderMaps()
    {
        if (Environment.GetEnvironmentVariable("PARENT_HEADER") is { Length: > 0 } configured)
            _parentHeader = configured;
    }

    public Task UnderConfiguredNameAsync(string key, byte[] parent)
        => producer.ProduceAsync("mapped", new Message<string, string> { Key = key, Value = key, Headers = [new Header(_parentHeader, parent)] });

    public Task FromDictionaryAsync(string key, IReadOnlyDictionary<string, string> metadata)
        => producer.ProduceAsync("mapped", new Message<string, string> { Key = key, Value = key, Headers = ToHeaders(metadata) });

    public Task FromOwnDictionaryAsync(string key)
    {
        var map = new Dictionary<string, string> { ["type"] = "mapped" };
        if (Activity.Current?.Id is { } id)
            map["traceparent"] = id;

        var headers = new Headers();
        foreach (var pair in map)
            headers.Add(pair.Key, Encoding.UTF8.GetBytes(pair.Value));
        return producer.ProduceAsync("mapped", new Message<string, string> { Key = key, Value = key, Headers = headers });
    }

    public Task FromPairsAsync(string key, params (string Name, byte[] Value)[] pairs)
    {
        var headers = new Headers();
        Array.ForEach(pairs, pair => headers.Add(pair.Name, pair.Value));
        return producer.ProduceAsync("mapped", new Message<string, string> { Key = key, Value = key, Headers = headers });
    }

    public Task FromSelectAsync(string key)
    {
        var headers = new Headers();
        foreach (var header in ContextHeaders().Select(static pair => new Header(pair.Name, Encoding.ASCII.GetBytes(pair.Value))))
            headers.Add(header);
        return producer.ProduceAsync("mapped", new Message<string, string> { Key = key, Value = key, Headers = headers });
    }

    public void FromConstructedHeaders(string key, Activity activity)
    {
        Headers headers = [new Header("traceparent", Encoding.ASCII.GetBytes(activity.Id!))];
        producer.Produce("mapped", new Message<string, string> { Key = key, Value = key, Headers = headers });
    }

    public void UnderOwnName(string key)
        => producer.Produce("mapped", new Message<string, string>
        {
            Key = key,
            Value = key,
            Headers = new Headers { { HeaderNames.Operation, Encoding.ASCII.GetBytes(Activity.Current?.Id ?? None) } },
        });

    public void UnderComputedName(string key, string prefix)
    {
        var headers = new Headers();
        headers.Add(prefix + "-parent", Encoding.ASCII.GetBytes(Activity.Current?.Id ?? None));
        producer.Produce("mapped", new Message<string, string> { Key = key, Value = key, Headers = headers });
    }

    public void UnderCorrelationId(string key)
    {
        var correlation = Activity.Current?.Id ?? Guid.NewGuid().ToString();
        var message = new Message<string, string> { Key = key, Value = key };
        message.Headers = new Headers { { "correlation-id", Encoding.ASCII.GetBytes(correlation) } };
        producer.Produce("mapped", message);
    }

    private static Headers ToHeaders(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var headers = new Headers();
        foreach (var (name, value) in metadata)
            headers.Add(name, Encoding.UTF8.GetBytes(value));
        return headers;
    }

    private static IEnumerable<(string Name, string Value)> ContextHeaders()
    {
        if (Activity.Current is not { Id: { } id } current)
            yield break;

        yield return ("traceparent", id);
        if (current.TraceStateString is { Length: > 0 } state)
            yield return ("tracestate", state);
    }
}

internal static class HeaderNames
{
    public static readonly string Operation = "x-" + nameof(Operation);
}

using System.Collections.Frozen;
using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Decoys.Platform;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Decoys.Forwarding;

/// <summary>Received headers go on, with the context replaced: one trace header there was, and one there is.</summary>
internal sealed class Redelivery(IProducer<string, string> producer)
{
    private const string TraceParent = "traceparent";
    private static readonly FrozenSet<string> _ofTheTrace = FrozenSet.ToFrozenSet([TraceParent, "tracestate", "baggage"], StringComparer.OrdinalIgnoreCase);

    public async Task RemovedFirstAsync(ConsumeResult<string, string> result)
    {
        using var activity = Start(result);
        result.Message.Headers.Remove(TraceParent);
        result.Message.Headers.Add(TraceParent, Current());
        await producer.ProduceAsync("redelivered", result.Message);
    }

    public async Task RemovedByFieldsAsync(ConsumeResult<string, string> result)
    {
        using var activity = Start(result);
        var headers = result.Message.Headers;
        var propagator = Propagators.DefaultTextMapPropagator;
        foreach (var field in propagator.Fields ?? _ofTheTrace.ToHashSet())
            headers.Remove(field);
        propagator.Inject(Context, headers, static (to, name, value) => to.Add(name, Encoding.UTF8.GetBytes(value)));
        await producer.ProduceAsync("redelivered", result.Message);
    }

    public async Task RemovedBySetterAsync(ConsumeResult<string, string> result)
    {
        using var activity = Start(result);
        Propagators.DefaultTextMapPropagator.Inject(Context, result.Message.Headers, Replace);
        await producer.ProduceAsync("redelivered", result.Message);
    }

    public async Task RemovedByHelperAsync(ConsumeResult<string, string> result)
    {
        using var activity = Start(result);
        var message = result.Message;
        Forget(message.Headers);
        message.Headers.Add(TraceParent, Current());
        await producer.ProduceAsync("redelivered", message);
    }

    public async Task KeptWhenThereAsync(ConsumeResult<string, string> result)
    {
        var headers = result.Message.Headers;
        // It comes from a producer that does not trace, or it goes on as it is.
        if (!headers.TryGetLastBytes(TraceParent, out _))
            headers.Add(TraceParent, Current());
        await producer.ProduceAsync("redelivered", result.Message);
    }

    public async Task KeptWhenAnyAsync(ConsumeResult<string, string> result)
    {
        var message = new Message<string, string> { Key = result.Message.Key, Value = result.Message.Value, Headers = result.Message.Headers };
        if (message.Headers.All(static header => header.Key != TraceParent))
            message.Headers.Add(TraceParent, Current());
        await producer.ProduceAsync("redelivered", message);
    }

    public async Task LeftOutOfTheCopyAsync(ConsumeResult<string, string> result)
    {
        using var activity = Start(result);
        var headers = new Headers();
        foreach (var header in result.Message.Headers)
        {
            if (_ofTheTrace.Contains(header.Key))
                continue;
            headers.Add(header.Key, header.GetValueBytes());
        }

        headers.Add(TraceParent, Current());
        await producer.ProduceAsync("redelivered", new Message<string, string> { Key = result.Message.Key, Value = result.Message.Value, Headers = headers });
    }

    public async Task FilteredFromTheCopyAsync(ConsumeResult<string, string> result)
    {
        using var activity = Start(result);
        var headers = new Headers();
        foreach (var header in result.Message.Headers.Where(static header => header.Key is not TraceParent))
            headers.Add((Header)header);
        headers.Add(TraceParent, Current());
        await producer.ProduceAsync("redelivered", new Message<string, string> { Key = result.Message.Key, Value = result.Message.Value, Headers = headers });
    }

    public async Task MergedInADictionaryAsync(ConsumeResult<string, string> result)
    {
        using var activity = Start(result);
        var map = result.Message.Headers.GroupBy(static header => header.Key).ToDictionary(static group => group.Key, static group => group.Last().GetValueBytes());
        map[TraceParent] = Current();
        var headers = new Headers();
        foreach (var (name, value) in map)
            headers.Add(name, value);
        await producer.ProduceAsync("redelivered", new Message<string, string> { Key = result.Message.Key, Value = result.Message.Value, Headers = headers });
    }

    public async Task KeptUnderAnotherNameAsync(ConsumeResult<string, string> result)
    {
        var headers = result.Message.Headers;
        if (headers.TryGetLastBytes(TraceParent, out var original))
            headers.Add("x-original-traceparent", original);
        using var activity = Start(result);
        KafkaTrace.Inject(headers);
        headers.Add("trace-hops", [1]);
        await producer.ProduceAsync("redelivered", result.Message);
    }

    public async Task FreshAsync(ConsumeResult<string, string> result)
    {
        using var activity = Start(result);
        result.Message.Headers = [];
        result.Message.Headers.Add(TraceParent, Current());
        await producer.ProduceAsync("redelivered", result.Message);
    }

    private static PropagationContext Context => new(Activity.Current?.Context ?? default, Baggage.Current);

    private static Activity? Start(ConsumeResult<string, string> result)
        => Telemetry.Source.StartActivity("redeliver", ActivityKind.Consumer, KafkaTrace.Extract(result.Message.Headers).ActivityContext);

    private static byte[] Current() => Encoding.ASCII.GetBytes(Activity.Current!.Id!);

    private static void Forget(Headers headers)
    {
        foreach (var name in _ofTheTrace)
            headers.Remove(name);
    }

    private static void Replace(Headers headers, string name, string value)
    {
        headers.Remove(name);
        headers.Add(name, Encoding.UTF8.GetBytes(value));
    }
}

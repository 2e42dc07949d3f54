using System.Collections.Concurrent;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Pricing;

/// <summary>Headers that live in fields, caches and ambient state.</summary>
internal sealed class PriceState(IProducer<string, string> producer)
{
    private static readonly AsyncLocal<Headers?> _ambient = new();
    private static readonly ConcurrentDictionary<string, Headers> _byRegion = new();
    private static Headers? _latest;

    [ThreadStatic]
    private static Headers? t_scratch;

    // Of the job that this object was made for.
    private readonly Headers _headers = KafkaTrace.NewHeaders();
    private readonly Lazy<Headers> _lazy = new(KafkaTrace.NewHeaders);
    private Message<string, string>? _pending;

    public Headers JobHeaders { get; } = KafkaTrace.NewHeaders();

    private Headers FreshHeaders => new Headers { { "producer", System.Text.Encoding.UTF8.GetBytes(producer.Name) } }.WithTraceContext();

    public static IDisposable Use(Headers headers)
    {
        var before = _ambient.Value;
        _ambient.Value = headers;
        return new Restore(before);
    }

    public Task FromFieldAsync(string sku)
        => producer.ProduceAsync(Names.Prices, new Message<string, string> { Key = sku, Value = sku, Headers = _headers });

    public Task FromPropertyAsync(string sku)
        => producer.ProduceAsync(Names.Prices, new Message<string, string> { Key = sku, Value = sku, Headers = JobHeaders });

    public Task FromGetterAsync(string sku)
        => producer.ProduceAsync(Names.Prices, new Message<string, string> { Key = sku, Value = sku, Headers = FreshHeaders });

    public Task FromLazyAsync(string sku)
        => producer.ProduceAsync(Names.Prices, new Message<string, string> { Key = sku, Value = sku, Headers = _lazy.Value });

    public Task FromAmbientAsync(string sku)
        => producer.ProduceAsync(Names.Prices, new Message<string, string> { Key = sku, Value = sku, Headers = _ambient.Value ?? KafkaTrace.NewHeaders() });

    public Task FromAmbientOrEmptyAsync(string sku)
    {
        var message = new Message<string, string> { Key = sku, Value = sku };
        message.Headers = _ambient.Value;
        return producer.ProduceAsync(Names.Prices, message);
    }

    public Task FromCacheAsync(string sku, string region)
    {
        var headers = new Headers();
        foreach (var header in _byRegion.GetOrAdd(region, static key => new Headers { { "region", System.Text.Encoding.UTF8.GetBytes(key) } }))
            headers.Add(header.Key, header.GetValueBytes());
        return producer.ProduceAsync(Names.Prices, new Message<string, string> { Key = sku, Value = sku, Headers = headers.WithTraceContext() });
    }

    public Task FromVolatileAsync(string sku)
    {
        var headers = Volatile.Read(ref _latest) ?? KafkaTrace.NewHeaders();
        return producer.ProduceAsync(Names.Prices, new Message<string, string> { Key = sku, Value = sku, Headers = headers });
    }

    public Task FromInterlockedAsync(string sku)
    {
        var headers = new Headers();
        KafkaTrace.Inject(headers);
        var previous = Interlocked.Exchange(ref _latest, headers);
        return producer.ProduceAsync(Names.Prices, new Message<string, string> { Key = sku, Value = sku, Headers = previous ?? headers });
    }

    public void FromScratch(string sku)
    {
        t_scratch ??= [];
        t_scratch.Remove("traceparent");
        KafkaTrace.Inject(t_scratch);
        producer.Produce(Names.Prices, new Message<string, string> { Key = sku, Value = sku, Headers = t_scratch });
    }

    public void Prepare(string sku)
    {
        _pending = new Message<string, string> { Key = sku, Value = sku };
        Stamp();
    }

    public void Flush()
    {
        if (Interlocked.Exchange(ref _pending, null) is { } pending)
            producer.Produce(Names.Prices, pending);
    }

    public void PrepareAndFlush(string sku)
    {
        _pending = new Message<string, string> { Key = sku, Value = sku };
        Stamp();
        producer.Produce(Names.Prices, _pending);
    }

    public void StampThroughAlias(string sku)
    {
        var message = new Message<string, string> { Key = sku, Value = sku };
        _pending = message;
        Stamp();
        producer.Produce(Names.Prices, message);
    }

    private void Stamp()
    {
        if (_pending is not null)
            _pending.Headers = KafkaTrace.NewHeaders();
    }

    private sealed class Restore(Headers? before) : IDisposable
    {
        public void Dispose() => _ambient.Value = before;
    }
}

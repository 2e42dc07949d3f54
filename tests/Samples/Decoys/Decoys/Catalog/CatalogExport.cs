using System.Collections.Immutable;
using System.Text;
using Confluent.Kafka;
using Decoys.Library;
using Decoys.Platform;

namespace Decoys.Catalog;

/// <summary>Messages on their way through collections, queries and other assemblies.</summary>
internal sealed class CatalogExport(IProducer<string, string> producer, ITopicMessageFactory factory, TracingMessages messages)
    : CatalogPublisher(producer)
{
    public async Task QueryAsync(IEnumerable<string> skus)
    {
        var messages =
            from sku in skus
            let value = sku.ToUpperInvariant()
            where value.Length > 0
            orderby value
            select MessageFor(sku, value).WithTraceContext();
        foreach (var message in messages)
            await Producer.ProduceAsync("catalog", message);
    }

    public void Dictionary(IEnumerable<string> skus)
    {
        var byKey = new SortedDictionary<string, Message<string, string>>();
        foreach (var sku in skus)
            byKey[sku] = MessageFor(sku, "");
        foreach (var (_, message) in byKey)
            KafkaTrace.Inject(message.Headers ??= []);
        foreach (var message in byKey.Values)
            Producer.Produce("catalog", message);
    }

    public void List(IEnumerable<string> skus)
    {
        var messages = skus.Select(sku => MessageFor(sku, sku)).ToList();
        foreach (var message in messages)
            message.Headers = KafkaTrace.NewHeaders();
        messages.ForEach(message => Producer.Produce("catalog", message));
    }

    public void Deferred(IEnumerable<string> skus)
    {
        // The query runs once, and what it yields is stamped on the way.
        foreach (var message in skus.Select(sku => MessageFor(sku, sku)).Select(KafkaTrace.WithTraceContext))
            Producer.Produce("catalog", message);
    }

    public void Tuples(IEnumerable<string> skus)
    {
        var pairs = new List<(string Topic, Message<string, string> Message)>();
        foreach (var sku in skus)
            pairs.Add(("catalog-" + sku[0], MessageFor(sku, sku)));
        foreach (var (_, message) in pairs)
            message.WithTraceContext();
        foreach (var (topic, message) in pairs)
            Producer.Produce(topic, message);
    }

    public void Array(string first, string second)
    {
        Message<string, string>[] messages = [MessageFor(first, ""), MessageFor(second, "")];
        System.Array.ForEach(messages, static message => message.WithTraceContext());
        Producer.Produce("catalog", messages[0]);
        Producer.Produce("catalog", messages[1]);
    }

    public void Queue(IEnumerable<string> skus)
    {
        var queue = new PriorityQueue<Message<string, string>, int>();
        foreach (var sku in skus)
            queue.Enqueue(MessageFor(sku, sku).WithTraceContext(), sku.Length);
        while (queue.TryDequeue(out var message, out _))
            Producer.Produce("catalog", message);
    }

    public void Immutable(IEnumerable<string> skus)
    {
        var builder = ImmutableArray.CreateBuilder<Message<string, string>>();
        builder.AddRange(skus.Select(sku => MessageFor(sku, sku)));
        for (var i = 0; i < builder.Count; i++)
            builder[i] = builder[i].WithTraceContext();
        foreach (var message in builder.ToImmutable())
            Producer.Produce("catalog", message);
    }

    public void Record(string sku)
    {
        var outgoing = new Outgoing("catalog", MessageFor(sku, sku));
        outgoing = outgoing with { Message = outgoing.Message.WithTraceContext() };
        Producer.Produce(outgoing.Topic, outgoing.Message);
    }

    public void RecordStampedLater(string sku)
    {
        var outgoing = new Outgoing("catalog", MessageFor(sku, sku));
        outgoing.Stamp();
        var (topic, message) = outgoing;
        Producer.Produce(topic, message);
    }

    public void RecordOfMessageInHand(string sku)
    {
        var message = MessageFor(sku, sku);
        new Outgoing("catalog", message).Stamp();
        Producer.Produce("catalog", message);
    }

    public Task FromFactoryAsync(string sku) => Producer.ProduceAsync("catalog", factory.Create("catalog", sku, sku));

    public Task FromLibraryAsync(string sku) => Producer.ProduceAsync("catalog", messages.Create(sku, sku));

    public Task StampedByLibraryAsync(string sku)
    {
        var message = MessageFor(sku, sku);
        message.StampTrace();
        return Producer.ProduceAsync("catalog", message);
    }

    public Task ByInheritedMemberAsync(string sku)
    {
        var message = MessageFor(sku, sku);
        BeforeSend(message);
        return Producer.ProduceAsync("catalog", message);
    }

    public Task ByInheritedHeadersAsync(string sku)
        => Producer.ProduceAsync("catalog", new Message<string, string> { Key = sku, Value = sku, Headers = DefaultHeaders });

    public Task OfLibraryTypeAsync(string sku) => Producer.ProduceAsync("catalog", new LibraryMessage(sku) { Value = sku });

    public void Subscribe(IObservable<string> skus) => skus.Subscribe(new Observer(Producer));

    protected override Message<string, string> Build(string key, string value) => MessageFor(key, value).WithTraceContext();

    private static Message<string, string> MessageFor(string key, string value) => new() { Key = key, Value = value };

    private sealed record Outgoing(string Topic, Message<string, string> Message)
    {
        public void Stamp() => Message.Headers = KafkaTrace.NewHeaders();
    }

    private sealed class Observer(IProducer<string, string> producer) : IObserver<string>
    {
        private readonly Headers _headers = new() { { "feed", Encoding.UTF8.GetBytes("catalog") } };

        public void OnCompleted() => producer.Flush(TimeSpan.FromSeconds(5));

        public void OnError(Exception error) => producer.Produce(
            "catalog-errors", new Message<string, string> { Key = "", Value = error.Message, Headers = Headers() });

        public void OnNext(string value)
        {
            var message = MessageFor(value, value);
            message.Headers = Headers();
            producer.Produce("catalog", message);
        }

        private Headers Headers()
        {
            var headers = new Headers();
            foreach (var header in _headers)
                headers.Add(header.Key, header.GetValueBytes());
            return headers.WithTraceContext();
        }
    }
}

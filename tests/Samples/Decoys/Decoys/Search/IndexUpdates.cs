using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using Confluent.Kafka;
using Decoys.Platform;
using Entry = Amazon.SQS.Model.SendMessageBatchRequestEntry;
using IndexMessage = Confluent.Kafka.Message<string, byte[]>;

namespace Decoys.Search;

/// <summary>Headers that are traced from birth.</summary>
internal sealed class IndexHeaders : Headers
{
    public IndexHeaders() => KafkaTrace.Inject(this);
}

/// <summary>Attributes that are.</summary>
internal sealed class IndexAttributes : Dictionary<string, MessageAttributeValue>
{
    public IndexAttributes() => SqsTrace.Inject(this);
}

/// <summary>A header of its own.</summary>
internal sealed class ParentHeader : IHeader
{
    public string Key => "traceparent";

    public byte[] GetValueBytes() => Encoding.ASCII.GetBytes(Activity.Current?.Id ?? "");
}

/// <summary>Messages under other names and types: aliases, base types, interfaces, views of collections.</summary>
internal sealed class IndexUpdates(IProducer<string, byte[]> producer, IAmazonSQS sqs)
{
    private const string Topic = "index";

    public Task OfDerivedHeadersAsync(string sku) => producer.ProduceAsync(Topic, new IndexMessage { Key = sku, Value = [], Headers = new IndexHeaders() });

    public Task OfOwnHeaderAsync(string sku) => producer.ProduceAsync(Topic, new IndexMessage { Key = sku, Value = [], Headers = [new ParentHeader()] });

    public Task OfDerivedAttributesAsync(string sku)
        => sqs.SendMessageAsync(new SendMessageRequest(Names.NoticeQueue, sku) { MessageAttributes = new IndexAttributes() });

    public Task ThroughBaseTypeAsync(string sku)
    {
        var message = new IndexMessage { Key = sku, Value = [] };
        MessageMetadata metadata = message;
        metadata.Headers = KafkaTrace.NewHeaders();
        return producer.ProduceAsync(Topic, message);
    }

    public Task ThroughCastAsync(string sku)
    {
        var message = new IndexMessage { Key = sku, Value = [] };
        KafkaTrace.Inject(((MessageMetadata)message).Headers ??= []);
        return producer.ProduceAsync(Topic, message);
    }

    public Task ThroughObjectAsync(string sku)
    {
        var message = new IndexMessage { Key = sku, Value = [] };
        object something = message;
        if (something is MessageMetadata metadata)
            metadata.Headers = KafkaTrace.NewHeaders();
        return producer.ProduceAsync(Topic, message);
    }

    public Task ThroughOtherVariableAsync(string sku)
    {
        var message = new IndexMessage { Key = sku, Value = [] };
        var same = message;
        same.Headers = [];
        same.Headers.Add("traceparent", Encoding.ASCII.GetBytes(Activity.Current!.Id!));
        return producer.ProduceAsync(Topic, message);
    }

    public Task ThroughObjectArrayAsync(string sku)
    {
        var message = new IndexMessage { Key = sku, Value = [] };
        Hooks.Run("before-publish", Topic, message);
        return producer.ProduceAsync(Topic, message);
    }

    public Task ThroughTupleAsync(string sku)
    {
        var message = new IndexMessage { Key = sku, Value = [] };
        var pair = (Topic, Message: message);
        pair.Message.Headers = KafkaTrace.NewHeaders();
        return producer.ProduceAsync(pair.Topic, message);
    }

    public Task ThroughDelegatesAsync(string sku)
    {
        var message = new IndexMessage { Key = sku, Value = [], Headers = new() };
        var steps = new List<Action> { () => message.Headers.Add("step", []), () => KafkaTrace.Inject(message.Headers) };
        steps.ForEach(static step => step());
        return producer.ProduceAsync(Topic, message);
    }

    public Task ThroughClosureAsync(string sku)
    {
        var headers = new Headers();
        Action add = () => headers.Add("traceparent", Encoding.ASCII.GetBytes(Activity.Current!.Id!));
        var message = new IndexMessage { Key = sku, Value = [], Headers = headers };
        add();
        return producer.ProduceAsync(Topic, message);
    }

    public Task ThroughSetterAsync(string sku)
    {
        var message = new IndexMessage { Key = sku, Value = [] };
        _ = new Slot { Message = message };
        return producer.ProduceAsync(Topic, message);
    }

    public Task ThroughIndexerAsync(string sku)
    {
        var message = new IndexMessage { Key = sku, Value = [] };
        var slots = new Slots();
        slots[sku] = message;
        return producer.ProduceAsync(Topic, message);
    }

    public async Task ThroughTaskAsync(string sku)
    {
        var message = await Task.FromResult(new IndexMessage { Key = sku, Value = [] }.WithTraceContext());
        await producer.ProduceAsync(Topic, message);
    }

    public async Task AfterAsyncHelperAsync(string sku)
    {
        var message = new IndexMessage { Key = sku, Value = [] };
        await StampAsync(message);
        await producer.ProduceAsync(Topic, message);
    }

    public Task ThroughManyHandsAsync(string sku)
    {
        var message = new IndexMessage { Key = sku, Value = [] };
        Deep1(message);
        return producer.ProduceAsync(Topic, message);
    }

    public Task NamedArgumentsAsync(string sku) => producer.ProduceAsync(message: new IndexMessage { Value = [], Headers = KafkaTrace.NewHeaders(), Key = sku }, topic: Topic);

    public Task ThroughInterfaceOfDictionaryAsync(string sku)
    {
        var request = new SendMessageRequest(Names.NoticeQueue, sku) { MessageAttributes = [] };
        IDictionary<string, MessageAttributeValue> attributes = request.MessageAttributes;
        attributes.Add("traceparent", SqsTrace.Text(Activity.Current!.Id!));
        return sqs.SendMessageAsync(request);
    }

    public Task ThroughCollectionOfPairsAsync(string sku)
    {
        var request = new SendMessageRequest(Names.NoticeQueue, sku) { MessageAttributes = [] };
        ICollection<KeyValuePair<string, MessageAttributeValue>> pairs = request.MessageAttributes;
        pairs.Add(new("traceparent", SqsTrace.Text(Activity.Current!.Id!)));
        return sqs.SendMessageAsync(request);
    }

    public Task ThroughReferenceToValueAsync(string sku)
    {
        var attributes = new Dictionary<string, MessageAttributeValue>();
        CollectionsMarshal.GetValueRefOrAddDefault(attributes, "traceparent", out _) = SqsTrace.Text(Activity.Current!.Id!);
        return sqs.SendMessageAsync(new SendMessageRequest(Names.NoticeQueue, sku) { MessageAttributes = attributes });
    }

    public Task MergedAsync(string sku)
    {
        var business = new Dictionary<string, MessageAttributeValue> { ["sku"] = SqsTrace.Text(sku) };
        return sqs.SendMessageAsync(new SendMessageRequest(Names.NoticeQueue, sku)
        {
            MessageAttributes = business.Concat(SqsTrace.Inject(null)).ToDictionary(static pair => pair.Key, static pair => pair.Value),
        });
    }

    public Task CopiedAsync(string sku)
    {
        var traced = SqsTrace.Inject(null);
        return sqs.SendMessageAsync(new SendMessageRequest(Names.NoticeQueue, sku) { MessageAttributes = new(traced) { ["sku"] = SqsTrace.Text(sku) } });
    }

    public Task AggregatedAsync(string sku, IReadOnlyDictionary<string, string> values)
    {
        var request = values.Aggregate(new SendMessageRequest(Names.NoticeQueue, sku) { MessageAttributes = [] }, static (to, pair) =>
        {
            to.MessageAttributes[pair.Key] = SqsTrace.Text(pair.Value);
            return to;
        });
        return sqs.SendMessageAsync(request);
    }

    public Task EachAttributesAsync(IEnumerable<string> skus)
    {
        var entries = skus.Select(static sku => new Entry(sku, sku)).ToList();
        foreach (var attributes in entries.Select(static entry => entry.MessageAttributes ??= []))
            SqsTrace.Inject(attributes);
        return sqs.SendMessageBatchAsync(Names.NoticeQueue, entries);
    }

    public Task InParallelAsync(IEnumerable<string> skus)
    {
        var entries = skus.Select(static sku => new Entry(sku, sku)).ToList();
        Parallel.ForEach(entries, static entry => entry.MessageAttributes = SqsTrace.Inject(null));
        return sqs.SendMessageBatchAsync(Names.NoticeQueue, entries);
    }

    public Task InParallelQueryAsync(IEnumerable<string> skus)
    {
        var entries = skus.Select(static sku => new Entry(sku, sku)).ToList();
        entries.AsParallel().ForAll(static entry => entry.MessageAttributes = SqsTrace.Inject(null));
        return sqs.SendMessageBatchAsync(Names.NoticeQueue, entries);
    }

    public Task ByMethodGroupAsync(IEnumerable<string> skus)
    {
        var entries = skus.Select(static sku => new Entry(sku, sku)).ToList();
        entries.ForEach(Stamp);
        return sqs.SendMessageBatchAsync(Names.NoticeQueue, entries);
    }

    public Task ByDictionaryAsync(IEnumerable<string> skus)
    {
        var entries = skus.Select(static sku => new Entry(sku, sku)).ToList();
        foreach (var (_, entry) in entries.ToDictionary(static entry => entry.Id))
            Stamp(entry);
        return sqs.SendMessageBatchAsync(Names.NoticeQueue, entries);
    }

    public Task ByGroupAsync(IEnumerable<string> skus)
    {
        var entries = skus.Select(static sku => new Entry(sku, sku)).ToList();
        foreach (var group in entries.GroupBy(static entry => entry.MessageBody[0]))
        {
            foreach (var entry in group)
                Stamp(entry);
        }

        return sqs.SendMessageBatchAsync(Names.NoticeQueue, entries);
    }

    public Task ByBaseTypeAsync(IEnumerable<string> skus)
    {
        var messages = skus.Select(static sku => new IndexMessage { Key = sku, Value = [] }).ToList();
        foreach (MessageMetadata metadata in messages)
            metadata.Headers = KafkaTrace.NewHeaders();
        return Task.WhenAll(messages.Select(message => producer.ProduceAsync(Topic, message)));
    }

    public Task ByCastAsync(IEnumerable<string> skus)
    {
        var messages = skus.Select(static sku => new IndexMessage { Key = sku, Value = [] }).ToArray();
        foreach (var metadata in messages.Cast<MessageMetadata>())
            metadata.Headers = KafkaTrace.NewHeaders();
        return Task.WhenAll(messages.Select(message => producer.ProduceAsync(Topic, message)));
    }

    public async Task ByEnumeratorAsync(IEnumerable<string> skus)
    {
        var entries = skus.Select(static sku => new Entry(sku, sku)).ToList();
        using (var enumerator = entries.GetEnumerator())
        {
            while (enumerator.MoveNext())
                enumerator.Current.MessageAttributes = SqsTrace.Inject(null);
        }

        await sqs.SendMessageBatchAsync(Names.NoticeQueue, entries);
    }

    public Task AfterAddingAsync(IEnumerable<string> skus)
    {
        var request = new SendMessageBatchRequest(Names.NoticeQueue, []);
        foreach (var sku in skus)
        {
            request.Entries.Add(new Entry(sku, sku));
            request.Entries[^1].MessageAttributes = SqsTrace.Inject(null);
        }

        return sqs.SendMessageBatchAsync(request);
    }

    public Task AfterSettingAsync(IEnumerable<string> skus)
    {
        List<Entry> entries = [];
        var request = new SendMessageBatchRequest { QueueUrl = Names.NoticeQueue, Entries = entries };
        foreach (var sku in skus)
        {
            var entry = new Entry { Id = sku };
            entries.Add(entry);
            entry.MessageBody = sku;
            entry.MessageAttributes = [];
            entry.MessageAttributes["traceparent"] = SqsTrace.Text(Activity.Current!.Id!);
        }

        return sqs.SendMessageBatchAsync(request);
    }

    public async Task HalvedAsync(List<Entry> entries)
    {
        if (entries.Count > 10)
        {
            await HalvedAsync(entries[..(entries.Count / 2)]);
            await HalvedAsync(entries.GetRange(entries.Count / 2, entries.Count - (entries.Count / 2)));
            return;
        }

        await sqs.SendMessageBatchAsync(Names.NoticeQueue, entries);
    }

    public Task AllAsync(IReadOnlyList<string> skus)
    {
        var entries = new Entry[skus.Count];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = new Entry(skus[i], skus[i]);
        for (var i = 0; i < entries.Length; i++)
            Stamp(entries[i]);
        return HalvedAsync([.. entries]);
    }

    private static void Stamp(Entry entry) => entry.MessageAttributes = SqsTrace.Inject(entry.MessageAttributes);

    private static async Task StampAsync(IndexMessage message)
    {
        await Task.Yield();
        message.Headers = KafkaTrace.NewHeaders();
    }

    private static void Deep1(IndexMessage message) => Deep2(message);

    private static void Deep2(IndexMessage message) => Deep3(message);

    private static void Deep3(IndexMessage message) => Deep4(message);

    private static void Deep4(IndexMessage message) => Deep5(message);

    private static void Deep5(IndexMessage message) => Deep6(message);

    private static void Deep6(IndexMessage message) => Deep7(message);

    private static void Deep7(IndexMessage message) => Deep8(message);

    private static void Deep8(IndexMessage message) => message.WithTraceContext();

    private static class Hooks
    {
        public static void Run(string hook, params object[] arguments)
        {
            Console.WriteLine(hook);
            foreach (var metadata in arguments.OfType<MessageMetadata>())
                metadata.Headers = metadata.Headers.WithTraceContext();
        }
    }

    private sealed class Slot
    {
        private MessageMetadata? _message;

        public MessageMetadata? Message
        {
            get => _message;
            set
            {
                if (value is not null)
                    value.Headers = KafkaTrace.NewHeaders();
                _message = value;
            }
        }
    }

    private sealed class Slots
    {
        private readonly Dictionary<string, MessageMetadata> _all = [];

        public MessageMetadata this[string key]
        {
            get => _all[key];
            set
            {
                value.Headers = value.Headers.WithTraceContext();
                _all[key] = value;
            }
        }
    }
}

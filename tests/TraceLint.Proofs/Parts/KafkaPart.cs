using System.Text;
using Confluent.Kafka;
using OrderFlow.Demo;
using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Parts;

/// <summary>Confluent.Kafka, connected to a broker that librdkafka mocks in this process.</summary>
internal sealed class KafkaPart : IInlet, IDisposable
{
    public const string IncomingTopic = "incoming";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    // The beginning, for which a client does not have to ask: it waits half a second when it asks before it is connected.
    private static readonly Offset s_first = 0;

    private readonly EmbeddedKafka _cluster = new(IncomingTopic, "orders");
    private readonly Lazy<IProducer<string, string>> _producer;
    private readonly Lazy<IConsumer<string, string>> _consumer;

    public KafkaPart()
    {
        _producer = new(() => new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = BootstrapServers, LingerMs = 0 }).Build());
        _consumer = new(() =>
        {
            var consumer = NewConsumer();
            consumer.Assign(new TopicPartitionOffset(IncomingTopic, 0, s_first));
            return consumer;
        });
    }

    public string BootstrapServers => _cluster.BootstrapServers;

    public IProducer<string, string> Producer => _producer.Value;

    /// <summary>A consumer of the topic "incoming".</summary>
    public IConsumer<string, string> Consumer => _consumer.Value;

    public Task SendAsync(string body, IEnumerable<(string Key, string Value)> headers)
    {
        var message = new Message<string, string> { Value = body, Headers = [] };
        foreach (var (key, value) in headers)
        {
            message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
        }

        return Producer.ProduceAsync(new TopicPartition(IncomingTopic, 0), message);
    }

    /// <summary>Processes every message of every topic but the incoming one, in a span that is called like the topic.</summary>
    public void ReceiveEverything()
    {
        if (_producer.IsValueCreated)
        {
            Producer.Flush(s_patience);
        }

        using var client = new DependentAdminClientBuilder(Producer.Handle).Build();
        var partitions = client.GetMetadata(s_patience).Topics.Where(static topic => topic.Topic != IncomingTopic)
            .SelectMany(static topic => topic.Partitions.Select(partition => new TopicPartitionOffset(topic.Topic, partition.PartitionId, s_first)))
            .ToList();
        using var consumer = NewConsumer();
        consumer.Assign(partitions);
        for (var open = partitions.Count; open > 0;)
        {
            var result = consumer.Consume(s_patience) ?? throw new TimeoutException("The broker does not answer.");
            if (result.IsPartitionEOF)
            {
                open--;
            }
            else
            {
                Wire.Process(result.Topic, [.. result.Message.Headers.Select(static header => (header.Key, header.GetValueBytes() is { } value ? Encoding.UTF8.GetString(value) : null))]);
            }
        }
    }

    public void Dispose()
    {
        if (_consumer.IsValueCreated)
        {
            Consumer.Dispose();
        }

        if (_producer.IsValueCreated)
        {
            Producer.Dispose();
        }

        _cluster.Dispose();
    }

    private IConsumer<string, string> NewConsumer()
        => new ConsumerBuilder<string, string>(new ConsumerConfig
        {
            BootstrapServers = BootstrapServers,
            GroupId = "proofs",
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            // Unlike a real broker, the mocked one does not answer earlier when a message comes in.
            FetchWaitMaxMs = 10,
        }).Build();
}

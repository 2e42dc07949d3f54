// A producer of the project that counts messages injects nothing.
namespace Kinds;
internal abstract class CountingProducer(IProducer<string, string> inner) : IProducer<string, string>
{
    private int _count;
    public Task<DeliveryResult<string, string>> ProduceAsync(string topic, Message<string, string> message, CancellationToken stop = default) { _count++; return inner.ProduceAsync(topic, message, stop); }
    public abstract Task<DeliveryResult<string, string>> ProduceAsync(TopicPartition partition, Message<string, string> message, CancellationToken stop = default);
    public abstract void Produce(string topic, Message<string, string> message, Action<DeliveryReport<string, string>>? handler = null);
    public abstract void Produce(TopicPartition partition, Message<string, string> message, Action<DeliveryReport<string, string>>? handler = null);
    public abstract int Poll(TimeSpan timeout);
    public abstract int Flush(TimeSpan timeout);
    public abstract void Flush(CancellationToken stop = default);
    public abstract void InitTransactions(TimeSpan timeout);
    public abstract void BeginTransaction();
    public abstract void CommitTransaction(TimeSpan timeout);
    public abstract void CommitTransaction();
    public abstract void AbortTransaction(TimeSpan timeout);
    public abstract void AbortTransaction();
    public abstract void SendOffsetsToTransaction(IEnumerable<TopicPartitionOffset> offsets, IConsumerGroupMetadata group, TimeSpan timeout);
    public abstract Handle Handle { get; }
    public abstract string Name { get; }
    public abstract int AddBrokers(string brokers);
    public abstract void SetSaslCredentials(string username, string password);
    public abstract void Dispose();
}
internal sealed class M3(IProducer<string, string> producer)
{
    public async Task Kafka() => await producer.ProduceAsync("orders", new Message<string, string> { Value = "new" });
}

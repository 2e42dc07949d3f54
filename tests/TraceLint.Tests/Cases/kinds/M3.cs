// A producer of the project that counts messages injects nothing.
namespace Kinds;
internal sealed class CountingProducer(IProducer<string, string> inner) : IProducer<string, string>
{
    private int _count;
    public Task<DeliveryResult<string, string>> ProduceAsync(string topic, Message<string, string> message, CancellationToken stop = default) { _count++; return inner.ProduceAsync(topic, message, stop); }
    public Task<DeliveryResult<string, string>> ProduceAsync(TopicPartition partition, Message<string, string> message, CancellationToken stop = default) => throw new NotSupportedException();
    public void Produce(string topic, Message<string, string> message, Action<DeliveryReport<string, string>>? handler = null) => throw new NotSupportedException();
    public void Produce(TopicPartition partition, Message<string, string> message, Action<DeliveryReport<string, string>>? handler = null) => throw new NotSupportedException();
    public int Poll(TimeSpan timeout) => throw new NotSupportedException();
    public int Flush(TimeSpan timeout) => throw new NotSupportedException();
    public void Flush(CancellationToken stop = default) => throw new NotSupportedException();
    public void InitTransactions(TimeSpan timeout) => throw new NotSupportedException();
    public void BeginTransaction() => throw new NotSupportedException();
    public void CommitTransaction(TimeSpan timeout) => throw new NotSupportedException();
    public void CommitTransaction() => throw new NotSupportedException();
    public void AbortTransaction(TimeSpan timeout) => throw new NotSupportedException();
    public void AbortTransaction() => throw new NotSupportedException();
    public void SendOffsetsToTransaction(IEnumerable<TopicPartitionOffset> offsets, IConsumerGroupMetadata group, TimeSpan timeout) => throw new NotSupportedException();
    public Handle Handle => inner.Handle;
    public string Name => inner.Name;
    public int AddBrokers(string brokers) => throw new NotSupportedException();
    public void SetSaslCredentials(string username, string password) => throw new NotSupportedException();
    public void Dispose() => throw new NotSupportedException();
}
internal sealed class M3(IProducer<string, string> producer)
{
    public async Task Kafka() => await producer.ProduceAsync("orders", new Message<string, string> { Value = "new" });
}

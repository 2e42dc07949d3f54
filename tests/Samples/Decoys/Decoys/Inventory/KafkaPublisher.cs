using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Inventory;

/// <summary>What every publisher of the team derives from.</summary>
internal abstract class KafkaPublisher<TEvent>(IProducer<string, byte[]> producer)
{
    protected abstract string Topic { get; }

    protected IProducer<string, byte[]> Producer { get; } = producer;

    public async Task PublishAsync(TEvent @event, CancellationToken cancellationToken = default)
    {
        var message = new Message<string, byte[]> { Key = KeyOf(@event), Value = Serialize(@event) };
        Prepare(message);
        await Producer.ProduceAsync(Topic, message, cancellationToken);
    }

    public void PublishAll(IEnumerable<TEvent> events)
    {
        foreach (var @event in events)
        {
            Producer.Produce(Topic, new Message<string, byte[]>
            {
                Key = KeyOf(@event),
                Value = Serialize(@event),
                Headers = BuildHeaders(@event),
            });
        }
    }

    protected abstract string KeyOf(TEvent @event);

    protected abstract byte[] Serialize(TEvent @event);

    protected virtual Headers BuildHeaders(TEvent @event) => KafkaTrace.NewHeaders();

    /// <summary>The last word before a message leaves.</summary>
    protected virtual void Prepare(Message<string, byte[]> message) => message.WithTraceContext();
}

using DotPulsar.Abstractions;
using TraceLint.Proofs.Kit;

// DotPulsar cannot be restored. Its producers and consumers, as far as programs use them: properties arrive as they were sent.
namespace DotPulsar
{
    /// <summary>What is sent with a message; the indexer replaces.</summary>
    public sealed class MessageMetadata
    {
        internal Dictionary<string, string> Properties { get; } = [];

        public string? Key { get; set; }

        public string? this[string key]
        {
            get => Properties.GetValueOrDefault(key);
            set => Properties[key] = value!;
        }
    }

    public sealed class MessageId;

    /// <summary>Keeps what is sent.</summary>
    internal sealed class PulsarProducer : IProducer<string>
    {
        private readonly List<KeyValuePair<string, string>[]> _sent = [];

        public ValueTask<MessageId> Send(MessageMetadata metadata, string message, CancellationToken cancellationToken = default)
        {
            _sent.Add([.. metadata.Properties]);
            return ValueTask.FromResult(new MessageId());
        }

        public void ReceiveEverything()
        {
            foreach (var properties in _sent)
            {
                Wire.Process("orders", [.. properties.Select(static property => (property.Key, (string?)property.Value))]);
            }
        }
    }

    /// <summary>Receives what has arrived.</summary>
    internal sealed class PulsarConsumer(IReadOnlyList<Dictionary<string, string>> arrived) : IConsumer<string>
    {
        private readonly Queue<Dictionary<string, string>> _arrived = new(arrived);

        public ValueTask<IMessage<string>> Receive(CancellationToken cancellationToken = default)
            => ValueTask.FromResult<IMessage<string>>(new Message(_arrived.Dequeue()));

        private sealed class Message(Dictionary<string, string> properties) : IMessage<string>
        {
            public IReadOnlyDictionary<string, string> Properties => properties;

            public string Value() => "price";
        }
    }
}

namespace DotPulsar.Abstractions
{
    public interface ISend<TMessage>
    {
        ValueTask<MessageId> Send(MessageMetadata metadata, TMessage message, CancellationToken cancellationToken = default);
    }

    public interface IProducer<TMessage> : ISend<TMessage>;

    public interface IMessageBuilder<TMessage>;

    public interface IMessage
    {
        IReadOnlyDictionary<string, string> Properties { get; }
    }

    public interface IMessage<TValue> : IMessage
    {
        TValue Value();
    }

    public interface IConsumer<TMessage>
    {
        ValueTask<IMessage<TMessage>> Receive(CancellationToken cancellationToken = default);
    }
}

namespace DotPulsar.Extensions
{
    public static class SendExtensions
    {
        public static ValueTask<MessageId> Send<TMessage>(
            this ISend<TMessage> sender, TMessage message, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(sender);
            return sender.Send(new MessageMetadata(), message, cancellationToken);
        }
    }
}

namespace TraceLint.Tests.Verification;

/// <summary>The parts of EasyNetQ and DotPulsar, which cannot be restored here, with the signatures of the real ones. The one place for them.</summary>
internal static class BusStubs
{
    /// <summary>EasyNetQ 7.8, which is built on RabbitMQ.Client 6.</summary>
    public const string EasyNetQ = """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using EasyNetQ.Topology;

        namespace EasyNetQ
        {
            public class MessageProperties
            {
                private IDictionary<string, object> headers;
                public IDictionary<string, object> Headers { get { return headers ??= new Dictionary<string, object>(); } set { headers = value; } }
                public string ContentType { get; set; }
                public string CorrelationId { get; set; }
                public string Type { get; set; }
            }

            public class MessageReceivedInfo
            {
                public string Exchange { get; set; }
                public string RoutingKey { get; set; }
            }

            public interface IMessage
            {
                MessageProperties Properties { get; }
                object GetBody();
            }

            public interface IMessage<out T> : IMessage
            {
                T Body { get; }
            }

            public class Message<T> : IMessage<T>
            {
                public Message(T body) { }
                public Message(T body, MessageProperties properties) { }
                public MessageProperties Properties { get { return null; } }
                public T Body { get { return default; } }
                public object GetBody() { return Body; }
            }

            public interface IPublishConfiguration
            {
                IPublishConfiguration WithPriority(byte priority);
                IPublishConfiguration WithTopic(string topic);
                IPublishConfiguration WithHeaders(IDictionary<string, object> headers);
            }

            public interface ISendConfiguration
            {
                ISendConfiguration WithPriority(byte priority);
                ISendConfiguration WithHeaders(IDictionary<string, object> headers);
            }

            public interface IPubSub
            {
                Task PublishAsync<T>(T message, Action<IPublishConfiguration> configure, CancellationToken cancellationToken = default);
                Task<IDisposable> SubscribeAsync<T>(
                    string subscriptionId, Func<T, CancellationToken, Task> onMessage, CancellationToken cancellationToken = default);
            }

            public static class PubSubExtensions
            {
                public static Task PublishAsync<T>(this IPubSub pubSub, T message, CancellationToken cancellationToken = default) { return null; }
                public static Task PublishAsync<T>(this IPubSub pubSub, T message, string topic, CancellationToken cancellationToken = default) { return null; }
                public static void Publish<T>(this IPubSub pubSub, T message, CancellationToken cancellationToken = default) { }
                public static void Publish<T>(
                    this IPubSub pubSub, T message, Action<IPublishConfiguration> configure, CancellationToken cancellationToken = default) { }
            }

            public interface ISendReceive
            {
                Task SendAsync<T>(string queue, T message, Action<ISendConfiguration> configure, CancellationToken cancellationToken = default);
            }

            public static class SendReceiveExtensions
            {
                public static Task SendAsync<T>(this ISendReceive sendReceive, string queue, T message, CancellationToken cancellationToken = default) { return null; }
                public static void Send<T>(this ISendReceive sendReceive, string queue, T message, CancellationToken cancellationToken = default) { }
                public static void Send<T>(
                    this ISendReceive sendReceive, string queue, T message, Action<ISendConfiguration> configure,
                    CancellationToken cancellationToken = default) { }
            }

            public interface IBus
            {
                IPubSub PubSub { get; }
                ISendReceive SendReceive { get; }
                IAdvancedBus Advanced { get; }
            }

            public interface IAdvancedBus
            {
                Task PublishAsync<T>(
                    Exchange exchange, string routingKey, bool mandatory, IMessage<T> message, CancellationToken cancellationToken = default);
                Task PublishAsync(
                    Exchange exchange, string routingKey, bool mandatory, MessageProperties properties, ReadOnlyMemory<byte> body,
                    CancellationToken cancellationToken = default);
            }

            public static class AdvancedBusExtensions
            {
                public static void Publish(
                    this IAdvancedBus bus, Exchange exchange, string routingKey, bool mandatory, MessageProperties messageProperties,
                    ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) { }
                public static IDisposable Consume<T>(this IAdvancedBus bus, Queue queue, Func<IMessage<T>, MessageReceivedInfo, Task> handler) { return null; }
                public static IDisposable Consume(
                    this IAdvancedBus bus, Queue queue, Func<ReadOnlyMemory<byte>, MessageProperties, MessageReceivedInfo, Task> handler) { return null; }
            }

            public interface IMessageSerializationStrategy { }
        }

        namespace EasyNetQ.Topology
        {
            public struct Exchange
            {
                public Exchange(string name) { }
            }

            public struct Queue
            {
                public Queue(string name) { }
            }
        }

        namespace EasyNetQ.Interception
        {
            public struct ProducedMessage
            {
                public ProducedMessage(EasyNetQ.MessageProperties properties, ReadOnlyMemory<byte> body) { Properties = properties; Body = body; }
                public EasyNetQ.MessageProperties Properties { get; }
                public ReadOnlyMemory<byte> Body { get; }
            }

            public struct ConsumedMessage { }

            public interface IProduceConsumeInterceptor
            {
                ProducedMessage OnProduce(in ProducedMessage message);
                ConsumedMessage OnConsume(in ConsumedMessage message);
            }
        }
        """;

    /// <summary>DotPulsar 5.</summary>
    public const string DotPulsar = """
        using System;
        using System.Buffers;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using DotPulsar.Abstractions;

        namespace DotPulsar
        {
            public sealed class MessageId { }

            public sealed class MessageMetadata
            {
                public string Key { get; set; }
                public DateTime EventTimeAsDateTime { get; set; }
                public string this[string key] { get { return null; } set { } }
            }

            public sealed class ProcessingOptions
            {
                public bool LinkTraces { get; set; }
            }
        }

        namespace DotPulsar.Abstractions
        {
            public interface ISend<TMessage>
            {
                ValueTask<MessageId> Send(MessageMetadata metadata, TMessage message, CancellationToken cancellationToken = default);
            }

            public interface ISendChannel<in TMessage>
            {
                ValueTask Send(
                    MessageMetadata metadata, TMessage message, Func<MessageId, ValueTask> onMessageSent = default,
                    CancellationToken cancellationToken = default);
            }

            public interface IProducer<TMessage> : ISend<TMessage>
            {
                ISendChannel<TMessage> SendChannel { get; }
            }

            public interface IProducerBuilder<TMessage>
            {
                IProducerBuilder<TMessage> AttachTraceInfoToMessages(bool attachTraceInfoToMessages);
                IProducerBuilder<TMessage> Topic(string topic);
                IProducer<TMessage> Create();
            }

            public interface IMessageBuilder<TMessage>
            {
                IMessageBuilder<TMessage> Key(string key);
                IMessageBuilder<TMessage> Property(string key, string value);
                ValueTask<MessageId> Send(TMessage message, CancellationToken cancellationToken = default);
            }

            public interface IMessage
            {
                MessageId MessageId { get; }
                ReadOnlySequence<byte> Data { get; }
                IReadOnlyDictionary<string, string> Properties { get; }
            }

            public interface IMessage<TValue> : IMessage
            {
                TValue Value();
            }

            public interface IReceive<TMessage>
            {
                ValueTask<TMessage> Receive(CancellationToken cancellationToken = default);
            }

            public interface IConsumer<TMessage> : IReceive<IMessage<TMessage>>
            {
                ValueTask Acknowledge(MessageId messageId, CancellationToken cancellationToken = default);
            }
        }

        namespace DotPulsar.Extensions
        {
            public static class SendExtensions
            {
                public static ValueTask<MessageId> Send(
                    this ISend<ReadOnlySequence<byte>> sender, byte[] data, CancellationToken cancellationToken = default) { return default; }
                public static ValueTask<MessageId> Send(
                    this ISend<ReadOnlySequence<byte>> sender, MessageMetadata metadata, byte[] data, CancellationToken cancellationToken = default)
                { return default; }
                public static ValueTask<MessageId> Send<TMessage>(
                    this ISend<TMessage> sender, TMessage message, CancellationToken cancellationToken = default) { return default; }
            }

            public static class SendChannelExtensions
            {
                public static ValueTask Send<TMessage>(
                    this ISendChannel<TMessage> sender, TMessage message, Func<MessageId, ValueTask> onMessageSent = default,
                    CancellationToken cancellationToken = default) { return default; }
            }

            public static class ProducerExtensions
            {
                public static IMessageBuilder<TMessage> NewMessage<TMessage>(this IProducer<TMessage> producer) { return null; }
            }

            public static class MessageMetadataExtensions
            {
                public static void SetConversationId(this MessageMetadata messageMetadata, string conversationId) { }
            }

            public static class ReceiveExtensions
            {
                public static IAsyncEnumerable<TMessage> Messages<TMessage>(this IReceive<TMessage> receiver, CancellationToken cancellationToken = default) { return null; }
            }

            public static class ConsumerExtensions
            {
                public static ValueTask Process<TMessage>(
                    this IConsumer<TMessage> consumer, Func<IMessage<TMessage>, CancellationToken, ValueTask> processor, ProcessingOptions options,
                    CancellationToken cancellationToken = default) { return default; }
            }
        }
        """;
}

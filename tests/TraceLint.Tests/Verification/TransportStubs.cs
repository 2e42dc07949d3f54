namespace TraceLint.Tests.Verification;

/// <summary>
/// The parts of message clients that cannot be restored here, with the signatures of the real ones: NATS.Client 1.1.8,
/// MQTTnet 4.3.7 with its managed client, RabbitMQ.Client 5.2. The one place for them.
/// </summary>
internal static class TransportStubs
{
    /// <summary>Castle.Core.</summary>
    public const string Castle = """
        namespace Castle.DynamicProxy { public interface IInterceptor { } }
        """;

    /// <summary>NATS.Client, version 1.</summary>
    public const string Nats = """
        using System;
        using System.Collections;
        using System.Threading;
        using System.Threading.Tasks;

        namespace NATS.Client
        {
            using JetStream;

            public class Msg
            {
                public Msg() { }
                public Msg(string subject, string reply, MsgHeader header, byte[] data) { }
                public Msg(string subject, MsgHeader header, byte[] data) { }
                public Msg(string subject, string reply, byte[] data) { }
                public Msg(string subject, byte[] data) { }
                public Msg(string subject) { }
                public string Subject { get; set; }
                public string Reply { get; set; }
                public byte[] Data { get; set; }
                public MsgHeader Header { get; set; }
                public bool HasHeaders { get { return false; } }
                public void AssignData(byte[] data) { }
                public void Respond(byte[] data) { }
                public virtual void Ack() { }
            }

            public sealed class MsgHeader : IEnumerable
            {
                public MsgHeader() { }
                public MsgHeader(MsgHeader header) { }
                public IEnumerable Keys { get { return null; } }
                public int Count { get { return 0; } }
                public string this[string name] { get { return null; } set { } }
                public void Add(string name, string value) { }
                public void Set(string name, string value) { }
                public void Remove(string name) { }
                public void Clear() { }
                public string[] GetValues(string name) { return null; }
                public string GetFirst(string name) { return null; }
                public string GetLast(string name) { return null; }
                public IEnumerator GetEnumerator() { return null; }
            }

            public class MsgHandlerEventArgs : EventArgs
            {
                public Msg Message { get { return null; } }
            }

            public interface IConnection : IDisposable
            {
                void Publish(string subject, byte[] data);
                void Publish(string subject, MsgHeader headers, byte[] data);
                void Publish(string subject, byte[] data, int offset, int count);
                void Publish(string subject, MsgHeader headers, byte[] data, int offset, int count);
                void Publish(string subject, string reply, byte[] data);
                void Publish(string subject, string reply, MsgHeader headers, byte[] data);
                void Publish(string subject, string reply, byte[] data, int offset, int count);
                void Publish(string subject, string reply, MsgHeader headers, byte[] data, int offset, int count);
                void Publish(Msg msg);
                Msg Request(string subject, byte[] data, int timeout);
                Msg Request(string subject, MsgHeader headers, byte[] data, int timeout);
                Msg Request(string subject, byte[] data, int offset, int count, int timeout);
                Msg Request(string subject, MsgHeader headers, byte[] data, int offset, int count, int timeout);
                Msg Request(string subject, byte[] data);
                Msg Request(string subject, MsgHeader headers, byte[] data);
                Msg Request(string subject, byte[] data, int offset, int count);
                Msg Request(string subject, MsgHeader headers, byte[] data, int offset, int count);
                Msg Request(Msg message);
                Msg Request(Msg message, int timeout);
                Task<Msg> RequestAsync(string subject, byte[] data, int timeout);
                Task<Msg> RequestAsync(string subject, MsgHeader headers, byte[] data, int timeout);
                Task<Msg> RequestAsync(string subject, byte[] data, int offset, int count, int timeout);
                Task<Msg> RequestAsync(string subject, MsgHeader headers, byte[] data, int offset, int count, int timeout);
                Task<Msg> RequestAsync(string subject, byte[] data);
                Task<Msg> RequestAsync(string subject, MsgHeader headers, byte[] data);
                Task<Msg> RequestAsync(string subject, byte[] data, int offset, int count);
                Task<Msg> RequestAsync(string subject, MsgHeader headers, byte[] data, int offset, int count);
                Task<Msg> RequestAsync(string subject, byte[] data, int timeout, CancellationToken token);
                Task<Msg> RequestAsync(string subject, MsgHeader headers, byte[] data, int timeout, CancellationToken token);
                Task<Msg> RequestAsync(string subject, byte[] data, CancellationToken token);
                Task<Msg> RequestAsync(string subject, MsgHeader headers, byte[] data, CancellationToken token);
                Task<Msg> RequestAsync(string subject, byte[] data, int offset, int count, CancellationToken token);
                Task<Msg> RequestAsync(string subject, MsgHeader headers, byte[] data, int offset, int count, CancellationToken token);
                Task<Msg> RequestAsync(Msg message);
                Task<Msg> RequestAsync(Msg message, int timeout);
                Task<Msg> RequestAsync(Msg message, CancellationToken token);
                Task<Msg> RequestAsync(Msg message, int timeout, CancellationToken token);
                string NewInbox();
                IJetStream CreateJetStreamContext(JetStreamOptions options = null);
                void Flush();
            }

            public class Connection : IConnection
            {
                internal Connection() { }
                public void Publish(string subject, byte[] data) { }
                public void Publish(string subject, MsgHeader headers, byte[] data) { }
                public void Publish(string subject, byte[] data, int offset, int count) { }
                public void Publish(string subject, MsgHeader headers, byte[] data, int offset, int count) { }
                public void Publish(string subject, string reply, byte[] data) { }
                public void Publish(string subject, string reply, MsgHeader headers, byte[] data) { }
                public void Publish(string subject, string reply, byte[] data, int offset, int count) { }
                public void Publish(string subject, string reply, MsgHeader headers, byte[] data, int offset, int count) { }
                public void Publish(Msg msg) { }
                public virtual Msg Request(string subject, byte[] data, int timeout) { return null; }
                public virtual Msg Request(string subject, MsgHeader headers, byte[] data, int timeout) { return null; }
                public virtual Msg Request(string subject, byte[] data, int offset, int count, int timeout) { return null; }
                public virtual Msg Request(string subject, MsgHeader headers, byte[] data, int offset, int count, int timeout) { return null; }
                public virtual Msg Request(string subject, byte[] data) { return null; }
                public virtual Msg Request(string subject, MsgHeader headers, byte[] data) { return null; }
                public virtual Msg Request(string subject, byte[] data, int offset, int count) { return null; }
                public virtual Msg Request(string subject, MsgHeader headers, byte[] data, int offset, int count) { return null; }
                public virtual Msg Request(Msg message) { return null; }
                public virtual Msg Request(Msg message, int timeout) { return null; }
                public virtual Task<Msg> RequestAsync(string subject, byte[] data, int timeout) { return null; }
                public virtual Task<Msg> RequestAsync(string subject, MsgHeader headers, byte[] data, int timeout) { return null; }
                public virtual Task<Msg> RequestAsync(string subject, byte[] data, int offset, int count, int timeout) { return null; }
                public virtual Task<Msg> RequestAsync(string subject, MsgHeader headers, byte[] data, int offset, int count, int timeout) { return null; }
                public virtual Task<Msg> RequestAsync(string subject, byte[] data) { return null; }
                public virtual Task<Msg> RequestAsync(string subject, MsgHeader headers, byte[] data) { return null; }
                public virtual Task<Msg> RequestAsync(string subject, byte[] data, int offset, int count) { return null; }
                public virtual Task<Msg> RequestAsync(string subject, MsgHeader headers, byte[] data, int offset, int count) { return null; }
                public virtual Task<Msg> RequestAsync(string subject, byte[] data, int timeout, CancellationToken token) { return null; }
                public virtual Task<Msg> RequestAsync(string subject, MsgHeader headers, byte[] data, int timeout, CancellationToken token) { return null; }
                public virtual Task<Msg> RequestAsync(string subject, byte[] data, CancellationToken token) { return null; }
                public virtual Task<Msg> RequestAsync(string subject, MsgHeader headers, byte[] data, CancellationToken token) { return null; }
                public virtual Task<Msg> RequestAsync(string subject, byte[] data, int offset, int count, CancellationToken token) { return null; }
                public virtual Task<Msg> RequestAsync(string subject, MsgHeader headers, byte[] data, int offset, int count, CancellationToken token) { return null; }
                public virtual Task<Msg> RequestAsync(Msg message) { return null; }
                public virtual Task<Msg> RequestAsync(Msg message, int timeout) { return null; }
                public virtual Task<Msg> RequestAsync(Msg message, CancellationToken token) { return null; }
                public virtual Task<Msg> RequestAsync(Msg message, int timeout, CancellationToken token) { return null; }
                public string NewInbox() { return null; }
                public IJetStream CreateJetStreamContext(JetStreamOptions options = null) { return null; }
                public void Flush() { }
                public void Dispose() { }
            }

            public interface IEncodedConnection : IDisposable
            {
                void Publish(string subject, object obj);
                object Request(string subject, object obj);
            }

            public sealed class ConnectionFactory
            {
                public IConnection CreateConnection() { return null; }
            }
        }

        namespace NATS.Client.JetStream
        {
            public sealed class JetStreamOptions { }
            public sealed class PublishAck { }
            public sealed class PublishOptions { }

            public interface IJetStream
            {
                PublishAck Publish(string subject, byte[] data);
                PublishAck Publish(string subject, MsgHeader headers, byte[] data);
                PublishAck Publish(string subject, byte[] data, PublishOptions publishOptions);
                PublishAck Publish(string subject, MsgHeader headers, byte[] data, PublishOptions publishOptions);
                PublishAck Publish(Msg message);
                PublishAck Publish(Msg message, PublishOptions publishOptions);
                Task<PublishAck> PublishAsync(string subject, byte[] data);
                Task<PublishAck> PublishAsync(string subject, MsgHeader headers, byte[] data);
                Task<PublishAck> PublishAsync(string subject, byte[] data, PublishOptions publishOptions);
                Task<PublishAck> PublishAsync(string subject, MsgHeader headers, byte[] data, PublishOptions publishOptions);
                Task<PublishAck> PublishAsync(Msg message);
                Task<PublishAck> PublishAsync(Msg message, PublishOptions publishOptions);
            }
        }
        """;

    /// <summary>MQTTnet, version 4, whose client lives in another namespace than that of version 5, and its managed client.</summary>
    public const string Mqtt4 = """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;

        namespace MQTTnet
        {
            using Packets;

            public sealed class MqttApplicationMessage
            {
                public string ContentType { get; set; }
                public byte[] CorrelationData { get; set; }
                public byte[] Payload { get; set; }
                public ArraySegment<byte> PayloadSegment { get; set; }
                public string ResponseTopic { get; set; }
                public bool Retain { get; set; }
                public string Topic { get; set; }
                public List<MqttUserProperty> UserProperties { get; set; }
            }

            public sealed class MqttApplicationMessageBuilder
            {
                public MqttApplicationMessage Build() { return null; }
                public MqttApplicationMessageBuilder WithPayload(byte[] payload) { return this; }
                public MqttApplicationMessageBuilder WithPayload(string payload) { return this; }
                public MqttApplicationMessageBuilder WithRetainFlag(bool value = true) { return this; }
                public MqttApplicationMessageBuilder WithTopic(string topic) { return this; }
                public MqttApplicationMessageBuilder WithUserProperty(string name, string value) { return this; }
            }
        }

        namespace MQTTnet.Protocol
        {
            public enum MqttQualityOfServiceLevel { AtMostOnce = 0, AtLeastOnce = 1, ExactlyOnce = 2 }
        }

        namespace MQTTnet.Formatter
        {
            public enum MqttProtocolVersion { Unknown = 0, V310 = 3, V311 = 4, V500 = 5 }
        }

        namespace MQTTnet.Packets
        {
            public sealed class MqttUserProperty
            {
                public MqttUserProperty(string name, string value) { }
                public string Name { get { return null; } }
                public string Value { get { return null; } }
            }
        }

        namespace MQTTnet.Client
        {
            using Formatter;
            using Protocol;

            public class MqttClientPublishResult { }

            public sealed class MqttClientOptionsBuilder
            {
                public MqttClientOptionsBuilder WithProtocolVersion(MqttProtocolVersion value) { return this; }
            }

            public sealed class MqttApplicationMessageReceivedEventArgs : EventArgs
            {
                public MqttApplicationMessage ApplicationMessage { get { return null; } }
            }

            public interface IMqttClient : IDisposable
            {
                Task<MqttClientPublishResult> PublishAsync(MqttApplicationMessage applicationMessage, CancellationToken cancellationToken = default);
            }

            public static class MqttClientExtensions
            {
                public static Task<MqttClientPublishResult> PublishBinaryAsync(this IMqttClient mqttClient, string topic, IEnumerable<byte> payload = null, MqttQualityOfServiceLevel qualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce, bool retain = false, CancellationToken cancellationToken = default) { return null; }
                public static Task<MqttClientPublishResult> PublishStringAsync(this IMqttClient mqttClient, string topic, string payload = null, MqttQualityOfServiceLevel qualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce, bool retain = false, CancellationToken cancellationToken = default) { return null; }
            }
        }

        namespace MQTTnet.Extensions.ManagedClient
        {
            using Protocol;

            public class ManagedMqttApplicationMessage
            {
                public Guid Id { get; set; }
                public MqttApplicationMessage ApplicationMessage { get; set; }
            }

            public interface IManagedMqttClient : IDisposable
            {
                Task EnqueueAsync(MqttApplicationMessage applicationMessage);
                Task EnqueueAsync(ManagedMqttApplicationMessage applicationMessage);
            }

            public static class ManagedMqttClientExtensions
            {
                public static Task EnqueueAsync(this IManagedMqttClient managedMqttClient, string topic, string payload = null, MqttQualityOfServiceLevel qualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce, bool retain = false) { return null; }
            }
        }
        """;

    /// <summary>RabbitMQ.Client, version 5: bodies are arrays, and one class of properties is public.</summary>
    public const string Rabbit5 = """
        using System;
        using System.Collections.Generic;

        namespace RabbitMQ.Client
        {
            public class PublicationAddress
            {
                public PublicationAddress(string exchangeType, string exchangeName, string routingKey) { }
            }

            public interface IBasicProperties
            {
                string CorrelationId { get; set; }
                IDictionary<string, object> Headers { get; set; }
                bool Persistent { get; set; }
                string ReplyTo { get; set; }
                PublicationAddress ReplyToAddress { get; set; }
                void ClearHeaders();
                bool IsHeadersPresent();
            }

            public class BasicGetResult
            {
                public IBasicProperties BasicProperties { get { return null; } }
                public byte[] Body { get { return null; } }
            }

            public interface IModel : IDisposable
            {
                void BasicPublish(string exchange, string routingKey, bool mandatory, IBasicProperties basicProperties, byte[] body);
                IBasicProperties CreateBasicProperties();
            }

            public static class IModelExensions
            {
                public static void BasicPublish(this IModel model, PublicationAddress addr, IBasicProperties basicProperties, byte[] body) { }
                public static void BasicPublish(this IModel model, string exchange, string routingKey, IBasicProperties basicProperties, byte[] body) { }
                public static void BasicPublish(this IModel model, string exchange, string routingKey, bool mandatory = false, IBasicProperties basicProperties = null, byte[] body = null) { }
            }
        }

        namespace RabbitMQ.Client.Events
        {
            public class BasicDeliverEventArgs : EventArgs
            {
                public IBasicProperties BasicProperties { get; set; }
                public byte[] Body { get; set; }
            }
        }

        namespace RabbitMQ.Client.Framing
        {
            public class BasicProperties : IBasicProperties
            {
                public string CorrelationId { get; set; }
                public IDictionary<string, object> Headers { get; set; }
                public bool Persistent { get; set; }
                public string ReplyTo { get; set; }
                public PublicationAddress ReplyToAddress { get; set; }
                public void ClearHeaders() { }
                public bool IsHeadersPresent() { return false; }
            }
        }
        """;
}

using Microsoft.CodeAnalysis;

namespace TraceLint.Tests.Verification;

/// <summary>An in-house bus: a library of which TraceLint knows nothing but what is declared.</summary>
internal static class BusCode
{
    /// <summary>Its source.</summary>
    public const string Source = """
        #nullable enable
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;

        namespace Acme.Messaging
        {
            public class Envelope
            {
                public Envelope() { }
                public Envelope(string topic, byte[] body) { }
                public string Topic { get; set; } = "";
                public byte[]? Body { get; set; }
                public IDictionary<string, string>? Headers { get; set; }
            }

            public class Letter<T>
            {
                public Letter(T content) { }
                public Dictionary<string, byte[]> Metadata { get; } = new Dictionary<string, byte[]>();
            }

            public class SendOptions { public Dictionary<string, object>? Properties { get; set; } public int Priority { get; set; } }

            public class HeaderBag
            {
                public void Put(string key, string value) { }
                public string? Peek(string key) => null;
                public void Touch() { }
            }

            public class Delivery { public Envelope Envelope { get; } = new Envelope(); public void Ack() { } }

            public interface IBus
            {
                void Publish(Envelope envelope);
                Task PublishAsync(Envelope envelope, CancellationToken cancellation = default);
                Task PublishAsync(IEnumerable<Envelope> envelopes, CancellationToken cancellation = default);
                void Mail<T>(Letter<T> letter);
                void Send(string topic, byte[] body);
                void Send(string topic, byte[] body, IDictionary<string, byte[]>? headers);
                void Emit(string topic, byte[] body, SendOptions? options = null, int attempts = 1);
                void Post(string topic, HeaderBag? bag, byte[] body);
                void Ring(string topic);
                Delivery Receive();
                Task<Envelope> ReceiveAsync();
                void Handle(Delivery delivery);
            }

            public class MemoryBus : IBus
            {
                public void Publish(Envelope envelope) { }
                public Task PublishAsync(Envelope envelope, CancellationToken cancellation = default) => Task.CompletedTask;
                public Task PublishAsync(IEnumerable<Envelope> envelopes, CancellationToken cancellation = default) => Task.CompletedTask;
                public void Mail<T>(Letter<T> letter) { }
                public void Send(string topic, byte[] body) { }
                public void Send(string topic, byte[] body, IDictionary<string, byte[]>? headers) { }
                public void Emit(string topic, byte[] body, SendOptions? options = null, int attempts = 1) { }
                public void Post(string topic, HeaderBag? bag, byte[] body) { }
                public void Ring(string topic) { }
                public Delivery Receive() => new Delivery();
                public void Handle(Delivery delivery) { }
                public Task<Envelope> ReceiveAsync() => Task.FromResult(new Envelope());
            }

            public static class TraceHeaders
            {
                public static void Write(Envelope envelope) { }
                public static string? Read(Envelope envelope) => null;
            }

            public static class BusExtensions
            {
                public static void Whisper(this IBus bus, string topic, IDictionary<string, string> headers) { }
                public static void Subscribe(this IBus bus, string topic, System.Func<Envelope, Task> handler) { }
                public static void Watch(this IBus bus, DeliveryHandler handler) { }
            }

            public delegate Task DeliveryHandler(string topic, Delivery delivery, CancellationToken cancellation);

            public static class Pipelines
            {
                public static void Filter(this IBus bus, System.Func<Envelope, Task> filter) { }
            }
        }
        """;

    /// <summary>What a project says of it.</summary>
    public const string Declarations = """
        # The bus of the house.
        publish M:Acme.Messaging.IBus.Publish*
        publish M:Acme.Messaging.IBus.Mail
        publish M:Acme.Messaging.IBus.Send
        publish M:Acme.Messaging.IBus.Emit
        publish M:Acme.Messaging.IBus.Post carrier=bag
        publish M:Acme.Messaging.IBus.Ring carrier=none
        publish M:Acme.Messaging.BusExtensions.Whisper
        carrier T:Acme.Messaging.HeaderBag write="carrier.Put(key, value)" read=carrier.Peek(key)
        inject M:Acme.Messaging.TraceHeaders.Write
        """;

    public static readonly MetadataReference Library = References.Stub("Acme.Messaging", Source);

    /// <summary>A library with a helper that injects into Kafka headers.</summary>
    public static readonly MetadataReference SharedLibrary = References.Stub("Acme.Tracing", """
        namespace Acme.Tracing
        {
            public static class KafkaTracing
            {
                public static void WriteTrace(this Confluent.Kafka.Headers headers) { }
                public static void WriteTrace(this System.Text.StringBuilder headers) { }
            }
        }
        """, References.NewestKafka);

    public static readonly Setup Setup = Setup.Traced(Library) with { Declarations = Declarations };

    /// <summary>The statements of an async method with a bus at hand.</summary>
    public static string Bus(string statements, string members = "")
        => TransportCode.Method("using Acme.Messaging;", "IBus bus, byte[] body", statements, members);
}

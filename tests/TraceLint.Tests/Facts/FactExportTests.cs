using Microsoft.CodeAnalysis;

namespace TraceLint.Tests.Facts;

/// <summary>What a library says about its methods: what is certain, and nothing else.</summary>
public class FactExportTests
{
    private const string Inject = "Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), headers, static (h, key, value) => { h.Remove(key); h.Add(key, Encoding.UTF8.GetBytes(value)); });";

    private const string Certain = $$"""
        namespace Acme;

        public static class KafkaTracing
        {
            public static void Inject(Headers headers) => {{Inject}}
            public static void InjectInto<K, V>(this Message<K, V> message) { message.Headers ??= new Headers(); Inject(message.Headers); }
            public static PropagationContext Extract(Headers? headers)
                => Propagators.DefaultTextMapPropagator.Extract(default, headers, static (h, key) => h is not null && h.TryGetLastBytes(key, out var value) ? [Encoding.UTF8.GetString(value)] : []);
            public static void Send(this IAmazonSQS sqs, SendMessageRequest request) => sqs.SendMessageAsync(request).Wait();
            public static void Add(IDictionary<string, MessageAttributeValue> attributes)
                => Propagators.DefaultTextMapPropagator.Inject(default, attributes, static (a, key, value) => a[key] = new() { StringValue = value });
        }

        public class Bus(IProducer<string, string> producer)
        {
            public Task PublishAsync(string topic, Message<string, string> message) => producer.ProduceAsync(topic, message);
            public void Stamped(Message<string, string> message)
            {
                message.Headers ??= new Headers();
                message.Headers.Add("sent-by", Encoding.UTF8.GetBytes("acme"));
                Retry(() => producer.Produce("orders", message));
            }
            public Task Outer(Message<string, string> message) => PublishAsync("outer", message);
            private static void Retry(Action action) => action();

            public sealed class Nested<T>(IProducer<T, byte[]> producer)
            {
                public void Produce(Message<T, byte[]> message) => producer.Produce("nested", message);
            }
        }
        """;

    [Fact]
    public void Certain_IsSaid() => AssertFacts(
        """
        1
        extract M:Acme.KafkaTracing.Extract(Confluent.Kafka.Headers) carrier=headers
        inject M:Acme.KafkaTracing.Add(System.Collections.Generic.IDictionary{System.String,Amazon.SQS.Model.MessageAttributeValue}) carrier=attributes
        inject M:Acme.KafkaTracing.Inject(Confluent.Kafka.Headers) carrier=headers
        inject M:Acme.KafkaTracing.InjectInto``2(Confluent.Kafka.Message{``0,``1}) carrier=message
        publish M:Acme.Bus.Nested`1.Produce(Confluent.Kafka.Message{`0,System.Byte[]}) carrier=message
        publish M:Acme.Bus.Outer(Confluent.Kafka.Message{System.String,System.String}) carrier=message
        publish M:Acme.Bus.PublishAsync(System.String,Confluent.Kafka.Message{System.String,System.String}) carrier=message
        publish M:Acme.Bus.Stamped(Confluent.Kafka.Message{System.String,System.String}) carrier=message
        publish M:Acme.KafkaTracing.Send(Amazon.SQS.IAmazonSQS,Amazon.SQS.Model.SendMessageRequest) carrier=request
        """,
        Certain);

    private const string Uncertain = $$"""
        namespace Acme;

        public static class KafkaTracing
        {
            public static void Guarded(Activity? activity, Headers headers) { if (activity != null) { {{Inject}} } }
            public static void Elsewhere(Headers given) { var headers = new Headers(); {{Inject}} }
            internal static void Internal(Headers headers) { {{Inject}} }
            private static void Private(Headers headers) { {{Inject}} }
            public static PropagationContext NotReturned(Headers headers) { Propagators.DefaultTextMapPropagator.Extract(default, headers, static (_, _) => []); return default; }
            public static PropagationContext OnTop(Headers headers, PropagationContext context = default) => Propagators.DefaultTextMapPropagator.Extract(context, headers, static (_, _) => []);
        }

        public class Bus(IProducer<string, string> producer, ITracer tracer, bool isOn)
        {
            public void Injecting(Message<string, string> message) { var headers = message.Headers ??= new Headers(); {{Inject}} producer.Produce("orders", message); }
            public void Perhaps(Message<string, string> message) { var headers = message.Headers ??= new Headers(); if (isOn) { {{Inject}} } producer.Produce("orders", message); }
            public void PassedOn(Message<string, string> message) { tracer.Trace(message); producer.Produce("orders", message); }
            public void Unclear(Message<string, string> message, string name) { message.Headers.Add(name, []); producer.Produce("orders", message); }
            public void Other(Message<string, string> message) => producer.Produce("orders", new Message<string, string> { Value = message.Value });
            public void Twice(Message<string, string> message) { producer.Produce("orders", message); var headers = message.Headers; {{Inject}} producer.Produce("orders", message); }
            public virtual void Virtual(Message<string, string> message) => producer.Produce("orders", message);
            internal void Internal(Message<string, string> message) => producer.Produce("orders", message);
            public void Queue(Message<string, string> message) => _queue.Enqueue(message);
            private readonly Queue<Message<string, string>> _queue = new();
        }

        internal class Hidden(IProducer<string, string> producer)
        {
            public void Publish(Message<string, string> message) => producer.Produce("orders", message);
        }

        public interface ITracer { void Trace(Message<string, string> message); }
        """;

    [Fact]
    public void CarriersAndBatches_ArePublishedToo() => AssertFacts(
        """
        1
        publish M:Bus.Publish(System.String,System.String,Confluent.Kafka.Headers) carrier=headers
        publish M:Bus.PublishAll(System.Collections.Generic.IEnumerable{Confluent.Kafka.Message{System.String,System.String}}) carrier=messages
        """,
        """
        public class Bus(IProducer<string, string> producer)
        {
            public void Publish(string topic, string value, Headers headers) => producer.Produce(topic, new Message<string, string> { Value = value, Headers = headers });
            public void PublishAll(IEnumerable<Message<string, string>> messages) { foreach (var message in messages) producer.Produce("orders", message); }
        }
        """);

    [Fact]
    public void WhatIsMarked_IsTakenOnTrust() => AssertFacts(
        """
        1
        extract M:Tracing.Read(Confluent.Kafka.Headers) carrier=headers
        inject M:Tracing.Write(Confluent.Kafka.Headers) carrier=headers
        """,
        """
        public sealed class InjectsTraceContextAttribute : Attribute;
        public sealed class ExtractsTraceContextAttribute : Attribute;
        public static class Tracing
        {
            [InjectsTraceContext] public static void Write(Headers headers) { }
            [ExtractsTraceContext] public static ActivityContext Read(Headers headers) => default;
        }
        """);

    /// <summary>Nobody calls the methods of a program.</summary>
    [Fact]
    public void Program_SaysNothing()
    {
        var library = FactLibrary.Compile(Certain);
        Assert.Equal("", FactLibrary.FactsOf(library.WithOptions(library.Options.WithOutputKind(OutputKind.ConsoleApplication))));
    }

    [Fact]
    public void Uncertain_IsNot() => AssertFacts("", Uncertain);

    private static void AssertFacts(string facts, string source)
    {
        var found = FactLibrary.FactsOf(FactLibrary.Compile(source));
        Assert.True(facts == found, found);
    }
}

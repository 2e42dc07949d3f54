using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL1001 must not report: the context is there, or may be for all that can be known.</summary>
public class TL1001_KafkaPublishWithoutContextSilentTests
{
    private const string Setter = "(headers, key, value) => { headers.Remove(key); headers.Add(key, Encoding.UTF8.GetBytes(value)); }";

    private static Task Verify(string source, Setup? setup = null) => Verify<TL1001_KafkaPublishWithoutContext>.Rule(source, setup);

    [Fact]
    public Task Injected() => Verify(Traced($$"""
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), message.Headers, {{Setter}});
        await producer.ProduceAsync("orders", message);
        """));

    [Fact]
    public Task InjectedIntoHeadersMadeWhenMissing() => Verify(Traced($$"""
        var message = new Message<string, string> { Value = order.Id };
        message.Headers ??= new Headers();
        Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, {{Setter}});
        await producer.ProduceAsync("orders", message);
        """));

    [Fact]
    public Task InjectedIntoLocalThatIsUsedInTheInitializer() => Verify(Traced($$"""
        var headers = new Headers { { "type", [1] } };
        Propagators.DefaultTextMapPropagator.Inject(default, headers, {{Setter}});
        await producer.ProduceAsync("orders", new Message<string, string> { Value = order.Id, Headers = headers });
        """));

    [Fact]
    public Task InjectedIntoLocalThatIsAlreadyOnTheMessage() => Verify(Traced($$"""
        var headers = new Headers();
        var message = new Message<string, string> { Value = order.Id, Headers = headers };
        Propagators.DefaultTextMapPropagator.Inject(default, headers, {{Setter}});
        await producer.ProduceAsync("orders", message);
        """));

    [Fact]
    public Task InjectedIntoLocalAssignedLater() => Verify(Traced($$"""
        var message = new Message<string, string> { Value = order.Id };
        var headers = new Headers();
        Propagators.DefaultTextMapPropagator.Inject(default, headers, {{Setter}});
        message.Headers = headers;
        await producer.ProduceAsync("orders", message);
        """));

    [Fact]
    public Task InjectedIntoTheMessage() => Verify(Traced("""
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        Propagators.DefaultTextMapPropagator.Inject(default, message, static (m, key, value) => m.Headers.Add(key, Encoding.UTF8.GetBytes(value)));
        await producer.ProduceAsync("orders", message);
        """));

    [Fact]
    public Task InjectedByMethodGroup() => Verify(Traced("""
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, Set);
        await producer.ProduceAsync("orders", message);
        """, "private static void Set(Headers headers, string key, string value) => headers.Add(key, Encoding.UTF8.GetBytes(value));"));

    [Fact]
    public Task InjectedByOwnPropagator() => Verify(Traced($$"""
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        new TraceContextPropagator().Inject(default, message.Headers, {{Setter}});
        await producer.ProduceAsync("orders", message);
        """));

    [Fact]
    public Task InjectedWithContextChosenByBranch() => Verify(Traced($$"""
        ActivityContext context = default;
        if (flag)
        {
            context = Activity.Current?.Context ?? default;
        }

        var message = new Message<string, string> { Headers = new Headers() };
        Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(context, Baggage.Current), message.Headers, {{Setter}});
        producer.Produce("orders", message);
        """));

    [Fact]
    public Task InjectedInsideUsingAndTry() => Verify(Traced($$"""
        using var activity = source.StartActivity("publish", ActivityKind.Producer);
        try
        {
            var message = new Message<string, string> { Headers = new Headers() };
            Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, {{Setter}});
            await producer.ProduceAsync("orders", message);
        }
        catch (KafkaException exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
        """));

    [Fact]
    public Task InjectedInLoop() => Verify(Traced($$"""
        foreach (var line in order.Lines)
        {
            var message = new Message<string, string> { Value = line, Headers = new Headers() };
            Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, {{Setter}});
            await producer.ProduceAsync("lines", message);
        }
        """));

    [Fact]
    public Task InjectedAndSentOneIterationLater() => Verify(Traced($$"""
        Message<string, string>? previous = null;
        foreach (var line in order.Lines)
        {
            var message = new Message<string, string> { Value = line, Headers = new Headers() };
            if (previous != null)
            {
                await producer.ProduceAsync("lines", previous);
            }

            Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, {{Setter}});
            previous = message;
        }
        """));

    [Fact]
    public Task InjectedInLambda() => Verify(Traced($$"""
        await Task.WhenAll(order.Lines.Select(line =>
        {
            var message = new Message<string, string> { Value = line, Headers = new Headers() };
            Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, {{Setter}});
            return producer.ProduceAsync("lines", message);
        }));
        """));

    [Fact]
    public Task InjectedInsideRetryLambda() => Verify(Traced($$"""
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        Func<Task> send = async () =>
        {
            Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, {{Setter}});
            await producer.ProduceAsync("orders", message);
        };
        await send();
        """));

    [Fact]
    public Task InjectedBetweenLambdaAndItsCall() => Verify(Traced($$"""
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        Func<Task> send = () => producer.ProduceAsync("orders", message);
        Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, {{Setter}});
        await send();
        """));

    [Fact]
    public Task InjectedByLambda() => Verify(Traced($$"""
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        Action inject = () => Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, {{Setter}});
        inject();
        await producer.ProduceAsync("orders", message);
        """));

    [Fact]
    public Task InjectedByLocalFunction() => Verify(Traced($$"""
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        Inject();
        await producer.ProduceAsync("orders", message);

        void Inject() => Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, {{Setter}});
        """));

    [Fact]
    public Task InjectedByRecursiveLocalFunctionOfAnOuterBody() => Verify(Traced($$"""
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        Func<Task> send = async () =>
        {
            Inject(2);
            await producer.ProduceAsync("orders", message);
        };
        await send();

        void Inject(int times)
        {
            if (times > 0)
            {
                Inject(times - 1);
            }

            Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, {{Setter}});
        }
        """));

    [Fact]
    public Task InjectedOnOnePath() => Verify(Traced($$"""
        var message = new Message<string, string> { Headers = new Headers() };
        if (Activity.Current != null)
        {
            Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, {{Setter}});
        }

        await producer.ProduceAsync("orders", message);
        """));

    [Fact]
    public Task InjectedInSwitch() => Verify(Traced($$"""
        var message = new Message<string, string> { Headers = new Headers() };
        switch (order.Id)
        {
            case "a":
                Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, {{Setter}});
                break;
            default:
                message.Headers.Add("traceparent", []);
                break;
        }

        await producer.ProduceAsync("orders", message);
        """));

    [Fact]
    public Task InjectedInFinally() => Verify(Traced($$"""
        var message = new Message<string, string> { Headers = new Headers() };
        try
        {
            message.Value = order.Id;
        }
        finally
        {
            Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, {{Setter}});
        }

        await producer.ProduceAsync("orders", message);
        """));

    [Fact]
    public Task InjectedBySystemDiagnostics() => Verify(Method("""
        var message = new Message<string, string> { Headers = new Headers() };
        DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) => message.Headers.Add(key, Encoding.UTF8.GetBytes(value)));
        await producer.ProduceAsync("orders", message);
        """), Setup.SystemDiagnostics);

    [Fact]
    public Task InjectedBySystemDiagnosticsThroughTheSetterOnly() => Verify(Method("""
        var message = new Message<string, string> { Headers = new Headers() };
        DistributedContextPropagator.Current.Inject(Activity.Current, null, (_, key, value) => message.Headers.Add(key, Encoding.UTF8.GetBytes(value)));
        await producer.ProduceAsync("orders", message);
        """), Setup.SystemDiagnostics);

    [Fact]
    public Task CopiedFromAnInjectedDictionary() => Verify(Traced("""
        var carrier = new Dictionary<string, string>();
        Propagators.DefaultTextMapPropagator.Inject(default, carrier, (c, key, value) => c[key] = value);
        var headers = new Headers();
        foreach (var pair in carrier)
        {
            headers.Add(pair.Key, Encoding.UTF8.GetBytes(pair.Value));
        }

        await producer.ProduceAsync("orders", new Message<string, string> { Headers = headers });
        """));

    [Theory]
    [InlineData("traceparent")]
    [InlineData("TraceParent")]
    [InlineData("b3")]
    [InlineData("Diagnostic-Id")]
    [InlineData("MT-Activity-Id")]
    [InlineData("my-trace-id")]
    [InlineData("x-span")]
    [InlineData("activity")]
    public Task HeaderThatIsOrMayBeAContext(string name) => Verify(Method($$"""
        var message = new Message<string, string> { Headers = new Headers { { "{{name}}", Encoding.UTF8.GetBytes(order.Id) } } };
        await producer.ProduceAsync("orders", message);
        """));

    [Fact]
    public Task HeaderObject() => Verify(Method("""
        var message = new Message<string, string> { Headers = new Headers { new Header("traceparent", Encoding.UTF8.GetBytes(Activity.Current?.Id ?? "")) } };
        await producer.ProduceAsync("orders", message);
        """));

    [Fact]
    public Task HeaderNamedByField() => Verify(Method(
        """
        var message = new Message<string, string> { Headers = new Headers { { TraceHeader, [1] } } };
        await producer.ProduceAsync("orders", message);
        """,
        """private static readonly string TraceHeader = "traceparent";"""));

    [Fact]
    public Task HeaderOfUnknownName() => Verify(Method("""
        var message = new Message<string, string> { Headers = new Headers { { order.Id, [1] } } };
        await producer.ProduceAsync("orders", message);
        """));

    [Fact]
    public Task HeaderObjectFromElsewhere() => Verify(Method("""
        var message = new Message<string, string> { Headers = new Headers() };
        message.Headers.Add(header);
        await producer.ProduceAsync("orders", message);
        """, "private readonly Header header = new(\"traceparent\", []);"));

    [Fact]
    public Task ActivityIdUnderABusinessName() => Verify(Method("""
        var id = Activity.Current?.Id ?? "";
        var message = new Message<string, string> { Headers = new Headers { { "correlation-id", Encoding.UTF8.GetBytes(id) } } };
        await producer.ProduceAsync("orders", message);
        """));

    [Fact]
    public Task MessageFromParameter() => Verify(Method("", """
        public Task Publish(IProducer<string, string> producer, Message<string, string> message) => producer.ProduceAsync("orders", message);
        """));

    [Fact]
    public Task HeadersFromParameter() => Verify(Method("", """
        public Task Publish(IProducer<string, string> producer, Headers headers)
            => producer.ProduceAsync("orders", new Message<string, string> { Value = "x", Headers = headers });
        """));

    [Fact]
    public Task HeadersFromParameterOrNew() => Verify(Method("", """
        public Task Publish(IProducer<string, string> producer, Headers? headers)
            => producer.ProduceAsync("orders", new Message<string, string> { Value = "x", Headers = headers ?? new Headers() });
        """));

    [Fact]
    public Task MessageStoredInField() => Verify(Method("""
        last = new Message<string, string> { Value = order.Id };
        await producer.ProduceAsync("orders", last);
        """, "private Message<string, string>? last;"));

    [Fact]
    public Task MessageKeptInAQueueOfTheType() => Verify(Method("""
        foreach (var line in order.Lines)
        {
            kept.Enqueue(new Message<string, string> { Value = line });
        }

        foreach (var message in kept)
        {
            await producer.ProduceAsync("lines", message);
        }
        """, "private readonly Queue<Message<string, string>> kept = new();"));

    [Fact]
    public Task MessagePassedToDelegate() => Verify(Method("", """
        public Task Publish(IProducer<string, string> producer, Action<Message<string, string>> configure)
        {
            var message = new Message<string, string> { Value = "x" };
            configure(message);
            return producer.ProduceAsync("orders", message);
        }
        """));

    [Fact]
    public Task MessagePassedToDynamic() => Verify(Method("", """
        public Task Publish(IProducer<string, string> producer, dynamic tracer)
        {
            var message = new Message<string, string> { Value = "x" };
            tracer.Inject(message);
            return producer.ProduceAsync("orders", message);
        }
        """));

    [Fact]
    public Task MessageOfADerivedType() => Verify(Method("""
        await producer.ProduceAsync("orders", new TracedMessage { Value = order.Id });
        """) + """

        public class TracedMessage : Message<string, string>
        {
            public TracedMessage() => Headers = new Headers { { "traceparent", [1] } };
        }
        """);

    [Fact]
    public Task ForwardedMessage() => Verify(Method("", """
        public Task Forward(IProducer<string, string> producer, ConsumeResult<string, string> consumed)
            => producer.ProduceAsync("retry", consumed.Message);
        """));

    [Fact]
    public Task ForwardedHeaders() => Verify(Method("", """
        public Task Forward(IProducer<string, string> producer, ConsumeResult<string, string> consumed)
            => producer.ProduceAsync("retry", new Message<string, string> { Value = consumed.Message.Value, Headers = consumed.Message.Headers });
        """));

    [Fact]
    public Task CopiedHeaders() => Verify(Method("", """
        public Task Forward(IProducer<string, string> producer, ConsumeResult<string, string> consumed)
        {
            var headers = new Headers();
            foreach (var header in consumed.Message.Headers)
            {
                headers.Add(header.Key, header.GetValueBytes());
            }

            return producer.ProduceAsync("retry", new Message<string, string> { Value = consumed.Message.Value, Headers = headers });
        }
        """));

    [Fact]
    public Task EnvelopeWithTraceMember() => Verify(Method("""
        await producer.ProduceAsync("orders", new Message<string, string> { Value = JsonSerializer.Serialize(new Envelope(order, "")) });
        """) + """

        public record Envelope(Order Order, string TraceParent);
        """);

    [Fact]
    public Task EnvelopeSerializedBefore() => Verify(Method("""
        var envelope = new { order.Id, Context = Activity.Current?.Id };
        var json = JsonSerializer.Serialize(envelope);
        await producer.ProduceAsync("orders", new Message<string, string> { Value = json });
        """));

    [Fact]
    public Task ContextInjectedIntoTheEnvelope() => Verify(Traced("""
        var meta = new Dictionary<string, string>();
        Propagators.DefaultTextMapPropagator.Inject(default, meta, (m, key, value) => m[key] = value);
        await producer.ProduceAsync("orders", new Message<string, string> { Value = JsonSerializer.Serialize((order, meta)) });
        """));

    [Fact]
    public Task OwnTypesOfTheSameNames() => Verify<TL1001_KafkaPublishWithoutContext>.Rule(Method("", """
        public Task Publish(Own.IProducer<string, string> producer) => producer.ProduceAsync("orders", new Own.Message<string, string>());
        """) + """

        namespace Own
        {
            public class Message<K, V>;
            public interface IProducer<K, V> { Task ProduceAsync(string topic, Message<K, V> message); }
        }
        """);

    [Fact]
    public Task ExpressionTree() => Verify(Method("", """
        public System.Linq.Expressions.Expression<Action<IProducer<string, string>>> Setup()
            => producer => producer.Produce("orders", new Message<string, string> { Value = "x" }, null);
        """));

    [Fact]
    public Task NullMessage() => Verify(Method("""
        producer.Produce("orders", null);
        await producer.ProduceAsync("orders", default!);
        """));

    [Fact]
    public Task NameOf() => Verify(Method("Console.WriteLine(nameof(producer.ProduceAsync));"));

    [Fact]
    public Task UnreachableCode() => Verify(Method("""
        return;
        #pragma warning disable CS0162
        await producer.ProduceAsync("orders", new Message<string, string> { Value = order.Id });
        """));

    [Fact]
    public Task HealthCheck() => Verify(Method("") + """

        public class Ping(IProducer<string, string> producer) : Microsoft.Extensions.Diagnostics.HealthChecks.IHealthCheck
        {
            public Task CheckHealthAsync() => producer.ProduceAsync("checks", new Message<string, string> { Value = "are you there?" });
        }

        namespace Microsoft.Extensions.Diagnostics.HealthChecks
        {
            public interface IHealthCheck { Task CheckHealthAsync(); }
        }
        """);

    [Fact]
    public Task LogSink() => Verify(Method("") + """

        public class KafkaSink(IProducer<string, string> producer) : Serilog.Core.ILogEventSink
        {
            public void Emit(string logEvent) => producer.Produce("logs", new Message<string, string> { Value = logEvent });
        }

        namespace Serilog.Core
        {
            public interface ILogEventSink { void Emit(string logEvent); }
        }
        """);

    [Fact]
    public Task TelemetryExporter() => Verify(Method("") + """

        public class KafkaExporter(IProducer<string, string> producer) : OpenTelemetry.BaseExporter<Activity>
        {
            public override void Export(Activity batch) => new Batch(producer).Send();

            private sealed class Batch(IProducer<string, string> producer)
            {
                public void Send() => producer.Produce("spans", new Message<string, string> { Value = "x" });
            }
        }

        namespace OpenTelemetry
        {
            public abstract class BaseExporter<T> { public abstract void Export(T batch); }
        }
        """);

    [Theory]
    [InlineData("xunit.core")]
    [InlineData("nunit.framework")]
    [InlineData("Microsoft.VisualStudio.TestPlatform.TestFramework")]
    [InlineData("BenchmarkDotNet")]
    public Task TestProject(string framework) => Verify(
        Method("""await producer.ProduceAsync("orders", new Message<string, string> { Value = order.Id });"""),
        Setup.OpenTelemetry with { References = References.Kafka.Add(References.Named(framework)) });

    [Fact]
    public Task TestProject_ReportedWhenAskedFor() => Verify(
        Method("""await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = order.Id });"""),
        Setup.OpenTelemetry with { References = References.Kafka.Add(References.Named("xunit.core")), Config = "tracelint.test_code = true" });

    [Theory]
    [InlineData("ping")]
    [InlineData("Healthcheck")]
    [InlineData("heartbeat")]
    public Task Ping(string payload) => Verify(Method($$"""
        var message = new Message<string, string> { Value = "{{payload}}" };
        await producer.ProduceAsync("orders", message);
        """));

    [Fact]
    public Task ProjectInjectsIntoItsEnvelopes() => Verify(Traced("""
        var envelope = new Envelope();
        await producer.ProduceAsync("orders", new Message<string, string> { Value = JsonSerializer.Serialize(envelope) });
        """) + """

        public class Envelope
        {
            public Dictionary<string, object> Fields { get; } = [];

            public Envelope() => Propagators.DefaultTextMapPropagator.Inject(default, Fields, (fields, key, value) => fields[key] = value);
        }
        """);

    [Theory]
    [InlineData("Aspire.Confluent.Kafka")]
    [InlineData("Confluent.Kafka.Extensions.Diagnostics")]
    [InlineData("OpenTelemetry.Instrumentation.ConfluentKafka")]
    public Task InstrumentedTransport(string instrumentation) => Verify(
        Method("""await producer.ProduceAsync("orders", new Message<string, string> { Value = order.Id });"""),
        Setup.OpenTelemetry with { References = References.Kafka.Add(References.Named(instrumentation)) });

    [Theory]
    [InlineData("if (Activity.Current is { } live) { INJECT }")]
    [InlineData("if (activity != null) { INJECT }")]
    [InlineData("if (order.TraceEnabled) { INJECT }")]
    [InlineData("if (!message.Headers.TryGetLastBytes(\"traceparent\", out _)) { INJECT }")]
    [InlineData("foreach (var line in order.Lines) { INJECT }")]
    [InlineData("try { INJECT } catch (Exception) { }")]
    [InlineData("if (order.Lines.Length > 1) { foreach (var line in order.Lines) { INJECT } }")]
    [InlineData("if (order.Lines.Length > 1) { Action inject = () => INJECT inject(); }")]
    public Task InjectedOnSomePathsForAReason(string branch) => Verify(Traced($$"""
        using var activity = source.StartActivity("publish");
        var message = new Message<string, string> { Headers = new Headers() };
        {{branch.Replace("INJECT", "Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, (h, key, value) => h.Add(key, Encoding.UTF8.GetBytes(value)));", StringComparison.Ordinal)}}
        producer.Produce("orders", message);
        """).Replace("string[] Lines", "string[] Lines, bool TraceEnabled", StringComparison.Ordinal));

    [Fact]
    public Task ProducerMayBeADecorator() => Verify(
        Method("""producer.Produce("orders", new Message<string, string> { Value = order.Id });""")
            + "public abstract class TracingProducer : IProducer<string, string> { public abstract void Produce(string topic, Message<string, string> message, Action<DeliveryReport<string, string>>? handler = null); }",
        Setup.OpenTelemetry with { Broken = true });

    [Theory]
    [InlineData("private readonly IProducer<string, string> injected; public Sample(IProducer<string, string> injected) => this.injected = injected;")]
    [InlineData("private readonly IProducer<string, string> injected = Factory(); private static extern IProducer<string, string> Factory();")]
    [InlineData("private readonly IProducer<string, string> injected = new ProducerBuilder<string, string>(new ProducerConfig()).BuildWithInstrumentation(); } public static class Instrumented { public static IProducer<K, V> BuildWithInstrumentation<K, V>(this ProducerBuilder<K, V> builder) => builder.Build();")]
    public Task ProducerFromElsewhere_BesideAnInstrumentation(string members) => Verify(
        Traced("""injected.Produce("orders", new Message<string, string>());""", members),
        Setup.OpenTelemetry with { References = References.KafkaAndOpenTelemetry.Add(References.Named("Confluent.Kafka.Extensions.Diagnostics")) });

    [Fact]
    public Task TelemetryAgent() => Verify(
        Method("""await producer.ProduceAsync("segments", new Message<string, string> { Value = order.Id });"""),
        Setup.OpenTelemetry with { Assembly = "SkyAPM.Transport.Kafka" });

    [Fact]
    public Task GeneratedCode() => Verify("// <auto-generated/>\n" + Method("""
        await producer.ProduceAsync("orders", new Message<string, string> { Value = order.Id });
        """), Setup.OpenTelemetry with { Nullable = false, Broken = true });

    [Fact]
    public Task AmbiguousTypes() => Verify("""
        using System.Threading.Tasks;

        public class Sample
        {
            public Task Send(Confluent.Kafka.IProducer<string, string> producer)
                => producer.ProduceAsync("orders", new Confluent.Kafka.Message<string, string> { Value = "x" });
        }
        """, Setup.OpenTelemetry with { References = References.Kafka.Add(References.OldestKafka), Broken = true });

    [Fact]
    public Task LibraryAbsent() => Verify("""
        public interface IProducer { void Produce(string topic, object message); }

        public class Sample
        {
            public void Send(IProducer producer) => producer.Produce("orders", new object());
        }
        """, Setup.OpenTelemetry with { References = References.None });
}

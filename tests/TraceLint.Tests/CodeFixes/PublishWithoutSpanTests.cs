using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.WorkerCode;

namespace TraceLint.Tests.CodeFixes;

/// <summary>Where no span is current, injecting the current context would write nothing: the publish gets a span, or the context of what was received, or no fix.</summary>
public class PublishWithoutSpanTests
{
    private const string Source = """private static readonly ActivitySource source = new("worker");""";

    private static Task Verify(string source, string @fixed, Setup? setup = null)
        => Verify<TL1001_KafkaPublishWithoutContext>.Fix<TL1001_InjectIntoKafkaMessage>(source, @fixed, setup ?? WorkerCode.Setup);

    private static Task VerifyNoFix(string source, Setup? setup = null)
        => Verify<TL1001_KafkaPublishWithoutContext>.NoFix<TL1001_InjectIntoKafkaMessage>(source, setup ?? WorkerCode.Setup);

    [Fact]
    public Task PublishOfALoop() => Verify(
        Traced("""
            while (!stopping.IsCancellationRequested)
            {
                // Hello.
                await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = "new" }, stopping);
                await Task.Delay(1000, stopping);
            }
            """, Source),
        Traced("""
            while (!stopping.IsCancellationRequested)
            {
                // Hello.
                using (source.StartActivity("publish orders", ActivityKind.Producer))
                {
                    var message = new Message<string, string> { Value = "new", Headers = new Headers() };
                    Propagators.DefaultTextMapPropagator.Inject(
                        new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                        message.Headers,
                        static (headers, key, value) =>
                        {
                            headers.Remove(key);
                            headers.Add(key, Encoding.UTF8.GetBytes(value));
                        });
                    await producer.ProduceAsync("orders", message, stopping);
                }

                await Task.Delay(1000, stopping);
            }
            """, Source));

    [Fact]
    public Task PublishInAChoice() => Verify(
        Worker("""
            var message = new Message<string, string>();
            await (stopping.IsCancellationRequested ? Task.CompletedTask : producer.[|ProduceAsync|]("orders", message));
            """, Source),
        Worker("""
            var message = new Message<string, string> { Headers = new Headers() };
            if (!stopping.IsCancellationRequested)
            {
                using (source.StartActivity("publish orders", ActivityKind.Producer))
                {
                    DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                    {
                        message.Headers.Remove(key);
                        message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                    });
                    await producer.ProduceAsync("orders", message);
                }
            }
            """, Source),
        WorkerCode.SystemDiagnostics);

    [Fact]
    public Task SystemDiagnostics_AndAMessageInALocal() => Verify(
        Worker("""
            var message = new Message<string, string> { Value = "new", Headers = new Headers() };
            if (message.Value.Length > 0)
                producer.[|Produce|]("orders", message);
            """, Source),
        Worker("""
            var message = new Message<string, string> { Value = "new", Headers = new Headers() };
            if (message.Value.Length > 0)
            {
                using (source.StartActivity("publish orders", ActivityKind.Producer))
                {
                    DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                    {
                        message.Headers.Remove(key);
                        message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                    });
                    producer.Produce("orders", message);
                }
            }
            """, Source),
        WorkerCode.SystemDiagnostics);

    [Fact]
    public Task ExpressionBody() => Verify(
        Worker("Relay();", Source + """


            private void Relay() => producer.[|Produce|](Topic(), new Message<string, string> { Value = "new" });

            private static string Topic() => "orders";
            """),
        Worker("Relay();", Source + """


            private void Relay()
            {
                using (source.StartActivity("publish", ActivityKind.Producer))
                {
                    var message = new Message<string, string> { Value = "new", Headers = new Headers() };
                    DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                    {
                        message.Headers.Remove(key);
                        message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                    });
                    producer.Produce(Topic(), message);
                }
            }

            private static string Topic() => "orders";
            """),
        WorkerCode.SystemDiagnostics);

    [Fact]
    public Task SourceOfAnotherType() => Verify(
        Worker("""producer.[|Produce|]("orders", new Message<string, string> { Value = "new", Headers = new Headers() });""", types: """
            internal static class Telemetry { public static ActivitySource Source { get; } = new("shop"); }
            """),
        Worker("""
            using (Telemetry.Source.StartActivity("publish orders", ActivityKind.Producer))
            {
                var message = new Message<string, string> { Value = "new", Headers = new Headers() };
                DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                {
                    message.Headers.Remove(key);
                    message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
                producer.Produce("orders", message);
            }
            """, types: """
            internal static class Telemetry { public static ActivitySource Source { get; } = new("shop"); }
            """),
        WorkerCode.SystemDiagnostics);

    [Fact]
    public Task TopLevelStatements_CSharp7() => Verify(
        """
        using System.Diagnostics;
        using System.Text;
        using Confluent.Kafka;

        public static class Program
        {
            private static readonly ActivitySource s_source = new ActivitySource("load");

            public static void Main()
            {
                var producer = new ProducerBuilder<Null, string>(new ProducerConfig()).Build();
                producer.[|Produce|]("orders", new Message<Null, string> { Value = "x", Headers = new Headers() });
            }
        }
        """,
        """
        using System.Diagnostics;
        using System.Text;
        using Confluent.Kafka;

        public static class Program
        {
            private static readonly ActivitySource s_source = new ActivitySource("load");

            public static void Main()
            {
                var producer = new ProducerBuilder<Null, string>(new ProducerConfig()).Build();
                using (s_source.StartActivity("publish orders", ActivityKind.Producer))
                {
                    var message = new Message<Null, string> { Value = "x", Headers = new Headers() };
                    DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) =>
                    {
                        message.Headers.Remove(key);
                        message.Headers.Add(key, Encoding.UTF8.GetBytes(value));
                    });
                    producer.Produce("orders", message);
                }
            }
        }
        """,
        WorkerCode.SystemDiagnostics with { IsProgram = true, Language = LanguageVersion.CSharp7_3, Nullable = false });

    [Theory]
    [InlineData("", "")]
    [InlineData("private static readonly ActivitySource? source;", "")]
    [InlineData("", "public static class Telemetry<T> { public static readonly ActivitySource Source = null!; }")]
    [InlineData("", "public class Telemetry { private static readonly ActivitySource Source = null!; public readonly ActivitySource Other = null!; }")]
    public Task NoFixWithoutASource(string member, string type)
        => VerifyNoFix(Worker("""producer.[|Produce|]("orders", new Message<string, string> { Value = "new" });""", member, type));

    [Theory]
    [InlineData("""_ = producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = "new" });""")]
    [InlineData("""var sent = producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = "new" }); await sent;""")]
    [InlineData("""var result = await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = "new" }); Console.WriteLine(result);""")]
    [InlineData("""if ((await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = "new" })).Offset < 3) { }""")]
    public Task NoFixWhereAUsingCannotBeAroundThePublish(string statement) => VerifyNoFix(Worker(statement, Source));

    [Theory]
    [InlineData("var result = consumer.Consume(stopping);", "result.Message.Value", "result.Message.Headers")]
    [InlineData("var result = consumer.Consume(stopping); var received = result.Message;", "received.Value", "result.Message.Headers")]
    [InlineData("if (consumer.Consume(stopping) is not { } result) { return; }", "result.Message.Value", "result.Message.Headers")]
    [InlineData("var result = consumer.Consume(stopping); if (result is not { Message: { Value: var text } }) { return; }", "text", "result.Message.Headers")]
    [InlineData("var result = consumer.Consume(stopping); var (id, text) = (result.Message.Key, result.Message.Value);", "text", "result.Message.Headers")]
    [InlineData("if (consumer.Consume(stopping) is not { Message.Value: var text } result) { return; }", "text", "result.Message.Headers")]
    [InlineData("var (other, result) = (1, consumer.Consume(stopping));", "result.Message.Value", "result.Message.Headers")]
    public Task ReceivedMessage_IsCarriedOn(string receive, string value, string headers) => Verify(
        Traced($$"""
            {{receive}}
            producer.[|Produce|]("dead", new Message<string, string> { Value = {{value}}, Headers = new Headers() });
            """, Source),
        Traced($$"""
            {{receive}}
            var message = new Message<string, string> { Value = {{value}}, Headers = new Headers() };
            Propagators.DefaultTextMapPropagator.Inject(
                Propagators.DefaultTextMapPropagator.Extract(
                    default,
                    {{headers}},
                    static (headers, key) => headers.TryGetLastBytes(key, out var value) && value != null
                        ? new[] { Encoding.UTF8.GetString(value) }
                        : Array.Empty<string>()),
                message.Headers,
                static (headers, key, value) =>
                {
                    headers.Remove(key);
                    headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
            producer.Produce("dead", message);
            """, Source));

    // Outside of the span that it was processed in.
    [Fact]
    public Task ReceivedMessage_AfterItsProcessSpan() => Verify(
        Worker("""
            foreach (var result in new[] { consumer.Consume(stopping) })
            {
                try
                {
                    using var activity = source.StartActivity("process");
                    throw new InvalidOperationException();
                }
                catch (InvalidOperationException)
                {
                    DeadLetter(result);
                }
            }
            """, Source + """


            private void DeadLetter(ConsumeResult<string, string> dead)
            {
                producer.[|Produce|]("dead", new Message<string, string> { Value = dead.Message.Value, Headers = new Headers() });
            }
            """),
        Worker("""
            foreach (var result in new[] { consumer.Consume(stopping) })
            {
                try
                {
                    using var activity = source.StartActivity("process");
                    throw new InvalidOperationException();
                }
                catch (InvalidOperationException)
                {
                    DeadLetter(result);
                }
            }
            """, Source + """


            private void DeadLetter(ConsumeResult<string, string> dead)
            {
                var message = new Message<string, string> { Value = dead.Message.Value, Headers = new Headers() };
                foreach (var field in DistributedContextPropagator.Current.Fields)
                {
                    if (dead.Message.Headers != null && dead.Message.Headers.TryGetLastBytes(field, out var value))
                    {
                        message.Headers.Remove(field);
                        message.Headers.Add(field, value);
                    }
                }

                producer.Produce("dead", message);
            }
            """),
        WorkerCode.SystemDiagnostics);

    private const string Outbox = """
        public class Row
        {
            public string Payload { get; set; } = "";
            public string? TraceParent { get; set; }
        }

        public interface IOutbox
        {
            List<Row> Read();
        }
        """;

    private const string OutboxWithState = """
        public class Row
        {
            public string Payload { get; set; } = "";
            internal string trace_parent = "", trace_state = "";
        }

        public interface IOutbox
        {
            List<Row> Read();
        }
        """;

    [Fact]
    public Task RowWithItsContext() => Verify(
        Traced("""
            foreach (var row in outbox.Read())
            {
                await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = row.Payload }, stopping);
            }
            """, Source + "\nprivate static readonly IOutbox outbox = null!;", Outbox),
        Traced("""
            foreach (var row in outbox.Read())
            {
                var message = new Message<string, string> { Value = row.Payload, Headers = new Headers() };
                if (!string.IsNullOrEmpty(row.TraceParent))
                {
                    message.Headers.Remove("traceparent");
                    message.Headers.Add("traceparent", Encoding.UTF8.GetBytes(row.TraceParent));
                }

                await producer.ProduceAsync("orders", message, stopping);
            }
            """, Source + "\nprivate static readonly IOutbox outbox = null!;", Outbox));

    // There is no tracestate to be lost.
    [Fact]
    public async Task RowWithItsContext_LeavesNothingToReport()
        => Assert.Empty(await Analysis.RunAsync(Analysis.Compile(
            [CSharpSyntaxTree.ParseText(Traced("""
                foreach (var row in outbox.Read())
                {
                    var message = new Message<string, string> { Value = row.Payload, Headers = new Headers() };
                    if (!string.IsNullOrEmpty(row.TraceParent))
                    {
                        message.Headers.Remove("traceparent");
                        message.Headers.Add("traceparent", Encoding.UTF8.GetBytes(row.TraceParent));
                    }

                    await producer.ProduceAsync("orders", message, stopping);
                }
                """, "private static readonly IOutbox outbox = null!;", Outbox))],
            WorkerCode.Setup.References)));

    [Fact]
    public Task RowWithItsContextAndState() => Verify(
        Worker("""
            foreach (var row in outbox.Read())
            {
                var message = new Message<string, string> { Value = row.Payload, Headers = new Headers() };
                await producer.[|ProduceAsync|]("orders", message, stopping);
            }
            """, "private static readonly IOutbox outbox = null!;", OutboxWithState),
        Worker("""
            foreach (var row in outbox.Read())
            {
                var message = new Message<string, string> { Value = row.Payload, Headers = new Headers() };
                if (!string.IsNullOrEmpty(row.trace_parent))
                {
                    message.Headers.Remove("traceparent");
                    message.Headers.Add("traceparent", Encoding.UTF8.GetBytes(row.trace_parent));
                }

                if (!string.IsNullOrEmpty(row.trace_state))
                {
                    message.Headers.Remove("tracestate");
                    message.Headers.Add("tracestate", Encoding.UTF8.GetBytes(row.trace_state));
                }

                await producer.ProduceAsync("orders", message, stopping);
            }
            """, "private static readonly IOutbox outbox = null!;", OutboxWithState),
        WorkerCode.SystemDiagnostics);

    // The context of another row is not the message's.
    [Fact]
    public Task RowThatThePublishIsNotMadeFrom() => VerifyNoFix(
        Worker("""
            foreach (var row in outbox.Read())
            {
                await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = "polled" }, stopping);
            }
            """, "private static readonly IOutbox outbox = null!;", Outbox));

    // A hash is no context.
    [Fact]
    public Task RowWithAnotherMemberOfThatName() => VerifyNoFix(
        Worker("""
            foreach (var row in outbox.Read())
            {
                await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = row.Payload }, stopping);
            }
            """, "private static readonly IOutbox outbox = null!;", Outbox.Replace("string? TraceParent", "long TraceParent", StringComparison.Ordinal)));
}

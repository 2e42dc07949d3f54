using TraceLint.Rules;
using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2001_KafkaSpanWithoutContext>;

namespace TraceLint.Tests.Rules;

/// <summary>What <see cref="TL2001_KafkaSpanWithoutContext"/> must not report.</summary>
public class TL2001_KafkaSpanWithoutContextSilentTests
{
    private const string Extract = $"Propagators.DefaultTextMapPropagator.Extract(default, result.Message.Headers, {ConsumerCode.KafkaGetter})";

    private const string Span = """
        using var activity = source.StartActivity("process", ActivityKind.Consumer);
        handler.Handle(result.Message.Value);
        """;

    private static Task Silent(string statements, string members = "", string usings = "using OpenTelemetry;\nusing OpenTelemetry.Context.Propagation;\nusing OpenTelemetry.Trace;\n")
        => Verify.Rule(ConsumerCode.Kafka(statements, members, usings));

    private static Task After(string statements, string members = "") => Silent($"var result = consumer.Consume(cancellation);\n{statements}", members);

    [Fact]
    public Task ExtractedParent_IsSilent() => After($"""
        var parent = {Extract};
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task ExtractedLink_IsSilent() => After($$"""
        var context = {{Extract}};
        using var activity = source.StartActivity("process", ActivityKind.Consumer, default(ActivityContext), links: new[] { new ActivityLink(context.ActivityContext) });
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task LinkAddedAfterTheStart_IsSilent() => After($"""
        using var activity = source.StartActivity("process", ActivityKind.Consumer);
        activity?.AddLink(new ActivityLink({Extract}.ActivityContext));
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task StartedBeforeTheMessageAndLinkedToIt_IsSilent() => Silent($"""
        using var activity = source.StartActivity("consumed");
        var result = consumer.Consume(cancellation);
        activity?.AddLink(new ActivityLink({Extract}.ActivityContext));
        await handler.HandleAsync(result.Message.Value);
        """);

    [Theory]
    [InlineData("await channel.Writer.WriteAsync(result);")]
    [InlineData("consumer.Commit(result);")]
    [InlineData("if (result != null) Console.WriteLine(result.Message.Value);")]
    public Task StartedBeforeAMessageThatIsNotProcessed_IsSilent(string statement) => Silent($"""
        var channel = Channel.CreateUnbounded<ConsumeResult<string, string>>();
        using var activity = source.StartActivity("poll");
        var result = consumer.Consume(cancellation);
        {statement}
        """);

    [Fact]
    public Task StartedBeforeTheMessageOfTheNextRound_IsSilent() => Silent("""
        ConsumeResult<string, string>? result = null;
        while (!cancellation.IsCancellationRequested)
        {
            using var activity = source.StartActivity("round");
            if (result != null) handler.Handle(result.Message.Value);
            result = consumer.Consume(cancellation);
        }
        """);

    [Fact]
    public Task StartedBeforeTheMessageWithASpanOfItsOwn_IsSilent() => Silent(
        """
        using var poll = source.StartActivity("poll");
        ConsumeResult<string, string> result;
        result = consumer.Consume(cancellation);
        await Process(result);
        """,
        $$"""
        private async Task Process(ConsumeResult<string, string> result)
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer, {{Extract}}.ActivityContext);
            await handler.HandleAsync(result.Message.Value);
        }
        """);

    [Fact]
    public Task RootOnPurposeBeforeTheMessage_IsSilent() => Silent("""
        Activity.Current = null;
        using var activity = source.StartActivity("consumed");
        var result = consumer.Consume(cancellation);
        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task LinkAddedByAHelper_IsSilent() => After("""
        using var activity = source.StartActivity("process", ActivityKind.Consumer);
        Enrich(activity, result);
        handler.Handle(result.Message.Value);
        """, $"""
        private static void Enrich(Activity? activity, ConsumeResult<string, string> result)
            => activity?.AddLink(new ActivityLink({Extract}.ActivityContext));
        """);

    [Fact]
    public Task ParentByHand_IsSilent() => After("""
        using var activity = source.StartActivity("process", ActivityKind.Consumer, Header(result.Message.Headers, "traceparent"));
        handler.Handle(result.Message.Value);
        """, "private static string? Header(Headers headers, string name) => headers.TryGetLastBytes(name, out var value) ? Encoding.UTF8.GetString(value) : null;");

    [Fact]
    public Task ParentParsed_IsSilent() => After("""
        ActivityContext.TryParse(Encoding.UTF8.GetString(result.Message.Headers.GetLastBytes("traceparent")), null, isRemote: true, out var parent);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task OwnHeader_IsSilent() => After("""
        var id = Encoding.UTF8.GetString(result.Message.Headers.GetLastBytes("x-activity"));
        using var activity = new Activity("process").Start();
        Resume(id);
        handler.Handle(result.Message.Value);
        """, "private static void Resume(string id) { }");

    [Fact]
    public Task PropagatorOfDotNet_IsSilent() => After("""
        DistributedContextPropagator.Current.ExtractTraceIdAndState(result.Message.Headers, Get, out var traceParent, out var traceState);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, traceParent);
        handler.Handle(result.Message.Value);
        """, "private static void Get(object? carrier, string name, out string? value, out IEnumerable<string>? values) => (value, values) = (null, null);");

    [Fact]
    public Task HelperThatExtracts_IsSilent() => After("""
        using var activity = StartProcessing(result);
        handler.Handle(result.Message.Value);
        """, $"""
        private static Activity? StartProcessing(ConsumeResult<string, string> result)
            => source.StartActivity("process", ActivityKind.Consumer, {Extract}.ActivityContext);
        """);

    [Fact]
    public Task WrapperThatIsGivenHeaders_IsSilent() => After("""
        using var activity = Tracing.Start("process", result.Message.Headers);
        handler.Handle(result.Message.Value);
        """, $$"""
        private static class Tracing
        {
            public static Activity? Start(string name, Headers headers)
            {
                var parent = Propagators.DefaultTextMapPropagator.Extract(default, headers, {{ConsumerCode.KafkaGetter}});
                return source.StartActivity(name, ActivityKind.Consumer, parent.ActivityContext);
            }
        }
        """);

    [Fact]
    public Task HelperOfTheBaseClass_IsSilent() => After("", $$"""
        public abstract class Base
        {
            protected static ActivityContext Parent(Headers headers) => Propagators.DefaultTextMapPropagator.Extract(default, headers, {{ConsumerCode.KafkaGetter}}).ActivityContext;
        }

        public class Derived(IHandler handler) : Base
        {
            public void Handle(ConsumeResult<string, string> result)
            {
                using var activity = source.StartActivity("process", ActivityKind.Consumer, Parent(result.Message.Headers));
                handler.Handle(result.Message.Value);
            }
        }
        """);

    [Fact]
    public Task FallbackWithoutHeader_IsSilent() => After($"""
        var parent = {Extract}.ActivityContext;
        using var activity = parent != default ? source.StartActivity("process", ActivityKind.Consumer, parent) : source.StartActivity("process", ActivityKind.Consumer);
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task CreatedThenGivenItsParent_IsSilent() => After("""
        using var activity = source.CreateActivity("process", ActivityKind.Consumer);
        activity?.SetParentId(result.Message.Key);
        activity?.Start();
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task NewActivityGivenItsParent_IsSilent() => After("""
        var activity = new Activity("process");
        activity.SetParentId(result.Message.Key);
        activity.Start();
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task DeliberateRoot_IsSilent() => After($"""
        Activity.Current = null;
        {Span}
        """);

    [Fact]
    public Task RootOfTracer_IsSilent() => After("""
        var span = TracerProvider.Default.GetTracer("worker").StartRootSpan("process", SpanKind.Consumer);
        handler.Handle(result.Message.Value);
        span.End();
        """);

    [Fact]
    public Task ContextInTheBody_IsSilent() => After("""
        var envelope = JsonSerializer.Deserialize<Envelope>(result.Message.Value)!;
        using var activity = source.StartActivity("process", ActivityKind.Consumer, envelope.TraceParent);
        handler.Handle(envelope.Body);
        """, "private record Envelope(string TraceParent, string Body);");

    [Fact]
    public Task ContextInTheBodyUsedByTheHandler_IsSilent() => After("""
        var envelope = JsonSerializer.Deserialize<Envelope>(result.Message.Value)!;
        using var activity = source.StartActivity("process", ActivityKind.Consumer);
        if (envelope.TraceContext is { } context) Resume(activity, context);
        handler.Handle(envelope.Body);
        """, """
        private record Envelope(string TraceContext, string Body);
        private static void Resume(Activity? activity, string context) { }
        """);

    [Fact]
    public Task ReceiveSpan_IsSilent() => Silent("""
        while (!cancellation.IsCancellationRequested)
        {
            ConsumeResult<string, string> result;
            using (var receive = source.StartActivity("receive", ActivityKind.Consumer))
            {
                result = consumer.Consume(cancellation);
                receive?.SetTag("messaging.kafka.offset", result.Offset.Value);
            }

            handler.Handle(result.Message.Value);
        }
        """);

    [Fact]
    public Task ReceiveSpanThatReturnsTheMessage_IsSilent() => Silent("", """
        private ConsumeResult<string, string> Receive(IConsumer<string, string> consumer)
        {
            using var activity = source.StartActivity("receive", ActivityKind.Consumer);
            var result = consumer.Consume();
            activity?.SetTag("partition", result.Partition.Value);
            return result;
        }
        """);

    [Fact]
    public Task ReceiveSpanThatHandsOnToAChannel_IsSilent() => Silent("""
        var channel = Channel.CreateBounded<ConsumeResult<string, string>>(10);
        using var activity = source.StartActivity("receive", ActivityKind.Consumer);
        var result = consumer.Consume(cancellation);
        await channel.Writer.WriteAsync(result, cancellation);
        """);

    [Fact]
    public Task SettleSpan_IsSilent() => After("""
        handler.Handle(result.Message.Value);
        using var activity = source.StartActivity("commit");
        consumer.Commit(result);
        """);

    [Theory]
    [InlineData("ActivityContext parent = default; if (s_parents.TryDequeue(out var known)) { parent = known; }")]
    [InlineData("var parent = s_parents.Count > 0 ? s_parents.Dequeue() : default;")]
    [InlineData("var parent = ParentOf(result);")]
    [InlineData("ActivityContext parent; Fill(out parent);")]
    public Task ParentThatMayBeGiven_IsSilent(string parent) => After(
        $"""
        {parent}
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        handler.Handle(result.Message.Value);
        """,
        """
        private static readonly Queue<ActivityContext> s_parents = new();
        private static ActivityContext ParentOf(ConsumeResult<string, string> result)
            => result.IsPartitionEOF ? default : s_parents.Dequeue();
        private static void Fill(out ActivityContext parent) => parent = s_parents.Dequeue();
        """);

    [Fact]
    public Task SettleSpan_OfAHelper_IsSilent() => After(
        """
        handler.Handle(result.Message.Value);
        using var activity = source.StartActivity("finish");
        Finish(consumer, result);
        """,
        """
        private static void Finish(IConsumer<string, string> consumer, ConsumeResult<string, string> result)
        {
            Console.WriteLine(result.Offset);
            CommitOffset(consumer, result);
        }

        private static void CommitOffset(IConsumer<string, string> consumer, ConsumeResult<string, string> result) => consumer.Commit(result);
        """);

    [Fact]
    public Task PublishSpan_IsSilent() => After("""
        using var activity = source.StartActivity("audit publish", ActivityKind.Producer);
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task ClientSpan_IsSilent() => After("""
        using var activity = source.StartActivity("store", ActivityKind.Client);
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task PeriodicSpan_IsSilent() => Silent("""
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            using var activity = source.StartActivity("clean up", ActivityKind.Consumer);
            handler.Handle("");
        }
        """);

    [Fact]
    public Task SpanThatHasTheParentIsAround_IsSilent() => After($"""
        using var outer = source.StartActivity("process", ActivityKind.Consumer, {Extract}.ActivityContext);
        using var inner = source.StartActivity("parse");
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task SpanOfTheCallerHasTheParent_IsSilent() => After($"""
        using var outer = source.StartActivity("process", ActivityKind.Consumer, {Extract}.ActivityContext);
        await Handle(result);
        """, """
        private async Task Handle(ConsumeResult<string, string> result)
        {
            using var activity = source.StartActivity("handle");
            await handler.HandleAsync(result.Message.Value);
        }
        """);

    [Fact]
    public Task SpanOfTheCallersCallerHasTheParent_IsSilent() => After($"""
        using var outer = source.StartActivity("process", ActivityKind.Consumer, {Extract}.ActivityContext);
        Dispatch(result);
        """, """
        private void Dispatch(ConsumeResult<string, string> result) => Handle(result);

        private void Handle(ConsumeResult<string, string> result)
        {
            using var activity = source.StartActivity("handle");
            handler.Handle(result.Message.Value);
        }
        """);

    [Fact]
    public Task CallerIsADispatcherBehindAnInterface_IsSilent() => After($$"""
        using (source.StartActivity("process", ActivityKind.Consumer, {{Extract}}.ActivityContext))
        {
            processor.Process(result);
        }
        """, """
        private readonly IProcessor processor = new Processor();

        public interface IProcessor { void Process(ConsumeResult<string, string> result); }

        public sealed class Processor : IProcessor
        {
            public void Process(ConsumeResult<string, string> result)
            {
                using var activity = source.StartActivity("handle", ActivityKind.Consumer);
                Parse(result.Message.Value);
            }

            private static Order Parse(string value) => new(value);
        }
        """);

    [Fact]
    public Task CallerSetsTheCurrentSpan_IsSilent() => After("""
        Activity.Current = Restore(result);
        Handle(result);
        """, """
        private static Activity? Restore(ConsumeResult<string, string> result) => null;

        private void Handle(ConsumeResult<string, string> result)
        {
            using var activity = source.StartActivity("handle", ActivityKind.Consumer);
            handler.Handle(result.Message.Value);
        }
        """);

    [Fact]
    public Task WorkOfAHandlerThatNobodyIsSeenToCall_IsSilent() => Silent("", """
        public async Task Handle(ConsumeResult<string, string> result)
        {
            using var activity = source.StartActivity("handle");
            await handler.HandleAsync(result.Message.Value);
        }
        """);

    [Fact]
    public Task ProducerThatTakesAMessage_IsSilent() => Silent("", """
        public void Send(Message<string, string> message)
        {
            using var activity = source.StartActivity("send");
            handler.Handle(message.Value);
        }
        """);

    [Fact]
    public Task CallbackOfAForeignLibrary_IsSilent() => Verify.Rule(ConsumerCode.Kafka("""
        await consumer.ConsumeWithInstrumentation(async (result, token) =>
        {
            using var activity = source.StartActivity("process");
            await handler.HandleAsync(result!.Message.Value);
        }, cancellation);
        """, usings: "using Confluent.Kafka.Extensions.Diagnostics;"), WithInstrumentation);

    [Fact]
    public Task MethodGivenToAForeignLibrary_IsSilent() => Verify.Rule(ConsumerCode.Kafka("await consumer.ConsumeWithInstrumentation(Handle, cancellation);", """
        private async Task Handle(ConsumeResult<string, string>? result, CancellationToken cancellation)
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer);
            await handler.HandleAsync(result!.Message.Value);
        }
        """, usings: "using Confluent.Kafka.Extensions.Diagnostics;"), WithInstrumentation);

    [Fact]
    public Task ExtractionOfAForeignLibrary_IsSilent() => Verify.Rule(ConsumerCode.Kafka("""
        var result = consumer.Consume(cancellation);
        result.Message.Headers.ReadTrace();
        using var activity = source.StartActivity("process", ActivityKind.Consumer);
        await handler.HandleAsync(result.Message.Value);
        """, usings: "using Confluent.Kafka.Extensions.Diagnostics;"), WithInstrumentation);

    [Fact]
    public Task HandlerThatImplementsAForeignInterface_IsSilent() => Verify.Rule(ConsumerCode.Kafka("", """
        public class Handler(IHandler handler) : IForeignHandler
        {
            public async Task HandleAsync(ConsumeResult<string, string> result)
            {
                using var activity = source.StartActivity("process", ActivityKind.Consumer);
                await handler.HandleAsync(result.Message.Value);
            }
        }
        """, usings: "using Confluent.Kafka.Extensions.Diagnostics;"), WithInstrumentation);

    [Fact]
    public Task LambdaOfAHelperThatTraces_IsSilent() => Silent("""
        Loop(consumer, result =>
        {
            using var activity = source.StartActivity("handle");
            handler.Handle(result.Message.Value);
        });
        """, $$"""
        private static void Loop(IConsumer<string, string> consumer, Action<ConsumeResult<string, string>> action)
        {
            while (true)
            {
                var result = consumer.Consume();
                using var activity = source.StartActivity("process", ActivityKind.Consumer, {{Extract}}.ActivityContext);
                action(result);
            }
        }
        """);

    [Fact]
    public Task LambdaThatIsKept_IsSilent() => Silent("new Loop(result =>\n{\n    using var activity = source.StartActivity(\"handle\");\n    handler.Handle(result.Message.Value);\n}).Run(consumer);", $$"""
        private sealed class Loop(Action<ConsumeResult<string, string>> action)
        {
            public void Run(IConsumer<string, string> consumer)
            {
                var result = consumer.Consume();
                using var activity = source.StartActivity("process", ActivityKind.Consumer, {{Extract}}.ActivityContext);
                action(result);
            }
        }
        """);

    [Fact]
    public Task WorkInsideATracingHelper_IsSilent() => After($$"""
        Traced(result.Message.Headers, () =>
        {
            using var activity = source.StartActivity("handle");
            handler.Handle(result.Message.Value);
        });
        """, $$"""
        private static void Traced(Headers headers, Action action)
        {
            var parent = Propagators.DefaultTextMapPropagator.Extract(default, headers, {{ConsumerCode.KafkaGetter}});
            using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
            action();
        }
        """);

    [Fact]
    public Task ScopeBegunByAHelper_IsSilent() => After("""
        using var scope = Begin(result);
        using var activity = source.StartActivity("handle");
        handler.Handle(result.Message.Value);
        """, """
        private static IDisposable? Begin(ConsumeResult<string, string> result) => Telemetry.Open(result.Topic);

        private static class Telemetry
        {
            public static IDisposable? Open(string topic) => source.StartActivity(topic, ActivityKind.Server);
        }
        """);

    [Fact]
    public Task OneSpanAroundABatchWithALinkedOneEach_IsSilent() => Silent("await Handle([consumer.Consume(cancellation)]);", $$"""
        private async Task Handle(List<ConsumeResult<string, string>> results)
        {
            using var batch = source.StartActivity("process batch", ActivityKind.Consumer);
            foreach (var result in results)
            {
                using var activity = source.StartActivity("process", ActivityKind.Consumer, {{Extract}}.ActivityContext);
                await handler.HandleAsync(result.Message.Value);
            }
        }
        """);

    [Fact]
    public Task LinksOfABatch_AreSilent() => Silent("await Handle([consumer.Consume(cancellation)]);", $$"""
        private async Task Handle(List<ConsumeResult<string, string>> results)
        {
            var links = results.Select(result => new ActivityLink({{Extract}}.ActivityContext));
            using var activity = source.StartActivity("process batch", ActivityKind.Consumer, default(ActivityContext), links: links);
            foreach (var result in results) await handler.HandleAsync(result.Message.Value);
        }
        """);

    [Fact]
    public Task ParentFromAParameter_IsSilent() => Silent("", """
        public void Handle(ConsumeResult<string, string> result, ActivityContext parent)
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
            handler.Handle(result.Message.Value);
        }
        """);

    [Fact]
    public Task EndlessSpan_IsForAnotherRule() => Silent("""
        using var activity = source.StartActivity("worker");
        while (!cancellation.IsCancellationRequested)
        {
            var result = consumer.Consume(cancellation);
            await handler.HandleAsync(result.Message.Value);
        }
        """);

    [Fact]
    public Task ConsumerThatExtractsInADecorator_IsSilent() => Silent("""
        IBus bus = new Bus(consumer);
        var result = bus.Receive();
        using var activity = source.StartActivity("process");
        handler.Handle(result.Message.Value);
        """, $$"""
        private interface IBus { ConsumeResult<string, string> Receive(); }

        private sealed class Bus(IConsumer<string, string> consumer) : IBus
        {
            public ConsumeResult<string, string> Receive()
            {
                var result = consumer.Consume();
                Activity.Current = new Activity("receive").SetParentId({{Extract}}.ActivityContext.TraceId.ToString());
                return result;
            }
        }
        """);

    [Fact]
    public Task OptionsObjectWithTheParent_IsSilent() => After($$"""
        using var activity = Start(new Options { Name = "process", Parent = {{Extract}}.ActivityContext });
        handler.Handle(result.Message.Value);
        """, """
        private sealed class Options { public string Name = ""; public ActivityContext Parent; }

        private static Activity? Start(Options options) => source.StartActivity(options.Name, ActivityKind.Consumer, options.Parent);
        """);

    [Fact]
    public Task VendorExtraction_IsSilent() => After("""
        using var activity = source.StartActivity("process", ActivityKind.Consumer);
        Agent.Accept(result.Message.Headers);
        handler.Handle(result.Message.Value);
        """, """
        private static class Agent
        {
            public static void Accept(Headers headers) { foreach (var header in headers) if (header.Key == "newrelic") Resume(header.GetValueBytes()); }
            private static void Resume(byte[] context) { }
        }
        """);

    [Fact]
    public Task OwnActivitySource_IsSilent() => After("""
        using var activity = new Tracing.ActivitySource().StartActivity("process");
        handler.Handle(result.Message.Value);
        """, """
        private static class Tracing
        {
            public sealed class ActivitySource { public IDisposable? StartActivity(string name) => null; }
        }
        """);

    [Fact]
    public Task ConsumerKindWithoutMessage_IsSilent() => Silent("", """
        public void Read(string body)
        {
            using var activity = source.StartActivity("read body", ActivityKind.Consumer);
            handler.Handle(body);
        }
        """);

    [Fact]
    public Task TestProject_IsSilent() => Verify.Rule(
        ConsumerCode.Kafka($"var result = consumer.Consume(cancellation);\n{Span}"),
        Setup.OpenTelemetry with { References = [.. Setup.OpenTelemetry.References, References.Named("xunit.core")] });

    [Fact]
    public Task UnknownKind_IsSilent() => Silent("", """
        public void Handle(ConsumeResult<string, string> result, ActivityKind kind)
        {
            using var activity = source.StartActivity("process", kind);
            handler.Handle(result.Message.Value);
        }
        """);

    [Fact]
    public Task SpanAfterTheOtherHasEnded_IsSilentWhereTheFirstExtracts() => After($"""
        using (source.StartActivity("process", ActivityKind.Consumer, {Extract}.ActivityContext)) handler.Handle(result.Message.Value);
        using (source.StartActivity("audit")) handler.Handle(result.Message.Key);
        """);

    private static Setup WithInstrumentation => Setup.SystemDiagnostics with
    {
        References = Setup.SystemDiagnostics.References.Add(References.StubOver("Confluent.Kafka.Extensions.Diagnostics", """
            using System;
            using System.Threading;
            using System.Threading.Tasks;

            namespace Confluent.Kafka.Extensions.Diagnostics
            {
                public static class Extensions
                {
                    public static Task ConsumeWithInstrumentation(this IConsumer<string, string> consumer, Func<ConsumeResult<string, string>?, CancellationToken, Task> action, CancellationToken cancellation) => Task.CompletedTask;
                    public static void ReadTrace(this Headers headers) { }
                }

                public interface IForeignHandler { Task HandleAsync(ConsumeResult<string, string> result); }
            }
            """, References.NewestKafka)),
    };

    [Theory]
    [InlineData("StartActivity(\"poll\")", "Console.WriteLine(result.Message.Value);")]
    [InlineData("StartActivity(\"poll\", ActivityKind.Consumer)", "Console.WriteLine(\"received\");")]
    public Task ConsoleThatIsNotWhatTheSpanIsFor_IsSilent(string start, string statement) => Silent($"""
        var result = consumer.Consume(cancellation);
        using var activity = source.{start};
        {statement}
        """);

    [Fact]
    public Task KafkaEventWithItsContext_IsSilent() => Verify.Rule(ConsumerCode.OtherLambda("""
        public async Task Handle(KafkaEvent kafka)
        {
            foreach (var record in kafka.Records.Values.SelectMany(static records => records))
            {
                var header = record.Headers.FirstOrDefault(static entry => entry.ContainsKey("traceparent"))?["traceparent"];
                using var activity = source.StartActivity("process", ActivityKind.Consumer, header is null ? null : Encoding.ASCII.GetString((byte[])(Array)header));
                await handler.HandleAsync(Text(record));
            }
        }

        public async Task HandleWithPropagator(KafkaEvent kafka)
        {
            foreach (var record in kafka.Records.Values.SelectMany(static records => records))
            {
                var parent = Propagators.DefaultTextMapPropagator.Extract(default, record.Headers, static (headers, key)
                    => headers.Where(entry => entry.ContainsKey(key)).Select(entry => Encoding.ASCII.GetString((byte[])(Array)entry[key])).Take(1));
                using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
                await handler.HandleAsync(Text(record));
            }
        }

        public async Task HandleWithHelper(KafkaEvent kafka)
        {
            foreach (var record in kafka.Records.Values.SelectMany(static records => records))
            {
                using var activity = source.StartActivity("process", ActivityKind.Consumer, Parent(record.Headers));
                await handler.HandleAsync(Text(record));
            }
        }

        private static ActivityContext Parent(IList<IDictionary<string, sbyte[]>> headers)
        {
            foreach (var entry in headers)
            {
                if (entry.TryGetValue("traceparent", out var value))
                {
                    return ActivityContext.Parse(Encoding.ASCII.GetString((byte[])(Array)value), null);
                }
            }

            return default;
        }

        private static string Text(KafkaEvent.KafkaEventRecord record) => Encoding.UTF8.GetString(record.Value.ToArray());
        """), TL2002_SqsSpanWithoutContextTests.OtherLambda);
}

using TraceLint.Rules;
using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2001_KafkaSpanWithoutContext>;

namespace TraceLint.Tests.Rules;

/// <summary>What <see cref="TL2001_KafkaSpanWithoutContext"/> reports.</summary>
public class TL2001_KafkaSpanWithoutContextTests
{
    private static Task Reports(string statements, string members = "") => Verify.Rule(ConsumerCode.Kafka(statements, members));

    [Fact]
    public Task ConsumerSpanAfterConsume_IsReported() => Reports("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|]("orders process", ActivityKind.Consumer);
        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task ContextThatIsOnlyCarriedOn_IsReported() => Reports("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|]("orders process", ActivityKind.Consumer);
        Propagators.DefaultTextMapPropagator.Inject(
            Propagators.DefaultTextMapPropagator.Extract(default, result.Message.Headers, static (headers, key) => headers.TryGetLastBytes(key, out var value) ? [Encoding.UTF8.GetString(value)] : []),
            new Headers(),
            static (headers, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value)));
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task InternalSpanAfterConsume_IsReported() => Reports("""
        while (!cancellation.IsCancellationRequested)
        {
            var result = consumer.Consume(TimeSpan.FromSeconds(1));
            if (result is null) continue;
            using (source.[|StartActivity|]("process"))
            {
                handler.Handle(result.Message.Value);
            }
        }
        """);

    [Fact]
    public Task SpanInTryAndFinally_IsReported() => Reports("""
        var result = consumer.Consume(cancellation);
        var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        try
        {
            await handler.HandleAsync(result.Message.Value);
        }
        finally
        {
            activity?.Stop();
        }
        """);

    [Fact]
    public Task CreatedAndStarted_IsReportedOnce() => Reports("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|CreateActivity|]("process", ActivityKind.Consumer);
        activity?.Start();
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task NewActivity_IsReported() => Reports("""
        var result = consumer.Consume(cancellation);
        using var activity = new Activity("process").[|Start|]();
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task NewActivityInALocal_IsReported() => Reports("""
        var result = consumer.Consume(cancellation);
        var activity = new Activity("process");
        activity.[|Start|]();
        handler.Handle(result.Message.Value);
        activity.Stop();
        """);

    [Fact]
    public Task ActiveSpanOfTracer_IsReported() => Reports("""
        var tracer = TracerProvider.Default.GetTracer("worker");
        var result = consumer.Consume(cancellation);
        using var span = tracer.[|StartActiveSpan|]("process", SpanKind.Consumer);
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task SpanOfTracer_IsReported() => Reports("""
        var tracer = TracerProvider.Default.GetTracer("worker");
        var result = consumer.Consume(cancellation);
        var span = tracer.[|StartSpan|]("process");
        handler.Handle(result.Message.Value);
        span.End();
        """);

    [Fact]
    public Task KindFirst_IsReported() => Reports("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|](ActivityKind.Consumer, tags: [new("topic", result.Topic)], name: "process");
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task EmptyParent_IsReported() => Reports("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer, default(ActivityContext));
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task NullParentId_IsReported() => Reports("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer, parentId: null);
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task EmptyLinks_AreReported() => Reports("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer, default(ActivityContext), links: Array.Empty<ActivityLink>());
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task CurrentContextAsParent_IsReported() => Reports("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer, Activity.Current?.Context ?? default);
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task CurrentContextInALocal_IsReported() => Reports("""
        var result = consumer.Consume(cancellation);
        var parent = Activity.Current?.Context ?? default;
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer, parent);
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task ExtractedAndNotPassedOn_IsReported() => Reports($"""
        var result = consumer.Consume(cancellation);
        var parent = Propagators.DefaultTextMapPropagator.Extract(default, result.Message.Headers, {ConsumerCode.KafkaGetter});
        Baggage.Current = parent.Baggage;
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task ExtractedByAHelperAndNotPassedOn_IsReported() => Reports("""
        var result = consumer.Consume(cancellation);
        var context = Extract(result.Message.Headers);
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        handler.Handle(result.Message.Value);
        """, $"private static ActivityContext Extract(Headers headers) => Propagators.DefaultTextMapPropagator.Extract(default, headers, {ConsumerCode.KafkaGetter}).ActivityContext;");

    [Fact]
    public Task ParsedAndNotPassedOn_IsReported() => Reports("""
        var result = consumer.Consume(cancellation);
        ActivityContext.TryParse(result.Message.Key, null, isRemote: true, out var parent);
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task StartedBeforeTheMessage_IsReported() => Reports("""
        while (!cancellation.IsCancellationRequested)
        {
            using var activity = source.[|StartActivity|]("order consumed", ActivityKind.Internal);
            var result = consumer.Consume(cancellation);
            await handler.HandleAsync(result.Message.Value);
        }
        """);

    [Fact]
    public Task StartedBeforeTheMessage_WhoseTaskIsALocal_IsReported() => Reports("""
        while (!cancellation.IsCancellationRequested)
        {
            using var activity = source.[|StartActivity|]("order consumed", ActivityKind.Internal);
            var result = consumer.Consume(cancellation);
            var handled = handler.HandleAsync(result.Message.Value);
            await handled;
        }
        """);

    [Theory]
    [InlineData("ActivityContext parent = default; if (cancellation.IsCancellationRequested) { parent = default; }")]
    [InlineData("var none = default(ActivityContext); var parent = none;")]
    [InlineData("var parent = None();")]
    [InlineData("var given = Activity.Current?.Context ?? default; var parent = given;")]
    public Task ParentThatIsEmptyOrCurrent_IsReported(string parent) => Reports(
        $$"""
        while (!cancellation.IsCancellationRequested)
        {
            var result = consumer.Consume(cancellation);
            {{parent}}
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer, parent);
            handler.Handle(result.Message.Value);
        }
        """,
        "private static ActivityContext None() => default;");

    [Fact]
    public Task HelperThatDoesMoreThanToSettle_IsReported() => Reports(
        """
        while (!cancellation.IsCancellationRequested)
        {
            var result = consumer.Consume(cancellation);
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            Finish(consumer, handler, result);
        }
        """,
        """
        private static void Finish(IConsumer<string, string> consumer, IHandler handler, ConsumeResult<string, string> result)
        {
            consumer.Commit(result);
            handler.Handle(result.Message.Value);
        }
        """);

    [Fact]
    public Task StartedBeforeTheMessageIsAssigned_IsReported() => Reports("""
        using var activity = source.[|StartActivity|]("order consumed");
        ConsumeResult<string, string>? result = null;
        try
        {
            result = consumer.Consume(TimeSpan.FromSeconds(1));
        }
        catch (ConsumeException)
        {
        }

        if (result is { Message: { } message })
        {
            await handler.HandleAsync(message.Value);
        }
        """);

    [Fact]
    public Task ActivityStartedBeforeTheMessage_IsReported() => Reports("""
        using var activity = new Activity("order consumed").[|Start|]();
        var result = consumer.Consume(100);
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task SpanOfTheMessageInsideOneStartedBefore_IsReportedAlone() => Reports("""
        while (!cancellation.IsCancellationRequested)
        {
            using var poll = source.StartActivity("poll");
            var result = consumer.Consume(cancellation);
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            await handler.HandleAsync(result.Message.Value);
        }
        """);

    [Fact]
    public Task OutermostOfTwo_IsReported() => Reports("""
        var result = consumer.Consume(cancellation);
        using var outer = source.[|StartActivity|]("process", ActivityKind.Consumer);
        using var inner = source.StartActivity("parse");
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task HandlerThatIsCalled_IsReported() => Reports("await Handle(consumer.Consume(cancellation));", """
        private async Task Handle(ConsumeResult<string, string> result)
        {
            using var activity = source.[|StartActivity|]("process");
            await handler.HandleAsync(result.Message.Value);
        }
        """);

    [Fact]
    public Task ConsumerSpanOfAHandlerThatNobodyIsSeenToCall_IsReported() => Reports("", """
        public async Task Handle(ConsumeResult<string, string> result)
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            await handler.HandleAsync(result.Message.Value);
        }
        """);

    [Fact]
    public Task HandlerOfAMessage_IsReported() => Reports("Handle(consumer.Consume(cancellation).Message);", """
        private void Handle(Message<string, string> message)
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            handler.Handle(message.Value);
        }
        """);

    [Fact]
    public Task HandlerBehindAnInterface_IsReported() => Reports("await processor.Process(consumer.Consume(cancellation));", """
        private readonly IProcessor processor = new Processor();

        public interface IProcessor { Task Process(ConsumeResult<string, string> result); }

        public sealed class Processor : IProcessor
        {
            public Task Process(ConsumeResult<string, string> result)
            {
                using var activity = source.[|StartActivity|]("process");
                Console.WriteLine(Parse(result.Message.Value));
                return Task.CompletedTask;
            }

            private static Order Parse(string value) => new(value);
        }
        """);

    [Fact]
    public Task HandlerOfABaseClass_IsReported() => Reports("", """
        public abstract class Consumer
        {
            protected abstract void Process(ConsumeResult<string, string> result);

            protected void Loop(IConsumer<string, string> consumer)
            {
                while (true) Process(consumer.Consume());
            }
        }

        public class Orders(IHandler handler) : Consumer
        {
            protected override void Process(ConsumeResult<string, string> result)
            {
                using var activity = source.[|StartActivity|]("process");
                handler.Handle(result.Message.Value);
            }
        }
        """);

    [Fact]
    public Task OneHandlerOfTwo_IsReported() => Reports("foreach (var processor in processors) processor.Process(consumer.Consume(cancellation));", $$"""
        private readonly IProcessor[] processors = [new Traced(), new Untraced()];

        private interface IProcessor { void Process(ConsumeResult<string, string> result); }

        private sealed class Traced : IProcessor
        {
            public void Process(ConsumeResult<string, string> result)
            {
                var parent = Propagators.DefaultTextMapPropagator.Extract(default, result.Message.Headers, {{ConsumerCode.KafkaGetter}});
                using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
                Parse(result.Message.Value);
            }
        }

        private sealed class Untraced : IProcessor
        {
            public void Process(ConsumeResult<string, string> result)
            {
                using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
                Parse(result.Message.Value);
            }
        }

        private static Order Parse(string value) => new(value);
        """);

    [Fact]
    public Task HelperThatOnlyTags_IsReportedInside() => Reports("""
        var result = consumer.Consume(cancellation);
        using var activity = Start(result);
        handler.Handle(result.Message.Value);
        """, """
        private static Activity? Start(ConsumeResult<string, string> result)
        {
            var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            activity?.SetTag("messaging.kafka.offset", result.Offset.Value);
            return activity;
        }
        """);

    [Fact]
    public Task HelperThatTakesNoMessage_IsReportedWhereItIsCalled() => Reports("""
        var result = consumer.Consume(cancellation);
        using var activity = Telemetry.[|StartConsumer|]("process");
        handler.Handle(result.Message.Value);
        """, """
        private static class Telemetry
        {
            public static Activity? StartConsumer(string name) => source.StartActivity(name, ActivityKind.Consumer);
        }
        """);

    [Fact]
    public Task HelperThatTakesAParentAndGetsNone_IsReportedWhereItIsCalled() => Reports("""
        var result = consumer.Consume(cancellation);
        using var activity = Start("process");
        handler.Handle(result.Message.Value);
        """.Replace("Start(\"", "[|Start|](\""), """
        private static Activity? Start(string name, ActivityContext parent = default) => source.StartActivity(name, ActivityKind.Consumer, parent);
        """);

    [Fact]
    public Task EachOfABatch_IsReported() => Reports("""
        var batch = new List<ConsumeResult<string, string>>();
        while (batch.Count < 10) batch.Add(consumer.Consume(cancellation));
        foreach (var result in batch)
        {
            using var activity = source.[|StartActivity|]("process");
            handler.Handle(result.Message.Value);
        }
        """);

    [Fact]
    public Task SpanAroundABatch_IsReportedOnce() => Reports("await Handle([consumer.Consume(cancellation)]);", """
        private async Task Handle(List<ConsumeResult<string, string>> results)
        {
            using var activity = source.[|StartActivity|]("process batch", ActivityKind.Consumer);
            foreach (var result in results)
            {
                using var inner = source.StartActivity("process");
                await handler.HandleAsync(result.Message.Value);
            }
        }
        """);

    [Fact]
    public Task MessagesOfAChannel_AreReported() => Reports("""
        var channel = Channel.CreateBounded<ConsumeResult<string, string>>(10);
        await foreach (var result in channel.Reader.ReadAllAsync(cancellation))
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            await handler.HandleAsync(result.Message.Value);
        }
        """);

    [Fact]
    public Task LambdaOfALibrary_IsReported() => Reports("""
        var results = new[] { consumer.Consume(cancellation) };
        await Parallel.ForEachAsync(results, cancellation, async (result, token) =>
        {
            using var activity = source.[|StartActivity|]("process");
            await handler.HandleAsync(result.Message.Value);
        });
        """);

    [Fact]
    public Task LambdaOfAHelperThatDoesNotTrace_IsReported() => Reports("""
        Loop(consumer, result =>
        {
            using var activity = source.[|StartActivity|]("process");
            handler.Handle(result.Message.Value);
        });
        """, """
        private static void Loop(IConsumer<string, string> consumer, Action<ConsumeResult<string, string>> action)
        {
            while (true) action(consumer.Consume());
        }
        """);

    [Fact]
    public Task MessageAssignedLater_IsReported() => Reports("""
        ConsumeResult<string, string>? result = null;
        try { result = consumer.Consume(cancellation); }
        catch (ConsumeException) { return; }
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        handler.Handle(result.Message.Value);
        """);

    [Fact]
    public Task DeserializedBefore_IsReported() => Reports("""
        var result = consumer.Consume(cancellation);
        var order = JsonSerializer.Deserialize<Order>(result.Message.Value)!;
        using var activity = source.[|StartActivity|]("process");
        handler.Handle(order.Id);
        """);

    [Fact]
    public Task InjectingForThePublishOfTheNext_IsNoExtraction() => Reports("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        var message = new Message<string, string> { Value = result.Message.Value, Headers = new Headers() };
        Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), message.Headers,
            static (headers, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value)));
        await Publish(message);
        """, "private Task Publish(Message<string, string> message) => Task.CompletedTask;");

    [Fact]
    public Task HandlerByMethodGroup_IsReported() => Reports("Loop(consumer, Handle);", """
        private static void Loop(IConsumer<string, string> consumer, Action<ConsumeResult<string, string>> action)
        {
            while (true) action(consumer.Consume());
        }

        private void Handle(ConsumeResult<string, string> result)
        {
            using var activity = source.[|StartActivity|]("process");
            handler.Handle(result.Message.Value);
        }
        """);

    [Fact]
    public Task OldLibrary_IsReported() => Verify.Rule(ConsumerCode.Kafka("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        handler.Handle(result.Message.Value);
        """, usings: ""), new Setup([.. References.None, References.OldestKafka]));

    // As in every tutorial.
    [Theory]
    [InlineData("Console.WriteLine($\"{result.Message.Key}: {result.Message.Value}\");")]
    [InlineData("Console.WriteLine(result.Message.Value);")]
    [InlineData("var value = result.Message.Value; Console.Write(value);")]
    public Task ConsumerSpan_WhoseMessageIsWrittenToTheConsole(string statement) => Reports($"""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|]("orders process", ActivityKind.Consumer);
        {statement}
        """);

    [Fact]
    public Task KafkaEventOfALambdaFunction_IsReported() => Verify.Rule(ConsumerCode.OtherLambda("""
        public async Task Handle(KafkaEvent kafka)
        {
            using var activity = source.[|StartActivity|]("process");
            foreach (var record in kafka.Records.Values.SelectMany(static records => records)) await handler.HandleAsync(Text(record));
        }

        public async Task HandleEach(KafkaEvent kafka)
        {
            foreach (var (partition, records) in kafka.Records)
            {
                foreach (var record in records)
                {
                    using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
                    await handler.HandleAsync(Text(record));
                }
            }
        }

        private static string Text(KafkaEvent.KafkaEventRecord record) => Encoding.UTF8.GetString(record.Value.ToArray());
        """), TL2002_SqsSpanWithoutContextTests.OtherLambda);
}

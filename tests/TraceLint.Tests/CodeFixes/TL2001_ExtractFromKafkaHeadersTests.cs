using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2001_KafkaSpanWithoutContext>;

namespace TraceLint.Tests.CodeFixes;

/// <summary>What <see cref="TL2001_ExtractFromKafkaHeaders"/> makes of a span without its message's context.</summary>
public class TL2001_ExtractFromKafkaHeadersTests
{
    private const string Extract = """
        var parent = Propagators.DefaultTextMapPropagator.Extract(
            default,
            result.Message.Headers,
            static (headers, key) => headers.TryGetLastBytes(key, out var value)
                ? new[] { Encoding.UTF8.GetString(value) }
                : Array.Empty<string>());
        """;

    private static Task Fixes(string statements, string @fixed, string members = "")
        => Verify.Fix<TL2001_ExtractFromKafkaHeaders>(ConsumerCode.Kafka(statements, members), ConsumerCode.Kafka(@fixed, members));

    private static Task FixesWithDotNet(string statements, string @fixed, Setup? setup = null)
        => Verify.Fix<TL2001_ExtractFromKafkaHeaders>(ConsumerCode.Kafka(statements, usings: ""), ConsumerCode.Kafka(@fixed, usings: ""), setup ?? Setup.SystemDiagnostics);

    private static Task HasNoFix(string statements, string members = "") => Verify.NoFix<TL2001_ExtractFromKafkaHeaders>(ConsumerCode.Kafka(statements, members));

    [Fact]
    public Task NameAndKind_GetAParent() => Fixes("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        await handler.HandleAsync(result.Message.Value);
        """, $"""
        var result = consumer.Consume(cancellation);
        {Extract}
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task NameAlone_GetsAKind() => Fixes("""
        var result = consumer.Consume(cancellation);
        using (source.[|StartActivity|]("process"))
        {
            await handler.HandleAsync(result.Message.Value);
        }
        """, $$"""
        var result = consumer.Consume(cancellation);
        {{Extract}}
        using (source.StartActivity("process", ActivityKind.Internal, parent.ActivityContext))
        {
            await handler.HandleAsync(result.Message.Value);
        }
        """);

    [Fact]
    public Task NoName_KeepsTheNameOfTheCaller() => Fixes("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|]();
        await handler.HandleAsync(result.Message.Value);
        """, $"""
        var result = consumer.Consume(cancellation);
        {Extract}
        using var activity = source.StartActivity(ActivityKind.Internal, parentContext: parent.ActivityContext);
        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task KindFirst_GetsANamedParent() => Fixes("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|](ActivityKind.Consumer, name: "process");
        await handler.HandleAsync(result.Message.Value);
        """, $"""
        var result = consumer.Consume(cancellation);
        {Extract}
        using var activity = source.StartActivity(
            ActivityKind.Consumer,
            parentContext: parent.ActivityContext,
            name: "process");
        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task NamedArguments_AreNoLongerNamed() => Fixes("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|](name: "process");
        await handler.HandleAsync(result.Message.Value);
        """, $"""
        var result = consumer.Consume(cancellation);
        {Extract}
        using var activity = source.StartActivity("process", ActivityKind.Internal, parent.ActivityContext);
        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task EmptyParent_IsReplaced() => Fixes("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer, default(ActivityContext), tags: null);
        await handler.HandleAsync(result.Message.Value);
        """, $"""
        var result = consumer.Consume(cancellation);
        {Extract}
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext, tags: null);
        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task NullParentId_IsReplaced() => Fixes("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer, parentId: null);
        await handler.HandleAsync(result.Message.Value);
        """, $"""
        var result = consumer.Consume(cancellation);
        {Extract}
        using var activity = source.StartActivity(
            "process",
            ActivityKind.Consumer,
            parentContext: parent.ActivityContext);
        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task ActivityThatIsCreated_GetsAParent() => Fixes("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|CreateActivity|]("process", ActivityKind.Consumer);
        activity?.Start();
        await handler.HandleAsync(result.Message.Value);
        """, $"""
        var result = consumer.Consume(cancellation);
        {Extract}
        using var activity = source.CreateActivity("process", ActivityKind.Consumer, parent.ActivityContext);
        activity?.Start();
        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task SpanOfTracer_GetsASpanContext() => Fixes("""
        var tracer = TracerProvider.Default.GetTracer("worker");
        var result = consumer.Consume(cancellation);
        using var span = tracer.[|StartActiveSpan|]("process", SpanKind.Consumer);
        await handler.HandleAsync(result.Message.Value);
        """, $"""
        var tracer = TracerProvider.Default.GetTracer("worker");
        var result = consumer.Consume(cancellation);
        {Extract}
        using var span = tracer.StartActiveSpan(
            "process",
            SpanKind.Consumer,
            parentContext: new SpanContext(parent.ActivityContext));
        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task HandlerOfAMessage_ReadsItsHeaders() => Fixes("Handle(consumer.Consume(cancellation).Message);", "Handle(consumer.Consume(cancellation).Message);", Members: ("""
        private void Handle(Message<string, string> message)
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            handler.Handle(message.Value);
        }
        """, $$"""
        private void Handle(Message<string, string> message)
        {
            {{Extract.Replace("result.Message", "message").Replace("\n", "\n    ")}}
            using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
            handler.Handle(message.Value);
        }
        """));

    [Fact]
    public Task ExpressionBody_BecomesABlock() => Fixes("using var activity = Start(consumer.Consume(cancellation));", "using var activity = Start(consumer.Consume(cancellation));", Members: ("""
        private static Activity? Start(ConsumeResult<string, string> result) => source.[|StartActivity|]("process", ActivityKind.Consumer);
        """, $$"""
        private static Activity? Start(ConsumeResult<string, string> result)
        {
            {{Extract.Replace("\n", "\n    ")}}
            return source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
        }
        """));

    [Fact]
    public Task Batch_GetsLinks() => Fixes("await Handle([consumer.Consume(cancellation)]);", "await Handle([consumer.Consume(cancellation)]);", Members: ("""
        private async Task Handle(List<ConsumeResult<string, string>> results)
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            foreach (var result in results) await handler.HandleAsync(result.Message.Value);
        }
        """, """
        private async Task Handle(List<ConsumeResult<string, string>> results)
        {
            var links = new List<ActivityLink>();
            foreach (var received in results)
            {
                var parent = Propagators.DefaultTextMapPropagator.Extract(
                    default,
                    received.Message.Headers,
                    static (headers, key) => headers.TryGetLastBytes(key, out var value)
                        ? new[] { Encoding.UTF8.GetString(value) }
                        : Array.Empty<string>());
                if (parent.ActivityContext != default(ActivityContext))
                {
                    links.Add(new ActivityLink(parent.ActivityContext));
                }
            }

            using var activity = source.StartActivity(
                "process",
                ActivityKind.Consumer,
                default(ActivityContext),
                links: links);
            foreach (var result in results) await handler.HandleAsync(result.Message.Value);
        }
        """));

    [Fact]
    public Task ExtractedContext_IsPassedOn() => Fixes($"""
        var result = consumer.Consume(cancellation);
        {Extract}
        Baggage.Current = parent.Baggage;
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        await handler.HandleAsync(result.Message.Value);
        """, $"""
        var result = consumer.Consume(cancellation);
        {Extract}
        Baggage.Current = parent.Baggage;
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task OwnHelperForHeaders_IsCalledFirst() => Fixes("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        await handler.HandleAsync(result.Message.Value);
        """, """
        var result = consumer.Consume(cancellation);
        var parent = KafkaTrace.Read(result.Message.Headers);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        await handler.HandleAsync(result.Message.Value);
        """, $$"""
        private static class KafkaTrace
        {
            public static ActivityContext Read(Headers headers)
            {
                var context = Propagators.DefaultTextMapPropagator.Extract(default, headers, {{ConsumerCode.KafkaGetter}});
                return context.ActivityContext;
            }
        }
        """);

    [Fact]
    public Task OwnHelperForMessages_IsCalledFirst() => Fixes("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        await handler.HandleAsync(result.Message.Value);
        """, """
        var result = consumer.Consume(cancellation);
        var parent = ContextOf(result);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
        await handler.HandleAsync(result.Message.Value);
        """, $$"""
        private static PropagationContext ContextOf<TKey, TValue>(ConsumeResult<TKey, TValue> result)
            => Propagators.DefaultTextMapPropagator.Extract(default, result.Message.Headers, {{ConsumerCode.KafkaGetter}});
        """);

    [Fact]
    public Task OwnMethodThatTakesAParent_IsGivenIt() => Fixes("""
        var result = consumer.Consume(cancellation);
        using var activity = [|Start|]("process");
        await handler.HandleAsync(result.Message.Value);
        """, $"""
        var result = consumer.Consume(cancellation);
        {Extract}
        using var activity = Start("process", parent: parent.ActivityContext);
        await handler.HandleAsync(result.Message.Value);
        """, "private static Activity? Start(string name, ActivityContext parent = default) => source.StartActivity(name, ActivityKind.Consumer, parent);");

    [Fact]
    public Task SeveralInOneDocument_AreAllFixed() => Fixes("", "", Members: ("""
        public void First(ConsumeResult<string, string> result)
        {
            using var activity = source.[|StartActivity|]("first", ActivityKind.Consumer);
            handler.Handle(result.Message.Value);
        }

        public void Second(ConsumeResult<string, string> result)
        {
            using var activity = source.[|StartActivity|]("second", ActivityKind.Consumer);
            handler.Handle(result.Message.Value);
        }
        """, $$"""
        public void First(ConsumeResult<string, string> result)
        {
            {{Extract.Replace("\n", "\n    ")}}
            using var activity = source.StartActivity("first", ActivityKind.Consumer, parent.ActivityContext);
            handler.Handle(result.Message.Value);
        }

        public void Second(ConsumeResult<string, string> result)
        {
            {{Extract.Replace("\n", "\n    ")}}
            using var activity = source.StartActivity("second", ActivityKind.Consumer, parent.ActivityContext);
            handler.Handle(result.Message.Value);
        }
        """));

    [Fact]
    public Task CheckAfterTheStart_IsNotBroken() => FixesWithDotNet("""
        var result = consumer.Consume(TimeSpan.FromSeconds(1));
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        if (result == null || result.IsPartitionEOF) return;
        await handler.HandleAsync(result.Message.Value);
        """, """
        var result = consumer.Consume(TimeSpan.FromSeconds(1));
        var headers = result?.Message?.Headers;
        var traceParent =
            headers != null && headers.TryGetLastBytes("traceparent", out var parentValue) && parentValue != null
                ? Encoding.UTF8.GetString(parentValue)
                : null;
        var traceState =
            headers != null && headers.TryGetLastBytes("tracestate", out var stateValue) && stateValue != null
                ? Encoding.UTF8.GetString(stateValue)
                : null;
        ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var parent);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        if (result == null || result.IsPartitionEOF) return;
        await handler.HandleAsync(result.Message.Value);
        """, Setup.SystemDiagnostics);

    // A question mark behind the variable itself would make the compiler take its message for null from there on.
    [Fact]
    public Task EndOfPartition_CheckedAfterTheStart_IsSeenInACopy() => Fixes("""
        var result = consumer.Consume(TimeSpan.FromSeconds(1));
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        if (result.IsPartitionEOF) return;
        await handler.HandleAsync(result.Message.Value);
        """, """
        var result = consumer.Consume(TimeSpan.FromSeconds(1));
        var received = result;
        var parent = Propagators.DefaultTextMapPropagator.Extract(
            default,
            received?.Message?.Headers,
            static (headers, key) => headers != null && headers.TryGetLastBytes(key, out var value)
                ? new[] { Encoding.UTF8.GetString(value) }
                : Array.Empty<string>());
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
        if (result.IsPartitionEOF) return;
        await handler.HandleAsync(result.Message.Value);
        """);

    [Theory]
    [InlineData("result == null", "result?.Message?.Headers")]
    [InlineData("result is null || result.Message is null", "result?.Message?.Headers")]
    [InlineData("result.Message is null", "result.Message?.Headers")]
    public Task CheckAfterTheStart_IsMadeBeforeIt(string check, string headers) => Fixes($"""
        var result = consumer.Consume(TimeSpan.FromSeconds(1));
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        if ({check}) return;
        await handler.HandleAsync(result.Message.Value);
        """, $$"""
        var result = consumer.Consume(TimeSpan.FromSeconds(1));
        var parent = Propagators.DefaultTextMapPropagator.Extract(
            default,
            {{headers}},
            static (headers, key) => headers != null && headers.TryGetLastBytes(key, out var value)
                ? new[] { Encoding.UTF8.GetString(value) }
                : Array.Empty<string>());
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
        if ({{check}}) return;
        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task CheckAfterTheStart_IsNotBroken_WithOpenTelemetry() => Fixes("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        if (result.Message != null)
        {
            await handler.HandleAsync(result.Message.Value);
        }
        """, """
        var result = consumer.Consume(cancellation);
        var parent = Propagators.DefaultTextMapPropagator.Extract(
            default,
            result.Message?.Headers,
            static (headers, key) => headers != null && headers.TryGetLastBytes(key, out var value)
                ? new[] { Encoding.UTF8.GetString(value) }
                : Array.Empty<string>());
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
        if (result.Message != null)
        {
            await handler.HandleAsync(result.Message.Value);
        }
        """);

    [Fact]
    public Task CheckAfterTheStart_LeavesNoDoubtBelow() => Fixes("""
        var result = consumer.Consume(TimeSpan.FromSeconds(1));
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        if (result == null || result.IsPartitionEOF) return;
        await handler.HandleAsync(result.Message.Value);
        """, """
        var result = consumer.Consume(TimeSpan.FromSeconds(1));
        var parent = Propagators.DefaultTextMapPropagator.Extract(
            default,
            result?.Message?.Headers,
            static (headers, key) => headers != null && headers.TryGetLastBytes(key, out var value)
                ? new[] { Encoding.UTF8.GetString(value) }
                : Array.Empty<string>());
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
        if (result == null || result.IsPartitionEOF) return;
        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task WithoutOpenTelemetry_TheHeadersAreParsed() => FixesWithDotNet("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        await handler.HandleAsync(result.Message.Value);
        """, """
        var result = consumer.Consume(cancellation);
        var headers = result.Message.Headers;
        var traceParent =
            headers != null && headers.TryGetLastBytes("traceparent", out var parentValue) && parentValue != null
                ? Encoding.UTF8.GetString(parentValue)
                : null;
        var traceState =
            headers != null && headers.TryGetLastBytes("tracestate", out var stateValue) && stateValue != null
                ? Encoding.UTF8.GetString(stateValue)
                : null;
        ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var parent);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task OldLanguage_HasNoStaticLambda() => Verify.Fix<TL2001_ExtractFromKafkaHeaders>(Old("""
        using (source.[|StartActivity|]("process", ActivityKind.Consumer))
        {
            Handle(result.Message.Value);
        }
        """), Old("""
        var parent = Propagators.DefaultTextMapPropagator.Extract(
            default,
            result.Message.Headers,
            (headers, key) => headers.TryGetLastBytes(key, out var value)
                ? new[] { Encoding.UTF8.GetString(value) }
                : Array.Empty<string>());
        using (source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext))
        {
            Handle(result.Message.Value);
        }
        """, "using System;\n", "using System.Text;\n", "using OpenTelemetry.Context.Propagation;\n"), Setup.OpenTelemetry with { Language = LanguageVersion.CSharp7_3, Nullable = false });

    private const string SetParent = """
        if (parent.ActivityContext != default(ActivityContext))
        {
            activity.SetParentId(
                parent.ActivityContext.TraceId,
                parent.ActivityContext.SpanId,
                parent.ActivityContext.TraceFlags);
            activity.TraceStateString = parent.ActivityContext.TraceState;
        }
        """;

    [Fact]
    public Task NewActivity_IsStartedAfterItHasItsParent() => Fixes("""
        var result = consumer.Consume(cancellation);
        using var activity = new Activity("process").[|Start|]();
        await handler.HandleAsync(result.Message.Value);
        """, $"""
        var result = consumer.Consume(cancellation);
        {Extract}
        using var activity = new Activity("process");
        {SetParent}

        activity.Start();

        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task NewActivityThatIsStartedLater_GetsItsParentBefore() => Fixes("""
        var result = consumer.Consume(cancellation);
        using var activity = new Activity("process");
        activity.SetTag("key", result.Message.Key);
        activity.[|Start|]();
        await handler.HandleAsync(result.Message.Value);
        """, $"""
        var result = consumer.Consume(cancellation);
        using var activity = new Activity("process");
        activity.SetTag("key", result.Message.Key);
        {Extract}
        {SetParent}

        activity.Start();
        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task NewActivityInAnExpression_HasNoFix() => HasNoFix("""
        var result = consumer.Consume(cancellation);
        using (new Activity("process").[|Start|]())
        {
            await handler.HandleAsync(result.Message.Value);
        }
        """);

    [Fact]
    public Task OwnMethodThatTakesNoParent_HasNoFix() => HasNoFix("""
        var result = consumer.Consume(cancellation);
        using var activity = [|Start|]("process");
        await handler.HandleAsync(result.Message.Value);
        """, "private static Activity? Start(string name) => source.StartActivity(name, ActivityKind.Consumer);");

    [Fact]
    public Task BatchThatCannotBeReadTwice_HasNoFix() => HasNoFix("await Handle(Receive(consumer));", """
        private static IEnumerable<ConsumeResult<string, string>> Receive(IConsumer<string, string> consumer) { yield return consumer.Consume(); }

        private async Task Handle(IEnumerable<ConsumeResult<string, string>> results)
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            foreach (var result in results) await handler.HandleAsync(result.Message.Value);
        }
        """);

    private static Task Fixes(string statements, string @fixed, (string Before, string After) Members)
        => Verify.Fix<TL2001_ExtractFromKafkaHeaders>(ConsumerCode.Kafka(statements, Members.Before), ConsumerCode.Kafka(@fixed, Members.After));

    private static string Old(string statements, string system = "", string text = "", string propagation = "") => $$"""
        {{system}}using System.Diagnostics;
        {{text}}using Confluent.Kafka;
        {{propagation}}
        public class Worker
        {
            private static readonly ActivitySource source = new ActivitySource("worker");

            public void Run(IConsumer<string, string> consumer)
            {
                var result = consumer.Consume();
        {{KafkaCode.Indent(statements, 2)}}
            }

            private static void Handle(string body) { }
        }
        """;
}

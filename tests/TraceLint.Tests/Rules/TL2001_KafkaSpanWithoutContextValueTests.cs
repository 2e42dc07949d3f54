using TraceLint.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Rules;

/// <summary>Spans in methods that are handed the value of a message, not the message.</summary>
public class TL2001_KafkaSpanWithoutContextValueTests
{
    private const string Loop = "while (!cancellation.IsCancellationRequested) { var result = consumer.Consume(cancellation); await ProcessAsync(result.Message.Value); }";
    private const string Save = "await handler.HandleAsync(value);";

    private static Task Verify(string loop, string method) => Verify<TL2001_KafkaSpanWithoutContext>.Rule(ConsumerCode.Kafka(loop, method));

    // A method that is handed a value, and starts a span for it.
    private static string Process(string start, string statements = Save, string parameters = "string value") => $$"""
        private async Task ProcessAsync({{parameters}})
        {
            {{start}}
            {{statements}}
        }
        """;

    private const string Reported = "using var activity = source.[|StartActivity|](\"process\", ActivityKind.Consumer);";
    private const string Silent = "using var activity = source.StartActivity(\"process\", ActivityKind.Consumer);";

    [Theory]
    [InlineData(Loop)]
    [InlineData("var result = consumer.Consume(cancellation); var value = result.Message.Value.Trim(); await ProcessAsync(value);")]
    [InlineData("var result = consumer.Consume(cancellation); await ProcessAsync(JsonSerializer.Deserialize<string>(result.Message.Value)!);")]
    [InlineData("if (consumer.Consume(cancellation) is { IsPartitionEOF: false } result) await ProcessAsync(result.Message.Value);")]
    public Task Value_InASpanThatConsumes(string loop) => Verify(loop, Process(Reported));

    [Fact]
    public Task Value_ThatGoesThroughAnotherMethod() => Verify(
        "await Dispatch(consumer.Consume(cancellation));",
        "private Task Dispatch(ConsumeResult<string, string> result) => Forward(result.Message.Value);\n\n"
            + "private Task Forward(string text) => ProcessAsync(text);\n\n" + Process(Reported));

    [Fact]
    public Task Value_ThatABaseClassHandsOver() => Verify<TL2001_KafkaSpanWithoutContext>.Rule(ConsumerCode.Kafka("await Task.Yield();", """
        public abstract class Loop<T>(IConsumer<string, T> messages)
        {
            public async Task Run(CancellationToken stop)
            {
                var result = messages.Consume(stop);
                await HandleAsync(result.Message.Key, result.Message.Value);
            }

            protected abstract Task HandleAsync(string key, T value);
        }

        public sealed class Orders(IConsumer<string, string> messages) : Loop<string>(messages)
        {
            protected override async Task HandleAsync(string key, string value)
            {
                using var activity = source.[|StartActivity|]("order", ActivityKind.Consumer);
                await Console.Out.WriteLineAsync(value);
            }
        }
        """));

    // A span for work is also one for values that come from elsewhere.
    [Theory]
    [InlineData("using var activity = source.StartActivity(\"process\");")]
    [InlineData("using var activity = source.StartActivity(\"process\", ActivityKind.Server);")]
    [InlineData("using var activity = source.StartActivity(\"process\", ActivityKind.Consumer, parentId: value);")]
    [InlineData("using var activity = source.StartActivity(\"process\", ActivityKind.Consumer, default(ActivityContext), links: [new ActivityLink(ActivityContext.Parse(value, null))]);")]
    public Task Value_InAnotherSpan(string start) => Verify(Loop, Process(start));

    [Theory]
    [InlineData("var result = consumer.Consume(cancellation); using var outer = source.StartActivity(\"receive\", ActivityKind.Consumer, Encoding.UTF8.GetString(result.Message.Headers.GetLastBytes(\"traceparent\"))); await ProcessAsync(result.Message.Value);")]
    [InlineData("var result = consumer.Consume(cancellation); using var outer = source.StartActivity(\"receive\", ActivityKind.Server); await ProcessAsync(result.Message.Value);")]
    [InlineData("var result = consumer.Consume(cancellation); Activity.Current = new Activity(\"receive\").SetParentId(Encoding.UTF8.GetString(result.Message.Headers.GetLastBytes(\"traceparent\"))).Start(); await ProcessAsync(result.Message.Value);")]
    [InlineData("await ProcessAsync(\"replayed\");")]
    [InlineData("await Task.Yield();")]
    public Task Value_OfACallerWithASpan(string loop) => Verify(loop, Process(Silent));

    [Fact]
    public Task Value_OfACallersCallerWithASpan() => Verify(
        "var result = consumer.Consume(cancellation); using var outer = source.StartActivity(\"receive\", ActivityKind.Server); await Forward(result.Message.Value);",
        "private Task Forward(string text) => ProcessAsync(text);\n\n" + Process(Silent));

    [Theory]
    [InlineData("string value, Headers headers", "result.Message.Value, result.Message.Headers", "var parent = Encoding.UTF8.GetString(headers.GetLastBytes(\"traceparent\")); activity?.SetParentId(parent);")]
    [InlineData("string value, ActivityContext parent", "result.Message.Value, default", "")]
    [InlineData("string value, string? traceParent", "result.Message.Value, null", "")]
    public Task Value_WithItsContext(string parameters, string arguments, string statements) => Verify(
        $"var result = consumer.Consume(cancellation); await ProcessAsync({arguments});",
        Process(Silent, statements + Save, parameters));

    [Fact]
    public Task Value_ThatHasTheContextInIt() => Verify(Loop, "public sealed record Envelope(string Text, string TraceParent);\n\n" + Process(
        "var envelope = JsonSerializer.Deserialize<Envelope>(value)!; var parent = ActivityContext.Parse(envelope.TraceParent, null);\n    " + Silent,
        "activity?.AddLink(new ActivityLink(parent)); " + Save));

    [Fact]
    public Task Value_ThatTheSpanDoesNotHandle() => Verify(Loop, Process(Silent, "activity?.SetTag(\"length\", value.Length);"));

    // Whoever calls the delegate may have started a span.
    [Fact]
    public Task Value_HandedToADelegate() => Verify(
        "Func<string, Task> process = ProcessAsync; await process(consumer.Consume(cancellation).Message.Value);",
        Process(Silent));
}

using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.MetricCode;

namespace TraceLint.Tests.CodeFixes;

public class TL5002_MoveTagToSpanTests
{
    private static Task Verify(string statements, string @fixed)
        => Verify<TL5002_UnboundedMetricTag>.Fix<TL5002_MoveTagToSpan>(Measure(statements), Measure(@fixed));

    [Fact]
    public Task Argument() => Verify(
        """
        // Counted.
        counter.[|Add|](1, new KeyValuePair<string, object?>("order", order), new KeyValuePair<string, object?>("error", error.Message));
        counter.[|Add|](1, new KeyValuePair<string, object?>("id", Guid.NewGuid())); // once
        """,
        """
        // Counted.
        Activity.Current?.SetTag("error", error.Message);
        counter.Add(1, new KeyValuePair<string, object?>("order", order), new KeyValuePair<string, object?>("error.type", error.GetType().FullName));
        Activity.Current?.SetTag("id", Guid.NewGuid());
        counter.Add(1); // once
        """);

    [Fact]
    public Task WhatTheSpanHasAnyway_IsDropped() => Verify(
        """counter.[|Add|](1, new KeyValuePair<string, object?>("trace", Activity.Current?.TraceId.ToString()), new KeyValuePair<string, object?>("order", order));""",
        """counter.Add(1, new KeyValuePair<string, object?>("order", order));""");

    [Fact]
    public Task TagListThatServesTwo() => Verify(
        """
        var tags = new TagList
        {
            { "kind", "order" },
            { "error", error.Message },
        };
        tags.Add("id", Guid.NewGuid()); // each
        tags.Add(new KeyValuePair<string, object?>("span", activity.SpanId));
        counter.[|Add|](1, tags);
        duration.[|Record|](1, tags);
        """,
        """
        Activity.Current?.SetTag("error", error.Message);
        var tags = new TagList
        {
            { "kind", "order" },
            { "error.type", error.GetType().FullName },
        };
        Activity.Current?.SetTag("id", Guid.NewGuid()); // each
        counter.Add(1, tags);
        duration.Record(1, tags);
        """);

    [Fact]
    public Task ArrayElement() => Verify(
        """counter.[|Add|](1, new KeyValuePair<string, object?>[] { new("kind", "order"), new("at", DateTime.UtcNow) });""",
        """
        Activity.Current?.SetTag("at", DateTime.UtcNow);
        counter.Add(1, new KeyValuePair<string, object?>[] { new("kind", "order") });
        """);

    [Fact]
    public Task LambdaBody() => Verify(
        """Action<Exception> failed = e => counter.[|Add|](1, new KeyValuePair<string, object?>("error", e.Message));""",
        """
        Action<Exception> failed = e =>
        {
            Activity.Current?.SetTag("error", e.Message);
            counter.Add(1, new KeyValuePair<string, object?>("error.type", e.GetType().FullName));
        };
        """);

    [Fact]
    public Task ObservedMeasurement_HasNoSpan() => Verify(
        """meter.CreateObservableGauge("queue", () => new [|Measurement|]<int>(1, new KeyValuePair<string, object?>("at", DateTime.Now)));""",
        """meter.CreateObservableGauge("queue", () => new Measurement<int>(1));""");

    [Theory]
    [InlineData("new KeyValuePair<string, object?>(\"exception\", error.ToString())", "new KeyValuePair<string, object?>(\"error.type\", error.GetType().FullName)", "SetTag(\"exception\", error.ToString())")]
    [InlineData("KeyValuePair.Create(\"error\", (object?)error.StackTrace)", "KeyValuePair.Create(\"error.type\", (object?)error.GetType().FullName)", "SetTag(\"error\", error.StackTrace)")]
    [InlineData("new KeyValuePair<string, object?>(\"error\", error.InnerException?.Message)", "new KeyValuePair<string, object?>(\"error.type\", error.InnerException?.GetType().FullName)", "SetTag(\"error\", error.InnerException?.Message)")]
    public Task Exception_KeepsItsType(string tag, string kept, string set) => Verify(
        $"counter.[|Add|](1, {tag});",
        $"""
        Activity.Current?.{set};
        counter.Add(1, {kept});
        """);

    [Fact]
    public Task Exception_WhoseTypeIsThereAlready() => Verify(
        """counter.[|Add|](1, new KeyValuePair<string, object?>("error.type", error.GetType().Name), new KeyValuePair<string, object?>("message", error.Message));""",
        """
        Activity.Current?.SetTag("message", error.Message);
        counter.Add(1, new KeyValuePair<string, object?>("error.type", error.GetType().Name));
        """);

    [Fact]
    public Task Exception_WithSeveralTexts() => Verify(
        """counter.[|Add|](1, new KeyValuePair<string, object?>("message", error.Message), new KeyValuePair<string, object?>("stack", error.StackTrace));""",
        """
        Activity.Current?.SetTag("message", error.Message);
        Activity.Current?.SetTag("stack", error.StackTrace);
        counter.Add(1, new KeyValuePair<string, object?>("error.type", error.GetType().FullName));
        """);

    [Fact]
    public Task Exception_InATagList() => Verify(
        """
        var tags = new TagList();
        tags.Add("error", error.Message); // why
        counter.[|Add|](1, tags);
        """,
        """
        var tags = new TagList();
        Activity.Current?.SetTag("error", error.Message);
        tags.Add("error.type", error.GetType().FullName); // why
        counter.Add(1, tags);
        """);

    [Fact]
    public Task Exception_InALocal() => Verify(
        """
        var tag = new KeyValuePair<string, object?>("error", error.Message);
        counter.[|Add|](1, tag);
        """,
        """
        Activity.Current?.SetTag("error", error.Message);
        var tag = new KeyValuePair<string, object?>("error.type", error.GetType().FullName);
        counter.Add(1, tag);
        """);

    [Fact]
    public Task TagInALocal() => Verify<TL5002_UnboundedMetricTag>.NoFix<TL5002_MoveTagToSpan>(Measure("""
        var tag = new KeyValuePair<string, object?>("id", Guid.NewGuid());
        counter.[|Add|](1, tag);
        """));
}

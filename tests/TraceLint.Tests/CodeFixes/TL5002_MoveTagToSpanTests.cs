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
        counter.Add(1, new KeyValuePair<string, object?>("order", order));
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
            counter.Add(1);
        };
        """);

    [Fact]
    public Task ObservedMeasurement_HasNoSpan() => Verify(
        """meter.CreateObservableGauge("queue", () => new [|Measurement|]<int>(1, new KeyValuePair<string, object?>("at", DateTime.Now)));""",
        """meter.CreateObservableGauge("queue", () => new Measurement<int>(1));""");

    [Fact]
    public Task TagInALocal() => Verify<TL5002_UnboundedMetricTag>.NoFix<TL5002_MoveTagToSpan>(Measure("""
        var tag = new KeyValuePair<string, object?>("error", error.Message);
        counter.[|Add|](1, tag);
        """));
}

using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.MetricCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL5002 stays silent about: values of which there are few, or that are no tags of measurements.</summary>
public class TL5002_UnboundedMetricTagSilentTests
{
    private static Task Verify(string statements, string members = "") => Verify<TL5002_UnboundedMetricTag>.Rule(Measure(statements, members));

    [Fact]
    public Task Spans() => Verify("""
        activity.SetTag("error", error.Message);
        activity.AddTag("id", Guid.NewGuid());
        activity.AddEvent(new ActivityEvent("failed", tags: new ActivityTagsCollection { { "error", error.ToString() } }));
        """);

    [Fact]
    public Task BoundedValues() => Verify("""
        counter.Add(1, new KeyValuePair<string, object?>("kind", activity.Kind));
        counter.Add(1, new KeyValuePair<string, object?>("error", error.GetType().Name));
        counter.Add(1, new KeyValuePair<string, object?>("error", error.HResult));
        counter.Add(1, new KeyValuePair<string, object?>("source", activity.Source.Name));
        counter.Add(1, new("order", order), new("sampled", activity.Recorded));
        """);

    [Fact]
    public Task PartsOfATime() => Verify("""
        counter.Add(1, new KeyValuePair<string, object?>("hour", DateTime.Now.Hour));
        counter.Add(1, new KeyValuePair<string, object?>("day", DateTime.UtcNow.DayOfWeek.ToString()));
        counter.Add(1, new KeyValuePair<string, object?>("month", DateTime.UtcNow.ToString("yyyy-MM")));
        counter.Add(1, new KeyValuePair<string, object?>("hour", $"{DateTime.Now:HH}"));
        """);

    [Fact]
    public Task WhatAMethodMakesOfIt() => Verify(
        """
        counter.Add(1, new KeyValuePair<string, object?>("error", Classify(error.Message)));
        counter.Add(1, new KeyValuePair<string, object?>("length", error.Message.Length));
        counter.Add(1, new KeyValuePair<string, object?>("failed", error.Message.Contains("time-out")));
        counter.Add(1, new KeyValuePair<string, object?>("shard", Guid.NewGuid().GetHashCode() % 8));
        """,
        "private static string Classify(string text) => text.Length > 10 ? \"long\" : \"short\";");

    [Fact]
    public Task Value() => Verify("""
        counter.Add(error.Message.Length);
        duration.Record((DateTime.UtcNow - activity.StartTimeUtc).TotalSeconds, new KeyValuePair<string, object?>("order", order));
        """);

    [Fact]
    public Task TagListForSomethingElse() => Verify("""
        var tags = new TagList { { "trace", activity.TraceId } };
        foreach (var tag in tags)
            activity.SetTag(tag.Key, tag.Value);
        var metricTags = new TagList { { "kind", activity.Kind } };
        counter.Add(1, metricTags);
        """);

    [Fact]
    public Task OtherCollections() => Verify("""
        var fields = new Dictionary<string, object?>();
        fields.Add("error", error.Message);
        var pairs = new List<KeyValuePair<string, object?>> { new("id", Guid.NewGuid()) };
        pairs.Add(new("error", error.Message));
        """);

    [Fact]
    public Task OwnInstrument() => Verify("""
        new Own.Counter<long>().Add(1, new KeyValuePair<string, object?>("id", Guid.NewGuid()));
        """, "private static class Own { public class Counter<T> { public void Add(T value, KeyValuePair<string, object?> tag) { } } }");

    [Fact]
    public Task OwnException() => Verify("""
        counter.Add(1, new KeyValuePair<string, object?>("error", new Problem().Message));
        """, "private class Problem { public string Message => \"timeout\"; }");

    [Fact]
    public Task TagsOfTheMeter() => Verify("""
        meter.CreateCounter<int>("c", null, null, new[] { new KeyValuePair<string, object?>("instance", Guid.NewGuid()) });
        """);
}

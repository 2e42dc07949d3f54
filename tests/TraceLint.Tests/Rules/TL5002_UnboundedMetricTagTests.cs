using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.MetricCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL5002 reports. What it does not is in TL5002_UnboundedMetricTagSilentTests.</summary>
public class TL5002_UnboundedMetricTagTests
{
    private static Task Verify(string statements, string members = "") => Verify<TL5002_UnboundedMetricTag>.Rule(Measure(statements, members));

    [Fact]
    public Task EveryInstrument() => Verify("""
        counter.[|Add|](1, new KeyValuePair<string, object?>("trace", activity.TraceId));
        waiting.[|Add|](-1, new KeyValuePair<string, object?>("trace", activity.TraceId.ToString()));
        duration.[|Record|](0.5, new KeyValuePair<string, object?>("span", Activity.Current?.SpanId.ToHexString()));
        depth.[|Record|](5, KeyValuePair.Create<string, object?>("activity", Activity.Current?.Id));
        """);

    [Fact]
    public Task EveryValue() => Verify("""
        counter.[|Add|](1, new KeyValuePair<string, object?>("id", Guid.NewGuid()));
        counter.[|Add|](1, new KeyValuePair<string, object?>("id", $"order-{Guid.NewGuid():N}"));
        counter.[|Add|](1, new KeyValuePair<string, object?>("at", DateTime.UtcNow));
        counter.[|Add|](1, new KeyValuePair<string, object?>("at", DateTimeOffset.Now.ToString("o")));
        counter.[|Add|](1, new KeyValuePair<string, object?>("error", error.Message));
        counter.[|Add|](1, new KeyValuePair<string, object?>("error", "failed: " + error.StackTrace));
        counter.[|Add|](1, new KeyValuePair<string, object?>("error", error.ToString()));
        counter.[|Add|](1, new KeyValuePair<string, object?>("error", flag ? error.InnerException?.Message ?? "none" : "ok"));
        counter.[|Add|](1, new KeyValuePair<string, object?>("root", string.Format("{0}/{1}", order, activity.RootId)));
        """);

    [Fact]
    public Task SeveralTags() => Verify("""
        counter.[|Add|](1, new("order", order), new("error", error.Message));
        counter.[|Add|](1, new("a", 1), new("b", 2), new("c", 3), new("trace", activity.TraceId));
        counter.[|Add|](1, new KeyValuePair<string, object?>[] { new("a", 1), new("trace", activity.TraceId) });
        """);

    [Fact]
    public Task TagLists() => Verify("""
        var tags = new TagList { { "kind", "order" }, { "trace", activity.TraceId.ToString() } };
        counter.[|Add|](1, tags);
        duration.[|Record|](1, in tags);
        var others = new TagList();
        others.Add("error", error.Message);
        others.Add(new KeyValuePair<string, object?>("kind", "order"));
        waiting.[|Add|](1, others);
        """);

    [Fact]
    public Task Locals() => Verify("""
        var id = Guid.NewGuid().ToString();
        var tag = new KeyValuePair<string, object?>("id", id);
        var tags = new[] { tag };
        counter.[|Add|](1, tag);
        counter.[|Add|](1, tags);
        """);

    [Fact]
    public Task ObservedMeasurements() => Verify("""
        meter.CreateObservableGauge("queue", () => new [|Measurement|]<int>(1, new KeyValuePair<string, object?>("at", DateTime.Now)));
        """,
        """
        private static IEnumerable<Measurement<int>> Observe()
        {
            yield return [|new|](1, new KeyValuePair<string, object?>("id", Guid.NewGuid()));
        }
        """);
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using Decoys.Platform;

namespace Decoys.Tracing;

/// <summary>Measurements with tags of which there are few; what is different every time goes to the span.</summary>
internal sealed class Measurements
{
    private static readonly Meter _meter = new("Decoys");
    private static readonly Counter<long> _placed = _meter.CreateCounter<long>("orders.placed");
    private static readonly UpDownCounter<int> _waiting = _meter.CreateUpDownCounter<int>("orders.waiting");
    private static readonly Histogram<double> _duration = _meter.CreateHistogram<double>("orders.duration");
    private static readonly Gauge<int> _depth = _meter.CreateGauge<int>("queue.depth");

    public Measurements()
    {
        _meter.CreateObservableGauge("queue.oldest", static () => new Measurement<int>(1, new KeyValuePair<string, object?>("queue", Names.NoticeQueue)));
        _meter.CreateObservableCounter("queue.read", Observe);
    }

    public static void Placed(Order order, Exception? error)
    {
        _placed.Add(1, new KeyValuePair<string, object?>("region", order.Region), new("error.type", error?.GetType().FullName));
        Activity.Current?.SetTag("error.message", error?.Message);
        Activity.Current?.AddEvent(new ActivityEvent("failed", tags: new ActivityTagsCollection { { "exception.stacktrace", error?.StackTrace } }));
    }

    public static void Waiting(Order order, long started)
    {
        var tags = new TagList { { "region", order.Region } };
        tags.Add("lines", order.Lines.Count > 10 ? "many" : "few");
        _waiting.Add(-1, tags);
        _duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
    }

    public static void ByTime()
    {
        _depth.Record(7, new KeyValuePair<string, object?>("hour", DateTime.UtcNow.Hour));
        _depth.Record(7, new KeyValuePair<string, object?>("day", DateTime.UtcNow.DayOfWeek));
        _depth.Record(7, new KeyValuePair<string, object?>("month", DateTimeOffset.UtcNow.ToString("yyyy-MM")));
    }

    public static void Classified(Exception error)
    {
        _placed.Add(1, new KeyValuePair<string, object?>("reason", ReasonOf(error.Message)));
        _placed.Add(1, new KeyValuePair<string, object?>("transient", error.Message.Contains("time-out")));
        _placed.Add(1, new KeyValuePair<string, object?>("code", error.HResult));
    }

    public static void AboutTheSpan(Activity activity)
    {
        _placed.Add(1, new KeyValuePair<string, object?>("kind", activity.Kind), new("source", activity.Source.Name), new("sampled", activity.Recorded));
        _duration.Record(activity.Duration.TotalSeconds, new KeyValuePair<string, object?>("operation", activity.OperationName));
    }

    public static void Elsewhere(Exception error)
    {
        var fields = new Dictionary<string, object?>();
        fields.Add("error", error.Message);
        fields.Add("trace", Activity.Current?.TraceId.ToString());
        var pairs = new List<KeyValuePair<string, object?>> { new("id", Guid.NewGuid()) };
        pairs.Add(new("at", DateTime.UtcNow));
        foreach (var pair in pairs.Concat(fields))
            Activity.Current?.SetTag(pair.Key, pair.Value);
    }

    private static IEnumerable<Measurement<long>> Observe()
    {
        yield return new(1, new KeyValuePair<string, object?>("topic", Names.Orders));
        yield return new(2, new KeyValuePair<string, object?>("topic", Names.Prices));
    }

    private static string ReasonOf(string text) => text.StartsWith("Broker", StringComparison.Ordinal) ? "broker" : "other";
}

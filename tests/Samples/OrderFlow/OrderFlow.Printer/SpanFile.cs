using System.Diagnostics;
using System.Text.Json;

namespace OrderFlow.Printer;

/// <summary>Writes spans to a file, one a line: a collector for those who have none. What a parent has not sampled is not sampled here.</summary>
public sealed class SpanFile : IDisposable
{
    /// <summary>The environment variable that holds the path.</summary>
    public const string Variable = "ORDERFLOW_SPANS";

    private readonly ActivityListener _listener;

    public SpanFile(ActivitySource source, string path)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = other => other == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent == default || options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
                    ? ActivitySamplingResult.AllDataAndRecorded
                    : ActivitySamplingResult.PropagationData,
            ActivityStopped = activity =>
            {
                if (activity.Recorded)
                    File.AppendAllLines(path, [JsonSerializer.Serialize(Span.Of(activity))]);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public static IEnumerable<Span> Read(string path) => File.ReadLines(path).Select(line => JsonSerializer.Deserialize<Span>(line)!);

    public void Dispose() => _listener.Dispose();
}

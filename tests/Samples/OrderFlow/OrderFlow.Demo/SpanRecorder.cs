using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;

namespace OrderFlow.Demo;

/// <summary>Keeps every span that has ended.</summary>
internal sealed class SpanRecorder : BaseProcessor<Activity>
{
    private readonly ConcurrentQueue<Activity> _spans = new();

    public IReadOnlyCollection<Activity> Spans => _spans;

    public override void OnEnd(Activity data) => _spans.Enqueue(data);
}

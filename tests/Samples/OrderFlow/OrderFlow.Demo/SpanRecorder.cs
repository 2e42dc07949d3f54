using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;
using OrderFlow.Printer;

namespace OrderFlow.Demo;

/// <summary>Keeps every span that has ended.</summary>
/// <param name="isNoise">Those it does not keep.</param>
internal sealed class SpanRecorder(Predicate<Activity> isNoise) : BaseProcessor<Activity>
{
    private readonly ConcurrentQueue<Span> _spans = new();

    public IReadOnlyCollection<Span> Spans => _spans;

    public override void OnEnd(Activity data)
    {
        if (!isNoise(data))
            _spans.Enqueue(Span.Of(data));
    }

    /// <summary>Waits until a span of every name has ended; several, if a name is there several times.</summary>
    /// <returns>The names that are still missing when time is up.</returns>
    public async Task<IReadOnlyList<string>> WaitForAsync(IReadOnlyList<string> names, TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var missing = names.ToList();
            foreach (var span in _spans)
                missing.Remove(span.Name);
            if (missing.Count == 0 || clock.Elapsed > patience)
                return missing;

            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry;

namespace OrderFlow.Demo;

/// <summary>Keeps every span that has ended.</summary>
/// <param name="isNoise">Those it does not keep.</param>
internal sealed class SpanRecorder(Predicate<Activity> isNoise) : BaseProcessor<Activity>
{
    private readonly ConcurrentQueue<Activity> _spans = new();

    public IReadOnlyCollection<Activity> Spans => _spans;

    public override void OnEnd(Activity data)
    {
        if (!isNoise(data))
            _spans.Enqueue(data);
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
                missing.Remove(span.DisplayName);
            if (missing.Count == 0 || clock.Elapsed > patience)
                return missing;

            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }
}

// Values without bound in a metric.
namespace Kinds;
internal sealed class R12(System.Diagnostics.Metrics.Counter<int> counter)
{
    public void Ticks() => counter.Add(1, new KeyValuePair<string, object?>("at", DateTime.UtcNow.Ticks));

    public void Unix() => counter.Add(1, new KeyValuePair<string, object?>("at", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()));

    public void Own() => counter.Add(1, new KeyValuePair<string, object?>("id", NewId()));

    private static string NewId() => Guid.NewGuid().ToString("N");
}

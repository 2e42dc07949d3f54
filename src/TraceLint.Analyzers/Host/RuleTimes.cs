using System.Collections.Concurrent;
using System.Diagnostics;
using TraceLint.Rules;

namespace TraceLint.Host;

/// <summary>How long each rule takes, for the survey's cost tables. Shared work is charged to the rule that triggers it first.</summary>
internal sealed class RuleTimes
{
    private readonly ConcurrentDictionary<string, long> _ticks = new(StringComparer.Ordinal);

    /// <summary>The time of each rule, summed over all compilations and threads.</summary>
    public IEnumerable<KeyValuePair<string, TimeSpan>> All
        => _ticks.Select(
            static entry => new KeyValuePair<string, TimeSpan>(entry.Key, TimeSpan.FromSeconds((double)entry.Value / Stopwatch.Frequency)));

    /// <summary>Charges the time until the returned scope is disposed to a rule.</summary>
    /// <param name="times">Collects the time; null when nothing is measured.</param>
    public static Scope Measure(RuleTimes? times, Rule rule) => times is null ? default : new Scope(times, rule);

    /// <summary>A measured period, which ends when it is disposed.</summary>
    public readonly struct Scope(RuleTimes times, Rule rule) : IDisposable
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        /// <inheritdoc/>
        public void Dispose()
        {
            var elapsed = Stopwatch.GetTimestamp() - _start;
            times?._ticks.AddOrUpdate(rule.Descriptor.Id, elapsed, (_, sum) => sum + elapsed);
        }
    }
}

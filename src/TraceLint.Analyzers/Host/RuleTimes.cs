using System.Collections.Concurrent;
using System.Diagnostics;
using TraceLint.Rules;

namespace TraceLint.Host;

/// <summary>How long each rule takes, for the survey's cost tables. What rules share is charged to the one that asks first.</summary>
internal sealed class RuleTimes
{
    private readonly ConcurrentDictionary<string, long> _ticks = new(StringComparer.Ordinal);

    /// <summary>The time by rule, added up over all compilations and threads.</summary>
    public IEnumerable<KeyValuePair<string, TimeSpan>> All
        => _ticks.Select(static entry => new KeyValuePair<string, TimeSpan>(entry.Key, TimeSpan.FromSeconds((double)entry.Value / Stopwatch.Frequency)));

    /// <summary>Charges what runs until the result is disposed to a rule; charges nothing when nobody measures.</summary>
    public static Scope Measure(RuleTimes? times, Rule rule) => times is null ? default : new Scope(times, rule);

    /// <summary>A stretch of time.</summary>
    public readonly struct Scope(RuleTimes times, Rule rule) : IDisposable
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        /// <summary>Ends it.</summary>
        public void Dispose()
        {
            var elapsed = Stopwatch.GetTimestamp() - _start;
            times?._ticks.AddOrUpdate(rule.Descriptor.Id, elapsed, (_, sum) => sum + elapsed);
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace OrderFlow.Worker;

/// <summary>
/// Messages that have to leave once a payment is made, whatever happens to Kafka. A table next to the payments, in
/// memory as long as there is no database.
/// </summary>
internal sealed class Outbox
{
    private readonly ConcurrentQueue<OutboxRow> _rows = new();

    /// <summary>Adds a row that belongs to the current trace.</summary>
    public void Add(string topic, string key, string value) =>
        _rows.Enqueue(new OutboxRow(topic, key, value, Activity.Current?.Id, Activity.Current?.TraceStateString));

    /// <summary>Looks at the oldest row.</summary>
    public bool TryPeek([NotNullWhen(true)] out OutboxRow? row) => _rows.TryPeek(out row);

    /// <summary>Removes the oldest row.</summary>
    public void Remove() => _rows.TryDequeue(out _);
}

/// <summary>A message, and the trace it belongs to: when it is published, nobody remembers.</summary>
internal sealed record OutboxRow(string Topic, string Key, string Value, string? TraceParent, string? TraceState);

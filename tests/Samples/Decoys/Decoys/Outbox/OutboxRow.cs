using System.Diagnostics;
using System.Text.Json;

namespace Decoys.Outbox;

/// <summary>A message that was stored with the business data, and the headers that it had then.</summary>
internal sealed class OutboxRow
{
    public long Id { get; init; }

    public required string Topic { get; init; }

    public required string Key { get; init; }

    public required byte[] Payload { get; init; }

    /// <summary>The headers, as JSON.</summary>
    public string HeadersJson { get; init; } = JsonSerializer.Serialize(new Dictionary<string, string?> { ["traceparent"] = Activity.Current?.Id });
}

/// <summary>A row of the older table, which had a column for the parent.</summary>
internal sealed record LegacyOutboxRow(long Id, string Topic, string Payload, string? TraceParent, string? TraceState);

internal interface IOutbox
{
    IAsyncEnumerable<OutboxRow> ReadAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<LegacyOutboxRow>> ReadLegacyAsync(CancellationToken cancellationToken);

    Task DeleteAsync(long id, CancellationToken cancellationToken);
}

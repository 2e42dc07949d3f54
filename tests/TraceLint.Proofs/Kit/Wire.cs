using System.Diagnostics;

namespace TraceLint.Proofs.Kit;

/// <summary>
/// The other side of a message, written after the W3C's text and not with anybody's propagator: a proof must not share a
/// mistake with what it proves.
/// </summary>
internal static class Wire
{
    private const string TraceParent = "traceparent";
    private const string TraceState = "tracestate";
    private const string BaggageField = "baggage";

    /// <summary>The headers of a message that somebody sends who does it right.</summary>
    /// <param name="isForwarded">Whether an older traceparent comes first.</param>
    public static IEnumerable<(string Key, string Value)> Headers(bool isForwarded)
    {
        var current = Activity.Current!;
        if (isForwarded)
        {
            yield return (TraceParent, $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01");
        }

        yield return (TraceParent, $"00-{current.TraceId}-{current.SpanId}-{(current.Recorded ? "01" : "00")}");
        yield return (TraceState, Origin.TraceState);
        yield return (BaggageField, $"{Origin.BaggageKey}={Origin.BaggageValue}");
    }

    /// <summary>Processes a message as somebody does who does it right: with one span, the child of what came with the message.</summary>
    /// <param name="name">The name of the span.</param>
    /// <param name="headers">As they came, duplicates included.</param>
    public static void Process(string name, IReadOnlyCollection<(string Key, string? Value)> headers)
    {
        Origin.Leave();
        var fields = headers.ToLookup(static header => header.Key, static header => header.Value, StringComparer.OrdinalIgnoreCase);
        var parents = fields[TraceParent].ToArray();
        var isParsed = ActivityContext.TryParse(parents is [var only] ? only : null, fields[TraceState].FirstOrDefault(), isRemote: true, out var parent);
        using var span = Origin.Source.StartActivity(name, ActivityKind.Consumer, parent)!;
        RecordedSpan.Note(span, isParsed ? Losses(fields) : parents.Length switch
        {
            0 => [],
            1 => [$"traceparent \"{parents[0]}\""],
            var count => [$"{count} traceparents"],
        });
    }

    private static IEnumerable<string> Losses(ILookup<string, string?> fields)
    {
        if (fields[TraceState].Count() > 1)
        {
            yield return $"{fields[TraceState].Count()} tracestates";
        }

        switch (fields[BaggageField].ToArray())
        {
            case [var baggage]:
                if (baggage?.Replace(" ", "", StringComparison.Ordinal) != $"{Origin.BaggageKey}={Origin.BaggageValue}")
                {
                    yield return $"baggage \"{baggage}\"";
                }

                break;
            case []:
                yield return "no baggage";
                break;
            case var several:
                yield return $"{several.Length} baggages";
                break;
        }
    }
}

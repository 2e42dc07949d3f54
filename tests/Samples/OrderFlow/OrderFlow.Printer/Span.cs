using System.Diagnostics;

namespace OrderFlow.Printer;

/// <summary>What is told of a span that has ended.</summary>
/// <param name="LinkedTraces">The traces of the spans that it is linked to.</param>
public sealed record Span(
    string TraceId, string Id, string ParentId, string Name, ActivityKind Kind, string Source, DateTime Start, bool IsSampled, IReadOnlyList<string> LinkedTraces)
{
    public static Span Of(Activity activity) => new(
        activity.TraceId.ToHexString(),
        activity.SpanId.ToHexString(),
        activity.ParentSpanId.ToHexString(),
        activity.DisplayName,
        activity.Kind,
        activity.Source.Name,
        activity.StartTimeUtc,
        activity.Recorded,
        [.. activity.Links.Select(link => link.Context.TraceId.ToHexString())]);
}

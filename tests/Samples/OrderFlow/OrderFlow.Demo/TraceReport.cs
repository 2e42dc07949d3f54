using System.Diagnostics;

namespace OrderFlow.Demo;

/// <summary>Writes spans as the trees they form.</summary>
internal sealed class TraceReport(TextWriter output)
{
    private const int NameWidth = 56;

    public void Write(IReadOnlyCollection<Activity> spans)
    {
        var traces = spans
            .OrderBy(span => span.StartTimeUtc)
            .GroupBy(span => span.TraceId)
            .Select(trace => new Trace(trace.Key, [.. trace]))
            .ToList();

        for (var i = 0; i < traces.Count; i++)
        {
            output.WriteLine($"Trace {i + 1} of {traces.Count}  {traces[i].Id.ToHexString()[..8]}");
            foreach (var root in traces[i].Roots)
                WriteSpan(traces[i], root, indent: "  ", branch: "", below: "");
            output.WriteLine();
        }

        output.WriteLine(Verdict(traces));
    }

    private void WriteSpan(Trace trace, Activity span, string indent, string branch, string below)
    {
        var name = $"{indent}{branch}{span.DisplayName}";
        output.WriteLine($"{name.PadRight(NameWidth)}  {span.Kind,-8}  {span.Source.Name}");

        var children = trace.ChildrenOf(span);
        for (var i = 0; i < children.Count; i++)
        {
            var isLast = i == children.Count - 1;
            WriteSpan(trace, children[i], indent + below, isLast ? "└─ " : "├─ ", isLast ? "   " : "│  ");
        }
    }

    private static string Verdict(List<Trace> traces) => traces switch
    {
        [{ Roots.Count: 1 }] => "1 trace: whole",
        [var trace] => $"1 trace in {trace.Roots.Count} pieces",
        _ => $"{traces.Count} traces where 1 is meant",
    };

    /// <param name="Id">What its spans have in common.</param>
    /// <param name="Spans">In the order in which they started.</param>
    private sealed record Trace(ActivityTraceId Id, List<Activity> Spans)
    {
        /// <summary>The span that began the trace, and any other whose parent was not recorded.</summary>
        public List<Activity> Roots { get; } =
            [.. Spans.Where(span => !Spans.Exists(other => other.SpanId == span.ParentSpanId))];

        public List<Activity> ChildrenOf(Activity parent) => Spans.FindAll(span => span.ParentSpanId == parent.SpanId);
    }
}

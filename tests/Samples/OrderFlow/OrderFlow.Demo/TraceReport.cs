using OrderFlow.Printer;

namespace OrderFlow.Demo;

/// <summary>Writes spans as the trees they form: the traces, and what was done for a batch and is linked to them.</summary>
internal sealed class TraceReport(TextWriter output)
{
    private const int NameWidth = 56;

    public void Write(IReadOnlyCollection<Span> spans)
    {
        var all = spans
            .OrderBy(span => span.Start)
            .GroupBy(span => span.TraceId)
            .Select(trace => new Trace(trace.Key, [.. trace]))
            .ToList();
        var traces = all.FindAll(trace => !trace.IsBatch);
        var batches = all.FindAll(trace => trace.IsBatch);

        for (var i = 0; i < traces.Count; i++)
            WriteTrace(traces[i], $"Trace {i + 1} of {traces.Count}");
        foreach (var batch in batches)
            WriteTrace(batch, $"Batch of {batch.Linked.Count}, linked to {string.Join(" and ", batch.Linked.Select(id => NameOf(traces, id)).Distinct())}");

        output.WriteLine(Verdict(traces, batches) + Sampling(spans));
    }

    private void WriteTrace(Trace trace, string title)
    {
        output.WriteLine($"{title}  {trace.Id[..8]}");
        foreach (var root in trace.Roots)
            WriteSpan(trace, root, indent: "  ", branch: "", below: "");
        output.WriteLine();
    }

    private void WriteSpan(Trace trace, Span span, string indent, string branch, string below)
    {
        var name = $"{indent}{branch}{span.Name}";
        output.WriteLine($"{name.PadRight(NameWidth)}  {span.Kind,-8}  {span.Source}");

        var children = trace.ChildrenOf(span);
        for (var i = 0; i < children.Count; i++)
        {
            var isLast = i == children.Count - 1;
            WriteSpan(trace, children[i], indent + below, isLast ? "└─ " : "├─ ", isLast ? "   " : "│  ");
        }
    }

    private static string NameOf(List<Trace> traces, string id) =>
        traces.FindIndex(trace => trace.Id == id) is >= 0 and var index ? $"trace {index + 1}" : "a trace that is not here";

    private static string Verdict(List<Trace> traces, List<Trace> batches) => (traces, batches.Count) switch
    {
        ([{ Roots.Count: 1 }], 0) => "1 trace: whole",
        ([{ Roots.Count: 1 }], var count) => $"1 trace: whole, and {count} batches linked to it",
        ([var trace], _) => $"1 trace in {trace.Roots.Count} pieces",
        _ => $"{traces.Count} traces where 1 is meant",
    };

    private static string Sampling(IReadOnlyCollection<Span> spans) => spans.Count(span => span.IsSampled) switch
    {
        0 => ", nothing of it sampled",
        var sampled when sampled == spans.Count => "",
        var sampled => $", {sampled} of {spans.Count} spans sampled",
    };

    /// <param name="Id">What its spans have in common.</param>
    /// <param name="Spans">In the order in which they started.</param>
    private sealed record Trace(string Id, List<Span> Spans)
    {
        /// <summary>The span that began the trace, and any other whose parent was not recorded.</summary>
        public List<Span> Roots { get; } =
            [.. Spans.Where(span => !Spans.Exists(other => other.Id == span.ParentId))];

        /// <summary>The traces of the messages that its first span was started for.</summary>
        public IReadOnlyList<string> Linked => Roots[0].LinkedTraces;

        public bool IsBatch => Linked.Count > 0;

        public List<Span> ChildrenOf(Span parent) => Spans.FindAll(span => span.ParentId == parent.Id);
    }
}

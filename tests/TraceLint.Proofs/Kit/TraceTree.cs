using System.Globalization;
using System.Text;

namespace TraceLint.Proofs.Kit;

/// <summary>Spans as the trees they form, for people to read.</summary>
internal static class TraceTree
{
    private const int NameWidth = 40;

    public static string Text(string title, IReadOnlyCollection<RecordedSpan> spans)
    {
        var text = new StringBuilder();
        foreach (var trace in spans.GroupBy(static span => span.Activity.TraceId))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{title}: trace {trace.Key}");
            foreach (var root in trace.Where(span => span.ParentIn(spans) is null))
            {
                Append(text, root, spans, indent: "  ", branch: "", below: "");
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, RecordedSpan span, IReadOnlyCollection<RecordedSpan> spans, string indent, string branch, string below)
    {
        var notes = string.Join(", ", span.NotesIn(spans));
        var name = $"{indent}{branch}{span.Name}";
        text.AppendLine($"{name.PadRight(NameWidth)} {span.Activity.SpanId} {(span.Activity.Recorded ? "01" : "00")} {notes}".TrimEnd());
        if (span.Activity.GetCustomProperty(RecordedSpan.Failure) is Exception exception)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{exception}");
        }

        var children = spans.Where(child => child.ParentIn(spans) == span).ToList();
        for (var i = 0; i < children.Count; i++)
        {
            var isLast = i == children.Count - 1;
            Append(text, children[i], spans, indent + below, isLast ? "└─ " : "├─ ", isLast ? "   " : "│  ");
        }
    }
}

using System.Globalization;
using System.Net;
using System.Text;

namespace TraceLint.Package.Tests.Scene;

/// <summary>
/// The picture in the README, as SVG: the traces that OrderFlow prints before and after the fixes. Ids are left out and siblings are in the
/// order of their names, so that each run gives the same picture.
/// </summary>
internal static class TracePicture
{
    private const int Width = 860;
    private const int Margin = 16;
    private const int Gap = 10;
    private const int LineHeight = 15;
    private const int Indent = 14;
    private const int Columns = 3;

    /// <summary>Draws two runs.</summary>
    /// <param name="before">What the sample printed as it is.</param>
    /// <param name="after">What it printed with all fixes applied.</param>
    public static string Of(string before, string after)
    {
        var body = new StringBuilder();
        var (broken, whole) = (TracesIn(before), TracesIn(after));
        var y = Heading(body, 28, "broken", "Before", $"one order, {broken.Count} traces");
        y = Cards(body, y, broken, Columns, "broken");
        y = Heading(body, y + 26, "whole", "After dotnet format analyzers", $"one trace, and {whole.Count - 1} batches that are linked to it");
        y = Cards(body, y, whole, 2, "whole") + 20;
        Legend(body, y);
        return $$"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{{Width}}" height="{{y + Margin}}" viewBox="0 0 {{Width}} {{y + Margin}}" role="img"
                aria-label="The traces of one order: {{broken.Count}} before the fixes, one after them">
              <style>
                text { font: 11px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #1f2328; }
                .title { font: 600 15px system-ui, sans-serif; }
                .note { font: 13px system-ui, sans-serif; fill: #59636e; }
                .page { fill: #ffffff; }
                .card { fill: #f6f8fa; stroke-width: 1.5; }
                .broken { stroke: #cf222e; }
                .whole { stroke: #1a7f37; }
                .branch { fill: none; stroke: #8c959f; }
                .Producer { fill: #8250df; }
                .Consumer { fill: #0969da; }
                .Client, .Server { fill: #bf8700; }
                .Internal { fill: #8c959f; }
              </style>
              <rect class="page" width="{{Width}}" height="{{y + Margin}}" rx="8"/>
            {{body.ToString().TrimEnd('\n')}}
            </svg>

            """.ReplaceLineEndings("\n");
    }

    private static int Heading(StringBuilder body, int y, string mood, string title, string note)
    {
        body.Append(CultureInfo.InvariantCulture, $"  <circle class=\"{mood}\" cx=\"{Margin + 6}\" cy=\"{y - 5}\" r=\"5\" fill=\"none\" stroke-width=\"3\"/>\n");
        body.Append(CultureInfo.InvariantCulture, $"  <text class=\"title\" x=\"{Margin + 20}\" y=\"{y}\">{WebUtility.HtmlEncode(title)}</text>\n");
        body.Append(CultureInfo.InvariantCulture, $"  <text class=\"note\" x=\"{Width - Margin}\" y=\"{y}\" text-anchor=\"end\">{WebUtility.HtmlEncode(note)}</text>\n");
        return y + 12;
    }

    private static void Legend(StringBuilder body, int y)
    {
        var x = Margin;
        foreach (var kind in new[] { "Producer", "Consumer", "Client", "Internal" })
        {
            var name = kind is "Client" ? "client and server spans" : $"{kind.ToLowerInvariant()} spans";
            body.Append(CultureInfo.InvariantCulture, $"  <circle class=\"{kind}\" cx=\"{x + 3}\" cy=\"{y - 4}\" r=\"3.5\"/>\n");
            body.Append(CultureInfo.InvariantCulture, $"  <text x=\"{x + 11}\" y=\"{y}\">{name}</text>\n");
            x += 30 + (name.Length * 7);
        }
    }

    // Each card goes into the column that is the shortest so far; a linked batch, which is no trace of the order, to the right.
    private static int Cards(StringBuilder body, int top, List<Node> traces, int columns, string mood)
    {
        var width = (Width - (2 * Margin) - ((columns - 1) * Gap)) / columns;
        var bottoms = Enumerable.Repeat(top, columns).ToArray();
        foreach (var trace in traces)
        {
            var column = Array.IndexOf(bottoms, bottoms.Min());
            var (x, y) = (Margin + (column * (width + Gap)), bottoms[column]);
            var height = (trace.Size * LineHeight) + 12;
            body.Append(CultureInfo.InvariantCulture, $"  <rect class=\"card {mood}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"5\"/>\n");
            Draw(body, trace, x + 10, y + 6);
            bottoms[column] = y + height + Gap;
        }

        return bottoms.Max() - Gap;
    }

    private static int Draw(StringBuilder body, Node span, int x, int y)
    {
        var middle = y + (LineHeight / 2);
        body.Append(CultureInfo.InvariantCulture, $"  <circle class=\"{span.Kind}\" cx=\"{x + 3}\" cy=\"{middle}\" r=\"3.5\"/>\n");
        body.Append(CultureInfo.InvariantCulture, $"  <text x=\"{x + 11}\" y=\"{y + 11}\">{WebUtility.HtmlEncode(span.Name)}</text>\n");
        var next = y + LineHeight;
        foreach (var child in span.Children)
        {
            body.Append(CultureInfo.InvariantCulture, $"  <path class=\"branch\" d=\"M{x + 3} {middle + 5}V{next + (LineHeight / 2)}h{Indent - 5}\"/>\n");
            next = Draw(body, child, x + Indent, next);
        }

        return next;
    }

    private static List<Node> TracesIn(string output)
    {
        var traces = new List<Node>();
        var open = new Stack<(int Depth, Node Span)>();
        foreach (var line in output.ReplaceLineEndings("\n").Split('\n'))
        {
            var columns = line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (!line.StartsWith("  ", StringComparison.Ordinal) || columns is not [.., var kind, _])
            {
                continue;
            }

            var name = columns[^3].TrimStart('│', '├', '└', '─', ' ');
            var depth = line.IndexOf(name, StringComparison.Ordinal);
            var span = new Node(name, kind);
            while (open.TryPeek(out var above) && above.Depth >= depth)
            {
                open.Pop();
            }

            (open.TryPeek(out var parent) ? parent.Span.Children : traces).Add(span);
            open.Push((depth, span));
        }

        traces.ForEach(static trace => trace.Sort());
        return [.. traces.OrderByDescending(static trace => trace.Name == "place order").ThenByDescending(static trace => trace.Size).ThenBy(static trace => trace.Text, StringComparer.Ordinal)];
    }

    private sealed record Node(string Name, string Kind)
    {
        public List<Node> Children { get; } = [];

        public int Size => 1 + Children.Sum(static child => child.Size);

        /// <summary>The name and those below, to tell siblings of one name apart.</summary>
        public string Text => $"{Name}({string.Join(',', Children.Select(static child => child.Text))})";

        public void Sort()
        {
            Children.ForEach(static child => child.Sort());
            Children.Sort(static (one, other) => string.CompareOrdinal(one.Text, other.Text));
        }
    }
}

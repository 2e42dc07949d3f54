namespace TraceLint.Proofs.Kit;

/// <summary>
/// The traces of a run, in a line. <c>root(publish(&gt;orders))</c> is one trace of three spans, each the child of the one before;
/// <c>root(publish) | orders</c> is two traces. Siblings are separated by ", ", spans of one trace whose parents are not
/// there by " + ". Braces hold tags and what is unusual about a span: <c>orders{2 traceparents}</c>.
/// In a shape that is expected, "&gt;" is before a span that takes its parent from elsewhere and so exists even when that is
/// not sampled; the others then do not.
/// </summary>
internal sealed class Shape
{
    private const string Root = "root";
    private const string Link = "link to ";

    private readonly IReadOnlyList<IReadOnlyList<Node>> _traces;

    private Shape(IReadOnlyList<IReadOnlyList<Node>> traces) => _traces = traces;

    /// <summary>Reads an expected shape.</summary>
    public static Shape Parse(string text) => new([.. new Parser(text).Traces()]);

    /// <summary>The shape that spans have.</summary>
    public static Shape Of(IReadOnlyCollection<RecordedSpan> spans)
        => new([.. spans.GroupBy(static span => span.Activity.TraceId)
            .Select(trace => (IReadOnlyList<Node>)[.. trace.Where(span => span.ParentIn(spans) is null).Select(span => Node.Of(span, spans))])]);

    /// <summary>What is left of it when its root is not sampled: traces that begin elsewhere are.</summary>
    public Shape WhenUnsampled()
    {
        // A link to a span that is not there is one to what was current in its place.
        var current = new Dictionary<string, string>();
        var traces = _traces.Select(trace => trace.Any(static node => node.Contains(Root)) ? [.. trace.SelectMany(node => node.WithoutUnsampled(Root, current))] : trace).ToList();
        return new([.. traces.Select(trace => (IReadOnlyList<Node>)[.. trace.Select(node => node.WithLinks(current))])]);
    }

    /// <summary>The same text for the same shape.</summary>
    public override string ToString()
        => string.Join(" | ", _traces
            .Select(static trace => string.Join(" + ", trace.Select(static node => node.ToString()).Order(StringComparer.Ordinal)))
            .OrderBy(static trace => !trace.StartsWith(Root, StringComparison.Ordinal))
            .ThenBy(static trace => trace, StringComparer.Ordinal));

    private sealed record Node(string Name, bool IsContinued, IReadOnlyList<string> Notes, IReadOnlyList<Node> Children)
    {
        public static Node Of(RecordedSpan span, IReadOnlyCollection<RecordedSpan> spans)
            => new(
                span.Name,
                IsContinued: false,
                [.. span.NotesIn(spans)],
                [.. spans.Where(child => child.ParentIn(spans) == span).Select(child => Of(child, spans))]);

        public bool Contains(string name) => Name == name || Children.Any(child => child.Contains(name));

        public IReadOnlyList<Node> WithoutUnsampled(string parent, Dictionary<string, string> current)
        {
            var isThere = IsContinued || Name == Root;
            if (!isThere)
            {
                current[Name] = parent;
            }

            IReadOnlyList<Node> children = [.. Children.SelectMany(child => child.WithoutUnsampled(isThere ? Name : parent, current))];
            return isThere ? [this with { Children = children, Notes = [.. Notes.Where(static note => !note.Contains('='))] }] : children;
        }

        public Node WithLinks(Dictionary<string, string> current) => this with
        {
            Notes = [.. Notes.Select(note => note.StartsWith(Link, StringComparison.Ordinal) && current.TryGetValue(note[Link.Length..], out var name) ? Link + name : note)],
            Children = [.. Children.Select(child => child.WithLinks(current))],
        };

        public override string ToString()
        {
            var notes = Notes.Count == 0 ? "" : $"{{{string.Join(", ", Notes.Order(StringComparer.Ordinal))}}}";
            var children = Children.Count == 0 ? "" : $"({string.Join(", ", Children.Select(static child => child.ToString()).Order(StringComparer.Ordinal))})";
            return Name + notes + children;
        }
    }

    private sealed class Parser(string text)
    {
        private int _position;

        public List<IReadOnlyList<Node>> Traces() => ListOf(() => (IReadOnlyList<Node>)ListOf(Span, '+'), '|');

        private List<T> ListOf<T>(Func<T> item, char separator)
        {
            var items = new List<T>();
            do
            {
                items.Add(item());
            }
            while (Skip(separator));
            return items;
        }

        private Node Span()
        {
            var isContinued = Skip('>');
            var name = Word();
            IReadOnlyList<string> notes = Skip('{') ? Until('}', ListOf(Word, ',')) : [];
            IReadOnlyList<Node> children = Skip('(') ? Until(')', ListOf(Span, ',')) : [];
            return name.Length > 0 ? new Node(name, isContinued, notes, children) : throw new FormatException($"A span has no name: {text}");
        }

        private List<T> Until<T>(char end, List<T> items)
            => Skip(end) ? items : throw new FormatException($"There is no {end} at {_position}: {text}");

        private string Word()
        {
            var start = _position;
            while (_position < text.Length && !"{}(),|+>".Contains(text[_position]))
            {
                _position++;
            }

            return text[start.._position].Trim();
        }

        private bool Skip(char character)
        {
            while (_position < text.Length && text[_position] == ' ')
            {
                _position++;
            }

            if (_position == text.Length || text[_position] != character)
            {
                return false;
            }

            _position++;
            return true;
        }
    }
}

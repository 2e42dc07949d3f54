using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Editing;

/// <summary>Merges the changes that a fix made in linked documents of the same file, in which different code is active.</summary>
internal static class TextMerge
{
    // Beyond this number of comparisons, the texts are not compared line by line but treated as one difference.
    private const int MostComparisons = 4_000_000;

    /// <summary>The text with both sets of changes.</summary>
    /// <returns>Null when the same lines are changed differently.</returns>
    public static SourceText? Merge(SourceText original, SourceText some, SourceText other)
    {
        var (first, second) = (Changes(original, some), Changes(original, other));
        var added = second.Except(first).ToList();
        return first.Except(second).Any(change => added.Exists(addition => addition.Span.IntersectsWith(change.Span)))
            ? null
            : original.WithChanges(first.Concat(added).OrderBy(static change => change.Span));
    }

    /// <summary>The position of a span after some changes; null when the changes affect its lines.</summary>
    public static TextSpan? Map(TextSpan span, IEnumerable<TextChange> changes)
    {
        var shift = 0;
        foreach (var change in changes.Where(change => change.Span.Start < span.End))
        {
            if (change.Span.End > span.Start)
            {
                return null;
            }

            shift += (change.NewText?.Length ?? 0) - change.Span.Length;
        }

        return new TextSpan(span.Start + shift, span.Length);
    }

    /// <summary>The difference of two texts in whole lines, by their longest common subsequence.</summary>
    // Lines with directives are compared without their indentation, because the formatter indents some of them.
    public static List<TextChange> Changes(SourceText original, SourceText changed)
    {
        var (old, text) = (KeysOf(original), KeysOf(changed));
        var (start, oldEnd, end) = (0, old.Count, text.Count);
        while (start < Math.Min(oldEnd, end) && old[start] == text[start])
        {
            start++;
        }

        while (start < Math.Min(oldEnd, end) && old[oldEnd - 1] == text[end - 1])
        {
            (oldEnd, end) = (oldEnd - 1, end - 1);
        }

        var kept = Kept(old.GetRange(start, oldEnd - start), text.GetRange(start, end - start));
        var changes = new List<TextChange>();
        var (atOld, at) = (start, start);
        foreach (var (keptOld, keptNew) in kept.Select(pair => (pair.Old + start, pair.New + start)).Append((oldEnd, end)))
        {
            if (keptOld > atOld || keptNew > at)
            {
                var span = TextSpan.FromBounds(PositionOf(original, atOld), PositionOf(original, keptOld));
                var inserted = TextSpan.FromBounds(PositionOf(changed, at), PositionOf(changed, keptNew));
                changes.Add(new TextChange(span, changed.ToString(inserted)));
            }

            (atOld, at) = (keptOld + 1, keptNew + 1);
        }

        return changes;
    }

    private static IEnumerable<(int Old, int New)> Kept(List<string> old, List<string> text)
    {
        if ((long)old.Count * text.Count > MostComparisons)
        {
            yield break;
        }

        var longest = new int[old.Count + 1, text.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
        {
            for (var j = text.Count - 1; j >= 0; j--)
            {
                longest[i, j] = old[i] == text[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
            }
        }

        for (var (i, j) = (0, 0); i < old.Count && j < text.Count;)
        {
            if (old[i] == text[j])
            {
                yield return (i++, j++);
            }
            else if (longest[i + 1, j] >= longest[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }
    }

    private static int PositionOf(SourceText text, int line) => line < text.Lines.Count ? text.Lines[line].Start : text.Length;

    private static List<string> KeysOf(SourceText text)
        => text.Lines.Select(line => text.ToString(line.SpanIncludingLineBreak))
            .Select(static line => line.TrimStart() is ['#', ..] directive ? directive : line)
            .ToList();
}

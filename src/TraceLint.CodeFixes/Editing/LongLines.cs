using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Editing;

/// <summary>Breaks lines that a fix made too long, at the outermost place that makes them fit.</summary>
/// <param name="original">
/// The lines of the document before the fix. They are not broken, even if they are indented further now. Neither is a line that was too
/// long before and that the fix changed only in part.
/// </param>
/// <param name="indentation">The indentation of the document.</param>
/// <param name="newLine">The line ending of the document.</param>
/// <param name="options">The parse options of the document.</param>
internal sealed class LongLines(IReadOnlyCollection<string> original, Indentation indentation, string newLine, CSharpParseOptions options)
{
    /// <summary>The maximum length of a line that a fix writes.</summary>
    public const int Limit = 120;

    private readonly HashSet<string> _original = new(original.Select(static line => line.Trim()), StringComparer.Ordinal);
    private readonly List<string> _long = [.. original.Where(line => indentation.WidthOf(line) > Limit).Select(static line => line.Trim())];

    /// <summary>The text with its long lines broken where possible.</summary>
    public SourceText Wrap(SourceText text, CancellationToken cancellation)
    {
        SyntaxNode? root = null;
        for (var number = 0; number < text.Lines.Count;)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!IsTooLong(text.Lines[number]))
            {
                number++;
                continue;
            }

            root ??= CSharpSyntaxTree.ParseText(text, options, cancellationToken: cancellation).GetRoot(cancellation);
            if (Broken(text, root, number) is { } broken)
            {
                (text, root) = (broken, null);
            }
            else
            {
                number++;
            }
        }

        return text;
    }

    /// <summary>Whether a line does not begin in the middle of a token, such as a string of several lines.</summary>
    /// <param name="space">The length of the white space at the beginning of the line.</param>
    public static bool StartsBetweenTokens(SyntaxNode root, TextLine line, int space)
    {
        var token = root.FindToken(line.Start + space);
        return token.SpanStart >= line.Start || token.Span.End <= line.Start;
    }

    private bool IsTooLong(TextLine line)
        => line.Span.Length * indentation.Size > Limit && line.ToString() is var content && indentation.WidthOf(content) > Limit
            && content.Trim() is var code && !_original.Contains(code) && !_long.Exists(other => SharedBy(code, other) * 2 > other.Length);

    // The number of characters that two lines have in common at their beginning and end.
    private static int SharedBy(string one, string other)
    {
        var (shortest, start, end) = (Math.Min(one.Length, other.Length), 0, 0);
        while (start < shortest && one[start] == other[start])
        {
            start++;
        }

        while (start + end < shortest && one[one.Length - 1 - end] == other[other.Length - 1 - end])
        {
            end++;
        }

        return start + end;
    }

    private SourceText? Broken(SourceText text, SyntaxNode root, int number)
    {
        var line = text.Lines[number];
        var width = indentation.WidthOf(line.ToString());
        SourceText? first = null;
        foreach (var place in BreakPlace.On(line, root))
        {
            var (broken, widest) = Break(text, root, line, place);
            if (widest <= Limit || (place.ComesFirst && widest < width))
            {
                return broken;
            }

            first ??= widest < width ? broken : null;
        }

        return first;
    }

    // Also returns the width of the widest resulting line.
    private (SourceText Text, int Widest) Break(SourceText text, SyntaxNode root, TextLine line, BreakPlace place)
    {
        var content = line.ToString();
        var outer = content.Substring(0, content.Length - content.TrimStart().Length);
        var changes = place.Before.Select(part => new TextChange(
            TextSpan.FromBounds(part.Token.GetPreviousToken().Span.End, part.Token.SpanStart),
            newLine + outer + (part.IsIndented ? indentation.Unit : ""))).ToList();

        // The further lines of the node are indented as well.
        var last = line.LineNumber;
        while (last + 1 < text.Lines.Count && text.Lines[last + 1].Start < place.Node.Span.End)
        {
            last++;
            var moved = text.Lines[last];
            var space = moved.ToString() is var own ? own.Length - own.TrimStart().Length : 0;
            if (space < moved.Span.Length && StartsBetweenTokens(root, moved, space))
            {
                changes.Add(new TextChange(new TextSpan(moved.Start, 0), indentation.Unit));
            }
        }

        var broken = text.WithChanges(changes);
        var widest = 0;
        for (var number = line.LineNumber; number <= line.LineNumber + place.Before.Count; number++)
        {
            widest = Math.Max(widest, indentation.WidthOf(broken.Lines[number].ToString()));
        }

        return (broken, widest);
    }
}

using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Editing;

/// <summary>The line ending of a document.</summary>
internal static class LineEnding
{
    /// <summary>The ending of the first line; a line feed when there is only one line.</summary>
    public static string Of(SourceText text)
    {
        var first = text.Lines[0];
        return first.EndIncludingLineBreak > first.End ? text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) : "\n";
    }
}

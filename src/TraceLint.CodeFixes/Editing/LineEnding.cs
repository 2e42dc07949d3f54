using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Editing;

/// <summary>How a document ends its lines.</summary>
internal static class LineEnding
{
    /// <summary>The ending of the first line; a bare line feed when there is but one line.</summary>
    public static string Of(SourceText text)
    {
        var first = text.Lines[0];
        return first.EndIncludingLineBreak > first.End ? text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak)) : "\n";
    }
}

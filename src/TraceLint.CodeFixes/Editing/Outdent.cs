using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TraceLint.Editing;

/// <summary>Removes the indentation of a node, so that the formatter can indent it anew.</summary>
internal static class Outdent
{
    /// <summary>The node without outer trivia, and with its further lines indented relative to its first.</summary>
    public static T Node<T>(T node)
        where T : SyntaxNode
    {
        var indentation = IndentationAt(node);
        var bare = node.WithoutTrivia();
        return bare.ReplaceTrivia(
            bare.DescendantTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) && StartsLine(trivia)),
            (trivia, _) => trivia.ToString() is var space && space.StartsWith(indentation, StringComparison.Ordinal)
                ? SyntaxFactory.Whitespace(space.Substring(indentation.Length))
                : trivia);
    }

    /// <summary>The indentation of the line on which a node starts.</summary>
    public static string IndentationAt(SyntaxNode node)
    {
        var line = node.SyntaxTree.GetText().Lines.GetLineFromPosition(node.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    private static bool StartsLine(SyntaxTrivia trivia) => trivia.GetLocation().GetLineSpan().StartLinePosition.Character == 0;
}

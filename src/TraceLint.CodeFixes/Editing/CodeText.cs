using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace TraceLint.Editing;

/// <summary>Parses statements from text that is indented by four spaces, regardless of the indentation of the document.</summary>
internal static class CodeText
{
    private const int Level = 4;

    /// <summary>A statement on its own lines, marked for the formatter.</summary>
    /// <param name="text">The statement. A line break at the end requests an empty line after the statement.</param>
    /// <param name="newLine">The line ending of the document.</param>
    public static StatementSyntax Statement(string text, string newLine)
    {
        var end = SyntaxFactory.EndOfLine(newLine);
        var statement = SyntaxFactory.ParseStatement(text.TrimEnd().Replace("\r\n", "\n").Replace("\n", newLine));
        var starts = statement.DescendantTrivia().Where(StartsLine);
        var isApart = text.EndsWith("\n", StringComparison.Ordinal);
        return statement
            .ReplaceTrivia(starts, static (trivia, _) => SyntaxFactory.Whitespace(Levels(trivia.ToString())))
            .WithTrailingTrivia(isApart ? SyntaxFactory.TriviaList(end, end) : SyntaxFactory.TriviaList(end))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    // Tabs, because the formatter replaces a tab by one level of the document's own indentation.
    private static string Levels(string space) => space.All(static character => character == ' ')
        ? new string('\t', space.Length / Level) + new string(' ', space.Length % Level)
        : space;

    private static bool StartsLine(SyntaxTrivia trivia)
        => trivia.IsKind(SyntaxKind.WhitespaceTrivia)
            && trivia.GetLocation().GetLineSpan().StartLinePosition is { Line: > 0, Character: 0 };
}

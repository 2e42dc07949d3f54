using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace TraceLint.Editing;

/// <summary>Moves statements from one block to another, with their comments and without their indentation.</summary>
internal static class SpanBlocks
{
    /// <summary>An if statement around statements.</summary>
    /// <param name="leading">The trivia above it, without indentation, which the formatter adds.</param>
    public static IfStatementSyntax Guard(
        string condition, IReadOnlyList<StatementSyntax> statements, SyntaxTriviaList leading, SpanSite site)
        => SyntaxFactory.IfStatement(SyntaxFactory.ParseExpression(condition), Block(statements, site))
            .WithLeadingTrivia(leading)
            .WithTrailingTrivia(End(site))
            .WithAdditionalAnnotations(Formatter.Annotation);

    /// <summary>A block of statements, without the trivia above the first one.</summary>
    public static BlockSyntax Block(IReadOnlyList<StatementSyntax> statements, SpanSite site)
        => SyntaxFactory.Block(statements.Select((statement, index) => Move(statement, site, isFirst: index == 0)))
            .WithTrailingTrivia(End(site))
            .WithAdditionalAnnotations(Formatter.Annotation);

    /// <summary>A statement to move.</summary>
    /// <param name="isFirst">Whether to drop the trivia above the statement, because the caller keeps it elsewhere.</param>
    public static StatementSyntax Move(StatementSyntax statement, SpanSite site, bool isFirst = false)
    {
        var trailing = statement.GetTrailingTrivia();
        var leading = isFirst ? default : Comments(statement.GetLeadingTrivia());
        return Outdent.Node(statement)
            .WithLeadingTrivia(leading)
            .WithTrailingTrivia(trailing.Any(SyntaxKind.EndOfLineTrivia) ? trailing : trailing.Add(End(site)))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>The line ending of the file.</summary>
    public static SyntaxTrivia End(SpanSite site) => SyntaxFactory.EndOfLine(LineEnding.Of(site.Node.SyntaxTree.GetText()));

    /// <summary>The trivia above a statement, without the indentation of the statement itself.</summary>
    public static SyntaxTriviaList Above(StatementSyntax statement)
        => statement.GetLeadingTrivia() is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia }] leading
            ? leading.RemoveAt(leading.Count - 1)
            : statement.GetLeadingTrivia();

    /// <summary>Whether there is an empty line above a statement.</summary>
    public static bool IsApart(StatementSyntax statement)
        => statement.GetLeadingTrivia() is [{ RawKind: (int)SyntaxKind.EndOfLineTrivia }, ..];

    private static SyntaxTriviaList Comments(SyntaxTriviaList trivia)
        => SyntaxFactory.TriviaList(trivia.Where(static part => !part.IsKind(SyntaxKind.WhitespaceTrivia)));
}

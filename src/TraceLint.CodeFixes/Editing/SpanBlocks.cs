using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace TraceLint.Editing;

/// <summary>Statements that move from one block to another: they keep their comments and give up their indentation.</summary>
internal static class SpanBlocks
{
    /// <summary>Statements behind a condition.</summary>
    /// <param name="leading">What stands above it, without an indentation: that is the formatter's.</param>
    public static IfStatementSyntax Guard(
        string condition, IReadOnlyList<StatementSyntax> statements, SyntaxTriviaList leading, SpanSite site)
        => SyntaxFactory.IfStatement(SyntaxFactory.ParseExpression(condition), Block(statements, site))
            .WithLeadingTrivia(leading)
            .WithTrailingTrivia(End(site))
            .WithAdditionalAnnotations(Formatter.Annotation);

    /// <summary>A block of statements; what stood above the first goes elsewhere.</summary>
    public static BlockSyntax Block(IReadOnlyList<StatementSyntax> statements, SpanSite site)
        => SyntaxFactory.Block(statements.Select((statement, index) => Move(statement, site, isFirst: index == 0)))
            .WithTrailingTrivia(End(site))
            .WithAdditionalAnnotations(Formatter.Annotation);

    /// <summary>A statement that moves.</summary>
    /// <param name="isFirst">Whether what stood above it is taken handling of.</param>
    public static StatementSyntax Move(StatementSyntax statement, SpanSite site, bool isFirst = false)
    {
        var trailing = statement.GetTrailingTrivia();
        var leading = isFirst ? default : Comments(statement.GetLeadingTrivia());
        return Outdent.Node(statement)
            .WithLeadingTrivia(leading)
            .WithTrailingTrivia(trailing.Any(SyntaxKind.EndOfLineTrivia) ? trailing : trailing.Add(End(site)))
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary>The end of a line, as the file has it.</summary>
    public static SyntaxTrivia End(SpanSite site) => SyntaxFactory.EndOfLine(LineEnding.Of(site.Node.SyntaxTree.GetText()));

    /// <summary>What stands above a statement, without the indentation of the statement itself.</summary>
    public static SyntaxTriviaList Above(StatementSyntax statement)
        => statement.GetLeadingTrivia() is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia }] leading
            ? leading.RemoveAt(leading.Count - 1)
            : statement.GetLeadingTrivia();

    /// <summary>Whether an empty line stands above a statement.</summary>
    public static bool IsApart(StatementSyntax statement)
        => statement.GetLeadingTrivia() is [{ RawKind: (int)SyntaxKind.EndOfLineTrivia }, ..];

    private static SyntaxTriviaList Comments(SyntaxTriviaList trivia)
        => SyntaxFactory.TriviaList(trivia.Where(static part => !part.IsKind(SyntaxKind.WhitespaceTrivia)));
}

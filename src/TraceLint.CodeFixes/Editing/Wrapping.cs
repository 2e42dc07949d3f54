using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace TraceLint.Editing;

/// <summary>Wraps statements into others.</summary>
/// <param name="newLine">The line ending of the document.</param>
internal sealed class Wrapping(string newLine)
{
    private readonly SyntaxTrivia _end = SyntaxFactory.EndOfLine(newLine);

    /// <summary>A statement inside a using block of its own. The trivia above the statement moves above the block.</summary>
    /// <param name="original">The statement in the original document, which shows the indentation.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="resource">The resource expression, as text.</param>
    public StatementSyntax InUsing(StatementSyntax original, StatementSyntax statement, string resource)
    {
        var trailing = statement.GetTrailingTrivia();
        trailing = trailing.Any(SyntaxKind.EndOfLineTrivia) ? trailing : trailing.Add(_end);
        if (statement.GetLeadingTrivia() is not [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } space])
        {
            var moved = Outdent.Node(statement).WithTrailingTrivia(trailing).WithAdditionalAnnotations(Formatter.Annotation);
            return SyntaxFactory.UsingStatement(null, SyntaxFactory.ParseExpression(resource), SyntaxFactory.Block(moved))
                .WithLeadingTrivia(SpanBlocks.Above(statement))
                .WithTrailingTrivia(_end)
                .WithAdditionalAnnotations(Formatter.Annotation);
        }

        // Indented here, because the formatter would not indent lambdas in the statement.
        var line = SyntaxFactory.ParseStatement($"using ({resource}){newLine}{space}{{{newLine}{space}}}{newLine}");
        var inner = Indent(statement.WithLeadingTrivia(space), space.ToString(), space + IndentationIn(original, space))
            .WithTrailingTrivia(trailing);
        var block = (UsingStatementSyntax)line;
        return block.WithStatement(((BlockSyntax)block.Statement).AddStatements(inner)).WithLeadingTrivia(statement.GetLeadingTrivia());
    }

    /// <summary>Changes the indentation of the lines of a statement.</summary>
    /// <param name="from">The old indentation.</param>
    /// <param name="to">The new indentation.</param>
    public static StatementSyntax Indent(StatementSyntax statement, string from, string to)
        => statement.ReplaceTokens(statement.DescendantTokens(), (original, _) =>
        {
            var leading = original.LeadingTrivia;
            for (var i = 0; i < leading.Count; i++)
            {
                var startsLine = i == 0
                    ? original == statement.GetFirstToken() || original.GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)
                    : leading[i - 1].IsKind(SyntaxKind.EndOfLineTrivia);
                if (startsLine
                    && leading[i].IsKind(SyntaxKind.WhitespaceTrivia)
                    && leading[i].ToString() is var space
                    && space.StartsWith(from, StringComparison.Ordinal))
                {
                    leading = leading.Replace(leading[i], SyntaxFactory.Whitespace(to + space.Substring(from.Length)));
                }
            }

            return original.WithLeadingTrivia(leading);
        });

    // One level of indentation: the difference between the statement and the block that contains it.
    private static string IndentationIn(StatementSyntax statement, SyntaxTrivia space)
    {
        if (statement.Parent is BlockSyntax { OpenBraceToken: var brace })
        {
            var line = statement.SyntaxTree.GetText().Lines.GetLineFromPosition(brace.SpanStart).ToString();
            var outer = line.Substring(0, line.Length - line.TrimStart().Length);
            if (space.ToString() is var inner && inner.Length > outer.Length && inner.StartsWith(outer, StringComparison.Ordinal))
            {
                return inner.Substring(outer.Length);
            }
        }

        return "    ";
    }

    /// <summary>A statement on its own line, from text.</summary>
    public StatementSyntax Line(string text) => CodeText.Statement(text, newLine);

    /// <summary>A statement with others before and after it. The trivia above the statement moves above the first one.</summary>
    /// <param name="original">The statement in the original document.</param>
    public static IEnumerable<StatementSyntax> Around(
        StatementSyntax original, IReadOnlyList<StatementSyntax> before, StatementSyntax statement, IReadOnlyList<StatementSyntax> after)
    {
        var above = SpanBlocks.Above(original);
        var indentation = original.GetLeadingTrivia() is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } space]
            ? SyntaxFactory.TriviaList(space)
            : default;
        return
        [
            .. before.Select((line, index) => index == 0 ? line.WithLeadingTrivia(above) : line),
            before.Count == 0 ? statement : statement.WithLeadingTrivia(indentation),
            .. after,
        ];
    }
}

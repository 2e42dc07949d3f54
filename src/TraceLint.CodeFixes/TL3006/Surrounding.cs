using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using TraceLint.Editing;

namespace TraceLint;

/// <summary>Inserts statements right before and right after others.</summary>
internal sealed class Surrounding(CompilationUnitSyntax root)
{
    private readonly StatementEdits _edits = new(root);
    private readonly SyntaxTrivia _lineEnd = SyntaxFactory.EndOfLine(LineEnding.Of(root.SyntaxTree.GetText()));

    public bool IsEmpty => _edits.IsEmpty;

    /// <summary>Inserts statements before and after another one.</summary>
    /// <param name="change">Changes the statement itself; null to leave it as it is.</param>
    public void Add(StatementSyntax statement, string? before, string? after, Func<StatementSyntax, StatementSyntax>? change = null)
        => _edits.Add(statement, rewritten =>
        {
            rewritten = change is null ? rewritten : change(rewritten);
            return StatementEdits.IsInList(statement) ? [.. Surround(rewritten, before, after)] : [Block(rewritten, before, after)];
        });

    /// <summary>The root with all edits applied.</summary>
    public CompilationUnitSyntax Apply() => _edits.Apply();

    // The trivia above the statement moves above the inserted statement.
    private IEnumerable<StatementSyntax> Surround(StatementSyntax statement, string? before, string? after)
    {
        if (before is not null)
        {
            var leading = statement.GetLeadingTrivia();
            var indentation = SyntaxFactory.TriviaList();
            if (leading is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } space])
            {
                (leading, indentation) = (leading.RemoveAt(leading.Count - 1), indentation.Add(space));
            }

            yield return Parse(before).WithLeadingTrivia(leading);
            statement = statement.WithLeadingTrivia(indentation);
        }

        yield return statement;
        if (after is not null)
        {
            yield return Parse(after);
        }
    }

    private BlockSyntax Block(StatementSyntax statement, string? before, string? after)
    {
        var inner = statement.WithLeadingTrivia().WithTrailingTrivia(_lineEnd).WithAdditionalAnnotations(Formatter.Annotation);
        return SyntaxFactory.Block(Surround(inner, before, after))
            .WithLeadingTrivia(statement.GetLeadingTrivia())
            .WithTrailingTrivia(_lineEnd)
            .WithAdditionalAnnotations(Formatter.Annotation);
    }

    private StatementSyntax Parse(string text) => CodeText.Statement(text, _lineEnd.ToString());
}

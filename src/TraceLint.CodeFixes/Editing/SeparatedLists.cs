using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TraceLint.Editing;

/// <summary>Edits lists of elements that are separated by commas.</summary>
internal static class SeparatedLists
{
    /// <summary>Appends an element in the layout of the last one: on its own line or not, with a trailing comma or not.</summary>
    public static SeparatedSyntaxList<T> Append<T>(SeparatedSyntaxList<T> list, T added)
        where T : SyntaxNode
    {
        var last = list[list.Count - 1];
        var hasComma = list.SeparatorCount == list.Count;
        var trailing = hasComma ? list.GetSeparator(list.Count - 1).TrailingTrivia : last.GetTrailingTrivia();
        var end = EndOfLineIn(trailing);
        added = added.WithLeadingTrivia(
            end.Count > 0 && last.GetLeadingTrivia() is [.., { RawKind: (int)SyntaxKind.WhitespaceTrivia } space]
                ? SyntaxFactory.TriviaList(space)
                : default);
        if (hasComma)
        {
            var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(end.Count > 0 ? end : trailing);
            return SyntaxFactory.SeparatedList<T>(list.GetWithSeparators().Add(added).Add(comma));
        }

        // A comment at the end of the last line stays on that line.
        var separator = SyntaxFactory.Token(SyntaxKind.CommaToken)
            .WithTrailingTrivia(end.Count > 0 ? trailing : SyntaxFactory.TriviaList(SyntaxFactory.Space));
        return SyntaxFactory.SeparatedList<T>(list.Replace(last, last.WithoutTrailingTrivia()).GetWithSeparators()
            .Add(separator)
            .Add(added.WithTrailingTrivia(end.Count > 0 ? end : trailing)));
    }

    private static SyntaxTriviaList EndOfLineIn(SyntaxTriviaList trivia)
        => SyntaxFactory.TriviaList(trivia.Where(static one => one.IsKind(SyntaxKind.EndOfLineTrivia)));
}

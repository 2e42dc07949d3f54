using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint;

/// <summary>Removes the values from a span name, together with the separators that connect them to the rest.</summary>
internal static class ConstantName
{
    private static readonly char[] s_before = [' ', ':', '-', '/', '#', '=', '.', '_', '|', ',', '(', '[', '\''];
    private static readonly char[] s_after = [')', ']', '\''];

    /// <summary>The name without some values.</summary>
    /// <returns>Null when the form of the name is not understood, or nothing is left of the name.</returns>
    public static ExpressionSyntax? Without(ExpressionSyntax name, IReadOnlyCollection<SyntaxNode> values) => name switch
    {
        InterpolatedStringExpressionSyntax { StringStartToken.Text: "$\"" } interpolated => WithoutHoles(interpolated, values),
        BinaryExpressionSyntax
        {
            RawKind: (int)SyntaxKind.AddExpression,
            Left: LiteralExpressionSyntax { Token.Text: [not '@', .., '"'] text },
            Right: var value,
        } when values.Count == 1 && values.Contains(value) => Parse("", text.Substring(1, text.Length - 2).TrimEnd(s_before)),
        _ => null,
    };

    private static ExpressionSyntax? WithoutHoles(InterpolatedStringExpressionSyntax name, IReadOnlyCollection<SyntaxNode> values)
    {
        var text = new StringBuilder();
        var (left, isAfterValue, removed) = (0, false, 0);
        foreach (var part in name.Contents)
        {
            if (part is InterpolationSyntax hole && values.Contains(hole.Expression))
            {
                (text, isAfterValue, removed) = (new StringBuilder(text.ToString().TrimEnd(s_before)), true, removed + 1);
                continue;
            }

            left += part is InterpolationSyntax ? 1 : 0;
            var next = part.ToString();
            if (isAfterValue)
            {
                next = next.TrimStart(s_after);
                next = text.Length == 0 ? next.TrimStart(s_before)
                    : next.Length > 0 && Array.IndexOf(s_before, next[0]) < 0 ? " " + next
                    : next;
            }

            text.Append(next);
            isAfterValue = false;
        }

        return removed == values.Count ? Parse(left > 0 ? "$" : "", text.ToString().TrimEnd()) : null;
    }

    private static ExpressionSyntax? Parse(string prefix, string text)
        => text.Any(char.IsLetter) ? SyntaxFactory.ParseExpression($"{prefix}\"{text}\"") : null;
}

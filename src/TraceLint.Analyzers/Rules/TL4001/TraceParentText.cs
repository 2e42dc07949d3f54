using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Engine;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// A <c>traceparent</c> composed with constant flags: interpolated, concatenated, formatted, joined, or appended to a builder.
/// </summary>
/// <param name="Ids">The ids in it.</param>
/// <param name="Flags">The part of the code that ends in the flags.</param>
/// <param name="Text">The flags: 00 or 01.</param>
internal sealed record TraceParentText(ParentIds Ids, SyntaxNode Flags, string Text)
{
    private const string Sampled = "00-\u0001-\u0001-01";
    private const string NotSampled = "00-\u0001-\u0001-00";

    private static readonly HashSet<string> s_names = new(StringComparer.Ordinal) { "Append", "Concat", "Format", "Join" };

    /// <summary>Whether an expression may compose one, judging by its last part.</summary>
    public static bool MayBe(SyntaxNode expression) => expression switch
    {
        InterpolatedStringExpressionSyntax { Contents: [_, .., var last] } => last switch
        {
            InterpolatedStringTextSyntax { TextToken.ValueText: var text } => EndsInFlags(text),
            InterpolationSyntax { Expression: LiteralExpressionSyntax { Token.ValueText: var text } } => EndsInFlags(text),
            _ => false,
        },
        BinaryExpressionSyntax
        {
            RawKind: (int)SyntaxKind.AddExpression,
            Parent: not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression },
            Right: LiteralExpressionSyntax { Token.ValueText: var text }
        }
            => EndsInFlags(text),
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name },
            ArgumentList.Arguments: [_, ..] arguments
        }
            when s_names.Contains(name)
            => arguments.Any(
                static argument => argument.Expression is LiteralExpressionSyntax { Token.ValueText: var text } && EndsInFlags(text)),
        _ => false,
    };

    /// <summary>The <c>traceparent</c> that an expression composes.</summary>
    /// <returns>Null when it composes none.</returns>
    public static TraceParentText? Of(
        ExpressionSyntax expression, CodeBodies code, CompilationContext context, CancellationToken cancellation)
    {
        if (code.ValueOf(expression, cancellation).Text is not { Template: Sampled or NotSampled } text)
        {
            return null;
        }

        var ids = text.Holes
            .Select(hole => hole.Sources.FirstOrDefault() is { Syntax: var source }
                ? context.Of(source.SyntaxTree).GetOperation(source.WholeAccess(), cancellation)
                : null)
            .OfType<IOperation>()
            .ToList();
        return ids.Count == 2
            && expression.DescendantTokens().LastOrDefault(static token => EndsInFlags(token.ValueText)).Parent is { } flags
            ? new TraceParentText(new ParentIds(ids[0], ids[1], Flags: null), flags, text.Template.Substring(text.Template.Length - 2))
            : null;
    }

    private static bool EndsInFlags(string text)
        => text.EndsWith("-01", StringComparison.Ordinal) || text.EndsWith("-00", StringComparison.Ordinal) || text is "01" or "00";
}

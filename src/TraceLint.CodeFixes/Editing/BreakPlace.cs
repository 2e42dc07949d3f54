using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Editing;

/// <summary>A place where a line can be broken.</summary>
/// <param name="Node">The node that is broken over several lines.</param>
/// <param name="Before">The tokens that begin new lines, and whether the new lines are indented.</param>
internal sealed record BreakPlace(SyntaxNode Node, IReadOnlyList<(SyntaxToken Token, bool IsIndented)> Before)
{
    /// <summary>
    /// Whether to break here first, even if a line is still too long afterwards. The condition of a <c>?:</c> is separated from the
    /// branches before it is broken itself, and is broken at its operators before its operands are.
    /// </summary>
    public bool ComesFirst { get; private init; }

    /// <summary>
    /// The places on a line, the best first: outer nodes before inner ones; after an equals sign or before a single dot as a last resort.
    /// </summary>
    public static IEnumerable<BreakPlace> On(TextLine line, SyntaxNode root)
    {
        var places = new List<(int Rank, int Depth, BreakPlace Place)>();
        foreach (var token in root.DescendantTokens(line.Span))
        {
            if (line.Span.Contains(token.Span) && Of(token, line) is (var rank, { } place)
                && place.Before.All(part => CanBegin(part.Token, line)))
            {
                places.Add((rank, place.Node.Ancestors().Count(), place));
            }
        }

        return places.OrderBy(static place => place.Rank).ThenBy(static place => place.Depth).Select(static place => place.Place);
    }

    private static (int Rank, BreakPlace? Place) Of(SyntaxToken token, TextLine line) => token.Parent switch
    {
        ArgumentListSyntax { Arguments: { Count: > 0 } arguments } list when token == list.OpenParenToken
            => (0, new BreakPlace(list, Begin(arguments))),
        InitializerExpressionSyntax { Expressions: { Count: > 0 } members } initializer
                when initializer.IsKind(SyntaxKind.ObjectInitializerExpression)
                    && token == initializer.OpenBraceToken && line.Span.Contains(initializer.Span)
            => (0, new BreakPlace(initializer.Parent!, [(token, false), .. Begin(members), (initializer.CloseBraceToken, false)])),
        ConditionalExpressionSyntax choice when token == choice.QuestionToken
            => (0, new BreakPlace(choice, [(token, true), (choice.ColonToken, true)]) { ComesFirst = true }),
        BinaryExpressionSyntax { Parent: var parent } binary when token == binary.OperatorToken && !IsSame(parent, binary)
                && binary.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression
                    or SyntaxKind.AddExpression
            => (0, new BreakPlace(binary, Operators(binary))
            {
                ComesFirst = binary.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression,
            }),
        LambdaExpressionSyntax { ExpressionBody: { } body } lambda when token == lambda.ArrowToken && !IsChoiceOn(body, line)
            => (0, new BreakPlace(body, [(body.GetFirstToken(), true)])),
        ArrowExpressionClauseSyntax arrow when token == arrow.ArrowToken
            => (0, new BreakPlace(arrow, [(token, true)])),
        EqualsValueClauseSyntax { Value: var value } => AfterEquals(value, line),
        AssignmentExpressionSyntax { Right: var value } assignment when token == assignment.OperatorToken => AfterEquals(value, line),
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access
                when token == access.OperatorToken && Dots(call) is var dots && dots[dots.Count - 1].Token == token
            => (dots.Count > 1 ? 0 : 2, new BreakPlace(call, dots)),
        _ => default,
    };

    private static (int Rank, BreakPlace? Place) AfterEquals(ExpressionSyntax value, TextLine line)
    {
        var rank = value is ConditionalExpressionSyntax && !IsChoiceOn(value, line) ? 0 : 1;
        return (rank, new BreakPlace(value, [(value.GetFirstToken(), true)]));
    }

    private static IReadOnlyList<(SyntaxToken Token, bool IsIndented)> Begin<T>(SeparatedSyntaxList<T> parts)
        where T : SyntaxNode
        => [.. parts.Select(static part => (part.GetFirstToken(), true))];

    private static List<(SyntaxToken Token, bool IsIndented)> Operators(BinaryExpressionSyntax binary)
    {
        var operators = new List<(SyntaxToken, bool)>();
        for (var part = binary; part is not null; part = part.Left is BinaryExpressionSyntax left && IsSame(part, left) ? left : null)
        {
            operators.Insert(0, (part.OperatorToken, true));
        }

        return operators;
    }

    // Whether the value is a ?: on the line, at whose tokens it is better to break.
    private static bool IsChoiceOn(ExpressionSyntax value, TextLine line)
        => value is ConditionalExpressionSyntax choice && line.Span.Contains(choice.QuestionToken.Span);

    // The dots between the calls of a chain; the only dot of a single call.
    private static List<(SyntaxToken Token, bool IsIndented)> Dots(InvocationExpressionSyntax last)
    {
        var dots = new List<(SyntaxToken, bool)>();
        ExpressionSyntax call = last;
        for (; call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }; call = access.Expression)
        {
            if (dots.Count == 0 || access.Expression is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax)
            {
                dots.Insert(0, (access.OperatorToken, true));
            }
        }

        return dots;
    }

    private static bool IsSame(SyntaxNode? outer, BinaryExpressionSyntax inner)
        => outer is BinaryExpressionSyntax binary && binary.Left == inner && binary.IsKind(inner.Kind());

    // Whether a token is on the line but does not begin it, follows only white space, and is not inside an interpolated string.
    private static bool CanBegin(SyntaxToken token, TextLine line)
        => token.GetPreviousToken() is var previous && line.Span.Contains(token.SpanStart) && line.Span.Contains(previous.Span)
            && previous.TrailingTrivia.Concat(token.LeadingTrivia).All(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia))
            && token.Parent?.FirstAncestorOrSelf<InterpolatedStringExpressionSyntax>(text => text.SpanStart < token.SpanStart) is null;
}

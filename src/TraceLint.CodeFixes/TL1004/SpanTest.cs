using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Editing;

namespace TraceLint;

/// <summary>A condition that tests whether a span is null.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Span">The tested expression.</param>
/// <param name="Declared">The name that a pattern declares for the span; null when there is none.</param>
/// <param name="IsMissing">Whether the condition is true when there is no span.</param>
internal sealed record SpanTest(ExpressionSyntax Condition, ExpressionSyntax Span, string? Declared, bool IsMissing)
{
    /// <summary>Reads a condition.</summary>
    /// <returns>Null when the condition tests something else, or more.</returns>
    public static SpanTest? Of(ExpressionSyntax condition, SpanSite site)
        => Read(condition, site) is { } test && site.IsSpan(test.Span) ? test with { Condition = condition } : null;

    /// <summary>The operands of a condition that are joined by <c>&amp;&amp;</c>.</summary>
    public static IEnumerable<ExpressionSyntax> Conjuncts(ExpressionSyntax condition)
        => condition is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both
            ? Conjuncts(both.Left).Append(both.Right)
            : [condition];

    private static SpanTest? Read(ExpressionSyntax condition, SpanSite site) => condition switch
    {
        ParenthesizedExpressionSyntax { Expression: var inner } => Read(inner, site),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: var operand }
            => Read(operand, site) is { Declared: null } test ? test with { IsMissing = !test.IsMissing } : null,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } comparison
            => Compare(comparison),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.IsExpression, Left: var span }
            => new SpanTest(condition, span, null, IsMissing: false),
        IsPatternExpressionSyntax { Expression: var span, Pattern: var pattern } => Match(span, pattern),
        _ => null,
    };

    private static SpanTest? Compare(BinaryExpressionSyntax comparison)
    {
        var isMissing = comparison.IsKind(SyntaxKind.EqualsExpression);
        return comparison.Right.IsKind(SyntaxKind.NullLiteralExpression) ? new SpanTest(comparison, comparison.Left, null, isMissing)
            : comparison.Left.IsKind(SyntaxKind.NullLiteralExpression) ? new SpanTest(comparison, comparison.Right, null, isMissing)
            : null;
    }

    private static SpanTest? Match(ExpressionSyntax span, PatternSyntax pattern) => pattern switch
    {
        ConstantPatternSyntax { Expression: LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NullLiteralExpression } }
            => new SpanTest(span, span, null, IsMissing: true),
        DeclarationPatternSyntax { Designation: SingleVariableDesignationSyntax { Identifier.ValueText: var name } }
            => new SpanTest(span, span, name, IsMissing: false),
        RecursivePatternSyntax { PositionalPatternClause: null, PropertyPatternClause: null or { Subpatterns.Count: 0 } } found
            => new SpanTest(span, span, (found.Designation as SingleVariableDesignationSyntax)?.Identifier.ValueText, IsMissing: false),
        TypePatternSyntax => new SpanTest(span, span, null, IsMissing: false),
        UnaryPatternSyntax { Pattern: var negated } => Match(span, negated) is { } test ? test with { IsMissing = !test.IsMissing } : null,
        _ => null,
    };
}

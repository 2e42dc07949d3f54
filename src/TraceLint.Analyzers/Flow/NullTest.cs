using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Flow;

/// <summary>A condition that tests a variable for null, and nothing else.</summary>
/// <param name="Variable">The name of the variable.</param>
/// <param name="IsThere">Whether the variable has a value where the condition is true; it is null otherwise.</param>
internal readonly record struct NullTest(string Variable, bool IsThere)
{
    /// <summary>What a condition tests: <c>x == null</c>, <c>x != null</c>, <c>x is null</c>, <c>x is not null</c>, <c>x is { }</c>.</summary>
    /// <returns>Null for any other condition.</returns>
    public static NullTest? Of(ExpressionSyntax condition) => condition switch
    {
        BinaryExpressionSyntax
        {
            RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression,
            Left: IdentifierNameSyntax { Identifier.ValueText: var name },
            Right.RawKind: (int)SyntaxKind.NullLiteralExpression
        } comparison
            => new NullTest(name, comparison.IsKind(SyntaxKind.NotEqualsExpression)),
        IsPatternExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: var name }, Pattern: var pattern }
            => pattern switch
            {
                ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } => new NullTest(name, IsThere: false),
                UnaryPatternSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } }
                    or RecursivePatternSyntax
                    => new NullTest(name, IsThere: true),
                _ => null,
            },
        _ => null,
    };
}

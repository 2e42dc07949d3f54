using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>Conditions: what a world decides about them.</summary>
internal sealed class SpanConditions(SpanTypes types, SpanEvaluation operations)
{
    /// <summary>Applies a condition.</summary>
    /// <returns>True or false where the world decides it.</returns>
    public SpanValue Visit(IOperation condition)
    {
        switch (condition)
        {
            case IIsNullOperation test:
                return operations.Visit(test.Operand).IsNull();
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                return Not(operations.Visit(negation.Operand));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equality:
                return AreEqual(equality);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals } inequality:
                return Not(AreEqual(inequality));
            case IIsPatternOperation match:
                return Matches(match.Pattern, operations.Visit(match.Value));
            case IIsTypeOperation { IsNegated: var isNegated } type:
                var isNull = operations.Visit(type.ValueOperand).IsNull();
                return isNegated ? isNull : Not(isNull);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } text:
                return SpanEvaluation.Made([operations.Visit(text.LeftOperand), operations.Visit(text.RightOperand)], SpanValue.Nothing);
            default:
                foreach (var child in condition.ChildOperations)
                {
                    operations.Visit(child);
                }

                return SpanValue.Other;
        }
    }

    public static SpanValue Not(SpanValue value) => value.Held switch
    {
        Held.True => SpanValue.Of(false),
        Held.False => SpanValue.Of(true),
        _ => SpanValue.Other,
    };

    private SpanValue AreEqual(IBinaryOperation comparison)
    {
        var (left, right) = (operations.Visit(comparison.LeftOperand), operations.Visit(comparison.RightOperand));
        return IsConstant(comparison.RightOperand) ? IsEqual(left, right) : IsConstant(comparison.LeftOperand) ? IsEqual(right, left) : SpanValue.Other;
    }

    private static bool IsConstant(IOperation operand) => operand.Unconverted() is { ConstantValue.HasValue: true } or IDefaultValueOperation;

    private static SpanValue IsEqual(SpanValue value, SpanValue constant) => (value.Held, constant.Held) switch
    {
        (_, Held.Null) => value.IsNull(),
        (Held.Null, _) => SpanValue.Of(false),
        (Held.Empty, Held.Empty) => SpanValue.Of(true),
        (Held.Span, Held.Empty) or (Held.Span | Held.Passed, Held.Empty) => SpanValue.Of(false),
        (Held.True or Held.False, Held.True or Held.False) => SpanValue.Of(value.Held == constant.Held),
        _ => SpanValue.Other,
    };

    private SpanValue Matches(IPatternOperation pattern, SpanValue value)
    {
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return SpanValue.Of(true);
            case IConstantPatternOperation constant:
                return IsEqual(value, operations.Visit(constant.Value));
            case INegatedPatternOperation negated:
                return Not(Matches(negated.Pattern, value));
            case IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both:
                return And(Matches(both.LeftPattern, value), Matches(both.RightPattern, value));
            case IBinaryPatternOperation either:
                return Not(And(Not(Matches(either.LeftPattern, value)), Not(Matches(either.RightPattern, value))));
            case IDeclarationPatternOperation declaration:
                Declare(declaration.DeclaredSymbol, declaration.MatchesNull ? value : value.Without(Held.Null));
                return declaration.MatchesNull ? SpanValue.Of(true) : Not(value.IsNull());
            case ITypePatternOperation:
                return Not(value.IsNull());
            case IRecursivePatternOperation recursive:
                return Matches(recursive, value);
            default:
                return value.Held is Held.Null ? SpanValue.Of(false) : SpanValue.Other;
        }
    }

    // A property of a span is of that span, too.
    private SpanValue Matches(IRecursivePatternOperation pattern, SpanValue value)
    {
        var inner = value.Without(Held.Null);
        Declare(pattern.DeclaredSymbol, inner);
        var isSimple = pattern.DeconstructionSubpatterns.IsEmpty;
        foreach (var property in pattern.PropertySubpatterns)
        {
            var member = property.Member.Type;
            var read = inner.IsTracked && member?.SpecialType is not SpecialType.System_Boolean && (types.IsContext(member) || member?.SpecialType is SpecialType.System_String) ? inner : SpanValue.Other;
            isSimple &= Matches(property.Pattern, read).Held is Held.True;
        }

        foreach (var part in pattern.DeconstructionSubpatterns)
        {
            Matches(part, SpanValue.Other);
        }

        var isNull = value.IsNull();
        return isSimple || isNull.Held is Held.True ? Not(isNull) : SpanValue.Other;
    }

    private void Declare(ISymbol? variable, SpanValue value)
    {
        if (variable is not null)
        {
            operations.Assign(variable, value.Held == 0 ? SpanValue.Other : value);
        }
    }

    private static SpanValue And(SpanValue left, SpanValue right)
        => left.Held is Held.False || right.Held is Held.False ? SpanValue.Of(false)
            : left.Held is Held.True && right.Held is Held.True ? SpanValue.Of(true) : SpanValue.Other;
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Engine;

/// <content>Conditions: their results, and what is known when they hold.</content>
internal sealed partial class Interpreter
{
    private static Value IsNull(Value value) => value.Nullness switch
    {
        Nullness.Null => Value.True,
        Nullness.NotNull => Value.False,
        _ => Value.NotNull,
    };

    private static Value Not(Value truth) => truth.Constant is bool known ? Value.Of(!known) : truth;

    private Value EvaluateBinary(IBinaryOperation binary)
    {
        var (left, right) = (Evaluate(binary.LeftOperand), Evaluate(binary.RightOperand));
        if (binary.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals))
        {
            return binary is { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String }
                ? Composed([left, right])
                : Value.NotNull.From(left).From(right);
        }

        var areEqual = left.IsNull || right.IsNull ? IsNull(left.IsNull ? right : left)
            : (left.Constant, right.Constant) is ({ } one, { } other) ? Value.Of(one.Equals(other))
            : Value.NotNull;
        return binary.OperatorKind is BinaryOperatorKind.Equals ? areEqual : Not(areEqual);
    }

    private Value Match(Value value, IPatternOperation pattern)
    {
        Declare(value, pattern);
        return Value.Of(Matches(value, pattern));
    }

    private static bool? Matches(Value value, IPatternOperation pattern) => pattern switch
    {
        INegatedPatternOperation { Pattern: var negated } => !Matches(value, negated),
        IDiscardPatternOperation or IDeclarationPatternOperation { MatchesNull: true } => true,
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: var constant } }
            => constant is null ? IsNull(value).Constant as bool? : value.IsNull ? false : value.Constant?.Equals(constant),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or, LeftPattern: var left, RightPattern: var right }
            => Matches(value, left) is true || Matches(value, right) is true ? true : null,
        IRecursivePatternOperation { PropertySubpatterns.IsEmpty: true, DeconstructionSubpatterns.IsEmpty: true } empty
            when SymbolEqualityComparer.Default.Equals(empty.MatchedType, empty.InputType)
            => Not(IsNull(value)).Constant as bool?,
        _ => value.IsNull ? false : null,
    };

    // The variables that a pattern declares, as they are where it matches.
    private void Declare(Value value, IPatternOperation pattern)
    {
        switch (pattern)
        {
            case IDeclarationPatternOperation { DeclaredSymbol: { } declared, MatchesNull: var matchesNull }:
                _state = _state.With(declared, matchesNull ? value : value.Assume(isNull: false) ?? value);
                break;
            case IRecursivePatternOperation recursive:
                if (recursive.DeclaredSymbol is { } named)
                {
                    _state = _state.With(named, value.Assume(isNull: false) ?? value);
                }

                foreach (var property in recursive.PropertySubpatterns)
                {
                    Declare(value.IsNull ? Value.Unknown : MemberOf(value, property.Member), property.Pattern);
                }

                for (var i = 0; i < recursive.DeconstructionSubpatterns.Length; i++)
                {
                    Declare(Positional(value, i, recursive), recursive.DeconstructionSubpatterns[i]);
                }

                break;
            case IBinaryPatternOperation { LeftPattern: var left, RightPattern: var right }:
                Declare(value, left);
                Declare(value, right);
                break;
            case INegatedPatternOperation { Pattern: var negated }:
                Declare(value, negated);
                break;
            case IListPatternOperation { Patterns: var elements } list:
                foreach (var element in elements)
                {
                    Declare(ReadMember(value, Element, list), element);
                }

                break;
        }
    }

    private Value MemberOf(Value whole, IOperation member) => member switch
    {
        IPropertyReferenceOperation { Property: { GetMethod: { } getter } property }
            => _analysis.Calls.EffectOf(getter).Kind is EffectKind.ReadsSpan
                ? Value.NotNull.From(Origin.OwnSpan)
                : ReadMember(whole, property.Name, member),
        IFieldReferenceOperation { Field: var field } => ReadMember(whole, NameOf(field), member),
        _ => Value.Unknown,
    };

    /// <summary>Adds what is known when a condition has a result.</summary>
    /// <returns>False when it cannot have that result.</returns>
    public bool Assume(IOperation condition, bool holds) => condition switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => Assume(operand, !holds),
        IConversionOperation { Operand: var operand } => Assume(operand, holds),
        IIsNullOperation { Operand: var operand } => Narrow(operand, holds),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } binary
            => AssumeEqual(binary, holds == (binary.OperatorKind is BinaryOperatorKind.Equals)),
        IIsPatternOperation { Value: var value, Pattern: var pattern } => Assume(value, pattern, holds),
        IIsTypeOperation { ValueOperand: var value } => !holds || Narrow(value, isNull: false),
        IInvocationOperation { Arguments: [{ Value: var value }, ..], TargetMethod: var method }
            when _analysis.Calls.EffectOf(method) is { Kind: EffectKind.IsPresent, Operand: 0 } => Narrow(value, isNull: !holds),
        IPropertyReferenceOperation { Property.GetMethod: { } getter, Instance: { } instance }
            when _analysis.Calls.EffectOf(getter).Kind is EffectKind.IsPresent => Narrow(instance, isNull: !holds),
        _ => true,
    };

    private bool AssumeEqual(IBinaryOperation binary, bool areEqual)
        => IsNothing(binary.RightOperand) ? Narrow(binary.LeftOperand, areEqual)
            : !IsNothing(binary.LeftOperand) || Narrow(binary.RightOperand, areEqual);

    private bool Assume(IOperation value, IPatternOperation pattern, bool holds) => pattern switch
    {
        INegatedPatternOperation { Pattern: var negated } => Assume(value, negated, !holds),
        IConstantPatternOperation { Value: var constant } when IsNothing(constant) => Narrow(value, isNull: holds),
        IDeclarationPatternOperation { MatchesNull: true } or IDiscardPatternOperation => holds,
        IConstantPatternOperation or IDeclarationPatternOperation or ITypePatternOperation or IRecursivePatternOperation when holds
            => Narrow(value, isNull: false),
        IRecursivePatternOperation { PropertySubpatterns.IsEmpty: true, DeconstructionSubpatterns.IsEmpty: true } empty
            when SymbolEqualityComparer.Default.Equals(empty.MatchedType, empty.InputType) => Narrow(value, isNull: true),
        _ => true,
    };

    private static bool IsNothing(IOperation operation)
        => operation.IsNull() || operation is IDefaultValueOperation or IConversionOperation { Operand: IDefaultValueOperation };

    private bool Narrow(IOperation operand, bool isNull)
    {
        switch (operand)
        {
            case IConversionOperation { OperatorMethod: null, Operand: var inner }:
                return Narrow(inner, isNull);
            case ILocalReferenceOperation { Local: var local }:
                return Narrow(local, isNull);
            case IParameterReferenceOperation { Parameter: var parameter }:
                return Narrow(parameter, isNull);
            // What is known of a captured variable or member holds for the variable or member as well.
            case IFlowCaptureReferenceOperation reference:
                var captured = run.Captured(reference);
                return Narrow(run.CaptureOf(reference.Id), isNull) && (captured == reference || Narrow(captured, isNull));
            case IDeclarationExpressionOperation { Expression: var declared }:
                return Narrow(declared, isNull);
            case ISimpleAssignmentOperation { Target: var target }:
                return Narrow(target, isNull);
            case IPropertyReferenceOperation { Instance: { } instance, Property: { IsIndexer: false, Name: var name } }:
                return Narrow(instance, name, isNull);
            case IFieldReferenceOperation { Instance: { } instance, Field: var field }:
                return Narrow(instance, NameOf(field), isNull);
            default:
                return true;
        }
    }

    private bool Narrow(object variable, bool isNull)
    {
        if (_state[variable] is not { } value)
        {
            return true;
        }

        if (value.Assume(isNull) is not { } narrowed)
        {
            return false;
        }

        _state = _state.With(variable, narrowed);
        if (isNull)
        {
            ForgetSpans(value);
        }

        return true;
    }

    // Where the variable of a span is null, the span was not created. Where such a path meets others, what is known there counts.
    private void ForgetSpans(Value value)
    {
        if (Current.Objects.Any(value.Contains))
        {
            _state = _state.WithoutCurrentSpan();
        }

        foreach (var one in value.Objects)
        {
            if (_state[one].Phases is not SpanPhases.None)
            {
                _state = _state.Without(one);
            }
        }
    }

    private bool Narrow(IOperation instance, string member, bool isNull)
    {
        if (instance is not (ILocalReferenceOperation
                or IParameterReferenceOperation
                or IFlowCaptureReferenceOperation
                or IInstanceReferenceOperation)
            || Evaluate(instance).OnlyObject is not { } one
            || _state[one][member] is not { } value)
        {
            return true;
        }

        if (value.Assume(isNull) is not { } narrowed)
        {
            return false;
        }

        _state = _state.With(one, member, narrowed);
        return true;
    }
}

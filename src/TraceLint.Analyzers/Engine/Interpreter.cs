using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Engine;

/// <summary>Evaluates operations: each one yields a value and changes the state. Lives for one operation of a block.</summary>
/// <param name="run">The body that the operation is in.</param>
/// <param name="state">What is known before it.</param>
internal sealed partial class Interpreter(BodyRun run, State state)
{
    private readonly BodyAnalysis _analysis = run.Analysis;
    private readonly CancellationToken _cancellation = run.Analysis.Cancellation;
    private State _state = state;
    private bool _isDead;

    /// <summary>What is known after the operation; null when it does not complete.</summary>
    public State? Outcome => _isDead ? null : _state;

    /// <summary>The value that the block branches on.</summary>
    public Value BranchValue { get; private set; } = Value.Unknown;

    public void EvaluateBranch(IOperation value) => BranchValue = Evaluate(value);

    /// <summary>Evaluates an operation.</summary>
    public Value Evaluate(IOperation? operation)
    {
        if (operation is null || _isDead)
        {
            return Value.Unknown;
        }

        if (operation.ConstantValue is { HasValue: true, Value: var constant } && operation is not IFlowCaptureOperation)
        {
            return constant is null ? Value.Null : constant is bool truth ? Value.Of(truth) : Value.OfConstant(constant);
        }

        var value = EvaluateKind(operation);
        value = value.Constant is null && IsSource(operation) ? value.WithSource(operation) : value;
        return value.Is(Origin.OtherProcess) && value.Evidence is null ? value.From(Origin.OtherProcess, operation) : value;
    }

    // What yields a value by itself. Where a call or a getter is interpreted, what it returns has sources of its own.
    private static bool IsSource(IOperation operation)
        => operation is IInvocationOperation
            or IPropertyReferenceOperation
            or IFieldReferenceOperation
            or IObjectCreationOperation
            or IArrayElementReferenceOperation
            or IParameterReferenceOperation
            or IDefaultValueOperation;

    private Value EvaluateKind(IOperation operation)
        => operation switch
        {
            IExpressionStatementOperation statement => Evaluate(statement.Operation),
            ILocalReferenceOperation { Local: var local } => _state[local] ?? _analysis.Opaque(local, local.Type),
            IParameterReferenceOperation { Parameter: var parameter } => EvaluateParameter(parameter),
            IInstanceReferenceOperation instance => EvaluateInstance(instance),
            IFlowCaptureOperation capture => Capture(capture),
            IFlowCaptureReferenceOperation reference => EvaluateCapture(reference),
            ISimpleAssignmentOperation assignment => Assign(assignment.Target, Evaluate(assignment.Value)),
            ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum
                => Assign(sum.Target, Composed([Evaluate(sum.Target), Evaluate(sum.Value)])),
            ICompoundAssignmentOperation assignment => Assign(assignment.Target, MadeOf(assignment)),
            IIncrementOrDecrementOperation change => Assign(change.Target, Value.NotNull),
            IDeconstructionAssignmentOperation deconstruction => Deconstruct(deconstruction.Target, Evaluate(deconstruction.Value)),
            IDeclarationExpressionOperation declaration => Evaluate(declaration.Expression),
            IConversionOperation conversion => Convert(conversion),
            IObjectCreationOperation creation => Create(creation),
            IAnonymousObjectCreationOperation creation => CreateAnonymous(creation),
            IArrayCreationOperation array => CreateCollection(array, array.Initializer?.ElementValues ?? ImmutableArray<IOperation>.Empty),
            { Kind: OperationFacts.CollectionExpression } => CreateCollection(operation, operation.ChildOperations),
            // Roslyn 4.8 has no operation for collection expressions.
            { Kind: OperationKind.None, Syntax: CollectionExpressionSyntax } => CreateCollection(operation, operation.ChildOperations),
            ITupleOperation tuple => CreateTuple(tuple),
            IPropertyReferenceOperation reference => ReadProperty(reference),
            IFieldReferenceOperation reference => ReadField(reference),
            IArrayElementReferenceOperation element => ReadMember(Evaluate(element.ArrayReference), Element, element),
            IInterpolatedStringOperation text => Interpolate(text),
            IInvocationOperation call => Invoke(call),
            IDelegateCreationOperation creation => Evaluate(creation.Target),
            IFlowAnonymousFunctionOperation lambda => Delegate(lambda, lambda.Symbol),
            IMethodReferenceOperation reference => Delegate(reference, reference.Method),
            IAwaitOperation { Operation: var task } => Await(task),
            IIsNullOperation { Operand: var operand } => IsNull(Evaluate(operand)),
            IIsPatternOperation match => Match(Evaluate(match.Value), match.Pattern),
            IBinaryOperation binary => EvaluateBinary(binary),
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand }
                => Evaluate(operand).Constant is bool truth ? Value.Of(!truth) : Value.NotNull,
            IReturnOperation { Kind: OperationKind.YieldReturn, ReturnedValue: var yielded } => Yield(Evaluate(yielded)),
            IDefaultValueOperation => Value.Null,
            ITranslatedQueryOperation { Operation: var query } => Evaluate(query),
            INameOfOperation or ITypeOfOperation or ISizeOfOperation => Value.NotNull,
            IDynamicInvocationOperation or IDynamicObjectCreationOperation or IDynamicMemberReferenceOperation
                => GiveAwayOperands(operation),
            _ => MadeOf(operation),
        };

    // Any other operation is made of its operands: an interpolated text, a sum.
    private Value MadeOf(IOperation operation)
    {
        var result = operation.Type is { IsValueType: true } or { SpecialType: SpecialType.System_String } ? Value.NotNull : Value.Unknown;
        foreach (var child in operation.ChildOperations)
        {
            result = result.From(Evaluate(child));
        }

        return result;
    }

    private Value GiveAwayOperands(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
        {
            GiveAway(Evaluate(child));
        }

        return Value.Unknown;
    }

    // A call that returns a task throws where it is made, as far as the engine is concerned.
    private Value Await(IOperation task)
    {
        var value = Evaluate(task);
        if (!_isDead && task is not IInvocationOperation)
        {
            run.RaiseException(_state);
        }

        return value;
    }

    private Value Yield(Value value)
    {
        run.Yield(value);
        return Value.Unknown;
    }

    private Value EvaluateParameter(IParameterSymbol parameter)
    {
        if (_state[parameter] is { } value)
        {
            return value;
        }

        // The parameter of a primary constructor is a member of the object.
        return parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor }
            && _state[run.Self] is { OnlyObject: { } self }
            && _state[self][parameter.Name] is { } member
                ? member
                : _analysis.Opaque(parameter, parameter.Type);
    }

    private Value EvaluateInstance(IInstanceReferenceOperation instance)
        => instance.ReferenceKind is InstanceReferenceKind.ContainingTypeInstance
            ? _state[run.Self] ?? Value.Of(_analysis.ObjectOf(ObjectKind.Opaque, instance.Type!, null, instance.Type))
            : Value.Unknown;

    private Value Capture(IFlowCaptureOperation capture)
    {
        var variable = run.CaptureOf(capture.Id);
        variable.Operation = run.Captured(capture.Value);
        var value = Evaluate(capture.Value);
        _state = _state.With(variable, value);
        AssumeCreated(value);
        return Value.Unknown;
    }

    private Value EvaluateCapture(IFlowCaptureReferenceOperation reference)
        => _state[run.CaptureOf(reference.Id)]
            ?? (run.Captured(reference) is ILocalReferenceOperation or IParameterReferenceOperation
                ? Evaluate(run.Captured(reference))
                : Value.Unknown);

    private Value Convert(IConversionOperation conversion)
    {
        // An expression tree is data, and does not run.
        if (conversion.Type is { Name: "Expression", ContainingNamespace.Name: "Expressions" })
        {
            foreach (var lambda in conversion.Operand.DescendantsAndSelf().OfType<IFlowAnonymousFunctionOperation>())
            {
                _analysis.MarkCalled(lambda.Symbol);
            }

            return Value.NotNull;
        }

        var value = Evaluate(conversion.Operand);
        if (conversion.OperatorMethod is { } method)
        {
            return _analysis.Calls.EffectOf(method) is { Kind: EffectKind.Returns }
                ? value
                : Value.NotNull.From(value).WithSources(value.Sources);
        }

        return conversion.IsTryCast && conversion.Conversion is { IsIdentity: false } ? value.With(value.Nullness | Nullness.Null) : value;
    }

    private Value Assign(IOperation target, Value value)
    {
        Store(target, value);
        return value;
    }

    private Value Deconstruct(IOperation target, Value value)
    {
        if (target is IDeclarationExpressionOperation { Expression: var declared })
        {
            target = declared;
        }

        if (target is not ITupleOperation { Elements: var targets })
        {
            return Assign(target, value);
        }

        for (var i = 0; i < targets.Length; i++)
        {
            Deconstruct(targets[i], Positional(value, i, targets[i]));
        }

        return value;
    }

    // The element of a tuple, or the member of a record that is declared at that position.
    private Value Positional(Value whole, int index, IOperation where)
        => ReadMember(
            whole,
            whole.OnlyObject?.Type is INamedTypeSymbol { IsRecord: true } record && PositionalMember(record, index) is { } member
                ? member
                : $"Item{index + 1}",
            where);

    private static string? PositionalMember(INamedTypeSymbol record, int index)
        => record.GetMembers("Deconstruct").OfType<IMethodSymbol>().FirstOrDefault(method => method.Parameters.Length > index)
            ?.Parameters[index].Name;

    /// <summary>Stores a value in a variable or member.</summary>
    private void Store(IOperation target, Value value)
    {
        if (_isDead)
        {
            return;
        }

        switch (target)
        {
            case ILocalReferenceOperation { Local: { RefKind: RefKind.None } local }:
                _state = _state.With(local, value);
                AssumeCreated(value);
                break;
            case IParameterReferenceOperation { Parameter: var parameter }:
                _state = _state.With(parameter, value);
                if (parameter.RefKind is not RefKind.None && run.Caller is null)
                {
                    GiveAway(value);
                }

                break;
            case IFlowCaptureReferenceOperation reference when run.Captured(reference) is var place && place != target:
                Store(place, value);
                break;
            case IDeclarationExpressionOperation { Expression: var declared }:
                Store(declared, value);
                break;
            case IDiscardOperation:
                break;
            case IPropertyReferenceOperation reference:
                WriteProperty(reference, value);
                break;
            case IFieldReferenceOperation { Field: var field } reference:
                WriteMember(InstanceOf(field, reference.Instance), NameOf(field), value);
                break;
            case IArrayElementReferenceOperation element:
                AddElement(Evaluate(element.ArrayReference), value);
                break;
            default:
                Evaluate(target);
                GiveAway(value);
                break;
        }
    }
}

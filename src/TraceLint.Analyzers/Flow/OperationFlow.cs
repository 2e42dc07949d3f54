using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>
/// What the operations of a basic block do to the state. Visiting an operation yields the objects it may evaluate to;
/// an object that goes where it cannot be followed is lost sight of from then on.
/// </summary>
internal sealed class OperationFlow(FlowRun run, BodyFlow body, FlowState state)
{
    private const int MaxDepth = 100;
    private readonly ObjectFacts _facts = new(run, body.Site, state);
    private int _depth;
    private bool _onlyLooking;
    private CallFlow? _calls;

    /// <summary>What holds after the operations visited so far.</summary>
    public FlowState State => _facts.State;

    private CallFlow Calls => _calls ??= new CallFlow(run, body, _facts, this);

    /// <summary>Applies an operation.</summary>
    /// <returns>The objects it may evaluate to; empty when it is nothing that the flow follows.</returns>
    public ImmutableHashSet<TrackedObject> Visit(IOperation? operation)
    {
        if (operation is null || run.GaveUp)
        {
            return ObjectFacts.Nothing;
        }

        if (_depth == MaxDepth)
        {
            run.GiveUp();
            return ObjectFacts.Nothing;
        }

        _depth++;
        var values = Evaluate(operation);
        _depth--;

        // A message or carrier that comes from nowhere is one that is not known, never none at all.
        return values.IsEmpty ? _facts.Opaque(operation.Type, operation.Syntax, operation, EvidenceKind.MadeElsewhere, NameOf(operation)) : values;
    }

    private ImmutableHashSet<TrackedObject> Evaluate(IOperation operation) => operation switch
    {
        ILocalReferenceOperation reference => Read(reference.Local, reference, EvidenceKind.MadeElsewhere),
        IParameterReferenceOperation reference => Read(reference.Parameter, reference, EvidenceKind.Parameter),
        IFlowCaptureOperation capture => Capture(capture),
        IFlowCaptureReferenceOperation reference => State.ValuesOf(body.VariableOf(reference.Id)) ?? ObjectFacts.Nothing,
        ISimpleAssignmentOperation assignment => Assign(assignment.Target, Visit(assignment.Value)),
        IConversionOperation { OperatorMethod: null } conversion => Visit(conversion.Operand),
        IObjectCreationOperation creation => NotOnlyLooking(creation, Create),
        IPropertyReferenceOperation reference when run.Model.IsCarrierMember(reference.Property)
            => _facts.CarriersOf(Visit(reference.Instance), reference, reference.Property.Name),
        IInvocationOperation call => NotOnlyLooking(call, Calls.Visit),
        IFlowAnonymousFunctionOperation lambda => Enter(body.Meet(lambda, State)),
        IMethodReferenceOperation { Method.MethodKind: MethodKind.LocalFunction } reference => Enter(body.Call(reference.Method.OriginalDefinition, State) is { } called ? State.Join(called.Everything) : State),
        IDelegateCreationOperation creation => Visit(creation.Target),
        IExpressionStatementOperation statement => Visit(statement.Operation),
        IAwaitOperation await => Visit(await.Operation),
        { ConstantValue: { HasValue: true, Value: null } } => ObjectFacts.Null,
        IDefaultValueOperation when run.Model.RoleOf(operation.Type) is not CarrierRole.None => ObjectFacts.Null,
        _ => Other(operation),
    };

    private ImmutableHashSet<TrackedObject> Read(ISymbol variable, IOperation reference, EvidenceKind otherwise)
    {
        if (State.ValuesOf(variable) is { } values)
        {
            return values;
        }

        values = _facts.Opaque(reference.Type, variable, reference, otherwise, variable.Name);
        if (!values.IsEmpty)
        {
            _facts.State = State.WithVariable(variable, values);
        }

        return values;
    }

    private ImmutableHashSet<TrackedObject> Capture(IFlowCaptureOperation capture)
    {
        body.Capture(capture.Id, capture.Value);
        var values = Visit(capture.Value);
        _facts.State = State.WithVariable(body.VariableOf(capture.Id), values);
        return ObjectFacts.Nothing;
    }

    private ImmutableHashSet<TrackedObject> Enter(FlowState state)
    {
        _facts.State = state;
        return ObjectFacts.Nothing;
    }

    private ImmutableHashSet<TrackedObject> Create(IObjectCreationOperation creation)
    {
        foreach (var argument in creation.Arguments)
        {
            LoseSight(Visit(argument.Value), EvidenceKind.PassedOn, creation, creation.Type?.Name);
        }

        return creation is { Type: { } type, Arguments.Length: 0 } && run.Model.IsEmptyWhenNew(type)
            ? _facts.Create(run.Model.RoleOf(type), creation.Syntax)
            : ObjectFacts.Nothing;
    }

    /// <summary>Applies an assignment.</summary>
    public ImmutableHashSet<TrackedObject> Assign(IOperation target, ImmutableHashSet<TrackedObject> values)
    {
        if (values.IsEmpty)
        {
            values = _facts.Opaque(target.Type, target.Syntax, target, EvidenceKind.MadeElsewhere, NameOf(target));
        }

        switch (target)
        {
            case ILocalReferenceOperation { Local.RefKind: RefKind.None } reference:
                _facts.State = State.WithVariable(reference.Local, values);
                break;
            case IParameterReferenceOperation reference:
                _facts.State = State.WithVariable(reference.Parameter, values);
                break;
            case IFlowCaptureReferenceOperation when body.Captured(target) is var captured && captured != target:
                Assign(captured, values);
                break;
            case IPropertyReferenceOperation reference when run.Model.IsCarrierMember(reference.Property):
                _facts.SetCarriers(Visit(reference.Instance), values);
                break;
            case IDeclarationExpressionOperation declaration:
                Assign(declaration.Expression, values);
                break;
            case IDiscardOperation:
                break;
            default:
                Visit(target);
                LoseSight(values, EvidenceKind.StoredElsewhere, target);
                break;
        }

        return values;
    }

    /// <summary>Applies an operand that is read and no more, also inside the array of a params parameter.</summary>
    public void LookAt(IOperation? operand) => Looking(true, operand, Visit);

    // What is handed to a call inside such an operand is handed over all the same.
    private ImmutableHashSet<TrackedObject> NotOnlyLooking<T>(T operation, Func<T, ImmutableHashSet<TrackedObject>> visit) => Looking(false, operation, visit);

    private ImmutableHashSet<TrackedObject> Looking<T>(bool only, T operation, Func<T, ImmutableHashSet<TrackedObject>> visit)
    {
        var before = _onlyLooking;
        _onlyLooking = only;
        var values = visit(operation);
        _onlyLooking = before;
        return values;
    }

    // Whatever is not named above passes its operands on: an element of an array, a field that is set, a returned value.
    private ImmutableHashSet<TrackedObject> Other(IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
        {
            var values = Visit(child);
            if (!OnlyReads(operation))
            {
                LoseSight(values, EvidenceKind.StoredElsewhere, operation);
            }
        }

        return ObjectFacts.Nothing;
    }

    private static string? NameOf(IOperation operation) => operation switch
    {
        IMemberReferenceOperation { Member.Name: var name } => name,
        IInvocationOperation { TargetMethod.Name: var name } => name,
        IObjectCreationOperation { Type.Name: var name } => name,
        _ => null,
    };

    private static bool OnlyReads(IOperation operation)
        => operation is IIsNullOperation or IIsTypeOperation or IIsPatternOperation or IBinaryOperation or IUnaryOperation
            or IInterpolationOperation or IPropertyReferenceOperation or INameOfOperation;

    private void LoseSight(ImmutableHashSet<TrackedObject> values, EvidenceKind why, IOperation where, string? subject = null)
    {
        if (!_onlyLooking)
        {
            _facts.LoseSight(values, why, where, subject);
        }
    }
}

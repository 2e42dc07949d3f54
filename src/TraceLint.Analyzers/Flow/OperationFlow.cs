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
    private const int MaxDepth = 200;
    private readonly ObjectFacts _facts = new(run, state);
    private int _depth;
    private int _onlyLooking;

    /// <summary>What holds after the operations visited so far.</summary>
    public FlowState State => _facts.State;

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
        return values;
    }

    private ImmutableHashSet<TrackedObject> Evaluate(IOperation operation) => operation switch
    {
        ILocalReferenceOperation reference => Read(reference.Local, reference, EvidenceKind.MadeElsewhere),
        IParameterReferenceOperation reference => Read(reference.Parameter, reference, EvidenceKind.Parameter),
        IFlowCaptureOperation capture => Capture(capture),
        IFlowCaptureReferenceOperation reference => State.ValuesOf(reference.Id) ?? ObjectFacts.Nothing,
        ISimpleAssignmentOperation assignment => Assign(assignment.Target, Visit(assignment.Value)),
        IConversionOperation { OperatorMethod: null } conversion => Visit(conversion.Operand),
        IObjectCreationOperation creation => Create(creation),
        IPropertyReferenceOperation reference when run.Model.IsCarrierMember(reference.Property)
            => _facts.CarriersOf(Visit(reference.Instance), reference, reference.Property.Name),
        IInvocationOperation call => Call(call),
        IFlowAnonymousFunctionOperation lambda => Enter(body.Meet(lambda, State)),
        IMethodReferenceOperation { Method.MethodKind: MethodKind.LocalFunction } reference => Enter(body.Call(reference.Method, State)),
        IDelegateCreationOperation creation => Visit(creation.Target),
        IExpressionStatementOperation statement => Visit(statement.Operation),
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
        run.Captures[capture.Id] = capture.Value;
        var values = Visit(capture.Value);
        _facts.State = State.WithVariable(capture.Id, values);
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
            : _facts.Opaque(creation.Type, creation.Syntax, creation, EvidenceKind.MadeElsewhere, creation.Type?.Name);
    }

    private ImmutableHashSet<TrackedObject> Assign(IOperation target, ImmutableHashSet<TrackedObject> values)
    {
        switch (target)
        {
            case ILocalReferenceOperation { Local.RefKind: RefKind.None } reference:
                _facts.State = State.WithVariable(reference.Local, values);
                break;
            case IParameterReferenceOperation { Parameter.RefKind: RefKind.None } reference:
                _facts.State = State.WithVariable(reference.Parameter, values);
                break;
            case IFlowCaptureReferenceOperation reference when run.Captures.TryGetValue(reference.Id, out var captured):
                Assign(captured, values);
                break;
            case IPropertyReferenceOperation reference when run.Model.IsCarrierMember(reference.Property):
                _facts.SetCarriers(Visit(reference.Instance), !values.IsEmpty ? values
                    : _facts.Opaque(target.Type, target.Syntax, target, EvidenceKind.MadeElsewhere, reference.Property.Name));
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

    private ImmutableHashSet<TrackedObject> Call(IInvocationOperation call)
    {
        var effect = run.Model.EffectOf(call);
        switch (effect.Kind)
        {
            case CallEffectKind.Publish:
                LookAtAllBut(effect.Operand, call);
                run.Publish(call.Syntax, Visit(effect.Operand), State);
                break;
            case CallEffectKind.Inject:
                LookAtAllBut(effect.Operand, call);
                Inject(call, effect);
                break;
            case CallEffectKind.Write:
                LookAtAllBut(effect.Operand, call);
                Write(call, effect);
                break;
            case CallEffectKind.Harmless:
                LookAtAllBut(null, call);
                break;
            default:
                HandOver(call);
                break;
        }

        return _facts.Opaque(call.Type, call.Syntax, call, EvidenceKind.MadeElsewhere, call.TargetMethod.Name);
    }

    private void Inject(IInvocationOperation call, CallEffect effect)
    {
        var carriers = Visit(effect.Operand).Remove(TrackedObject.Null);
        var evidence = new Evidence(EvidenceKind.Injected, call.Syntax.GetLocation(), effect.Api);
        if (carriers.IsEmpty)
        {
            run.InjectedIntoBody ??= evidence with { Kind = EvidenceKind.InBody };
        }

        _facts.PutContext(carriers, evidence);
        AssumeExists(effect.Operand);
    }

    private void Write(IInvocationOperation call, CallEffect effect)
    {
        var carriers = Visit(effect.Operand).Remove(TrackedObject.Null);
        AssumeExists(effect.Operand);
        switch (run.Model.MeaningOf(run.Captured(effect.Entry!), out var subject))
        {
            case EntryMeaning.Context:
                _facts.PutContext(carriers, new Evidence(EvidenceKind.WrittenByHand, call.Syntax.GetLocation(), subject));
                break;
            case EntryMeaning.Unclear:
                _facts.LoseSight(carriers, EvidenceKind.UnclearHeader, call, subject);
                break;
            default:
                run.Write(call.Syntax);
                break;
        }
    }

    private void AssumeExists(IOperation? operand)
    {
        if (operand is not null && run.Captured(operand) is IPropertyReferenceOperation member && run.Model.IsCarrierMember(member.Property))
        {
            _facts.AssumeCarrier(Visit(member.Instance));
        }
    }

    private void HandOver(IInvocationOperation call)
    {
        var callee = call.TargetMethod.Name;
        if (call.TargetMethod.MethodKind is MethodKind.LocalFunction)
        {
            Enter(body.Call(call.TargetMethod, State));
        }

        LoseSight(Visit(call.Instance), EvidenceKind.PassedOn, call, callee);
        foreach (var argument in call.Arguments)
        {
            LoseSight(Visit(argument.Value), EvidenceKind.PassedOn, call, callee);
            if (argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out)
            {
                Assign(argument.Value, _facts.Opaque(argument.Value.Type, argument.Syntax, argument, EvidenceKind.MadeElsewhere, callee));
            }
        }
    }

    // The callee reads what it is given and no more, also inside the array of a params parameter.
    private void LookAtAllBut(IOperation? operand, IInvocationOperation call)
    {
        _onlyLooking++;
        if (!ReferenceEquals(call.Instance, operand))
        {
            Visit(call.Instance);
        }

        foreach (var argument in call.Arguments)
        {
            if (!ReferenceEquals(argument.Value, operand))
            {
                Visit(argument.Value);
            }
        }

        _onlyLooking--;
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

        var subject = operation is IMemberReferenceOperation { Member.Name: var name } ? name : null;
        return _facts.Opaque(operation.Type, operation.Syntax, operation, EvidenceKind.MadeElsewhere, subject);
    }

    private static bool OnlyReads(IOperation operation)
        => operation is IIsNullOperation or IIsTypeOperation or IIsPatternOperation or IBinaryOperation or IUnaryOperation
            or IInterpolationOperation or IPropertyReferenceOperation or INameOfOperation;

    private void LoseSight(ImmutableHashSet<TrackedObject> values, EvidenceKind why, IOperation where, string? subject = null)
    {
        if (_onlyLooking == 0)
        {
            _facts.LoseSight(values, why, where, subject);
        }
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using static TraceLint.Flow.OperationFacts;

namespace TraceLint.Flow;

/// <summary>
/// What the operations of a basic block do to the state. Visiting an operation yields the objects it may evaluate to;
/// an object that goes where it cannot be followed is lost sight of from then on.
/// </summary>
internal sealed class OperationFlow
{
    private const int MaxDepth = 100;
    private readonly FlowRun _run;
    private readonly BodyFlow _body;
    private readonly ObjectFacts _facts;
    private readonly CallFlow _calls;
    private readonly CollectionFlow _collections;
    private readonly Dictionary<IOperation, ImmutableHashSet<TrackedObject>> _visited = [];
    private int _depth;
    private bool _onlyLooking;

    public OperationFlow(FlowRun run, BodyFlow body, FlowState state)
    {
        (_run, _body) = (run, body);
        _facts = new ObjectFacts(run, body.Site, state);
        _collections = new CollectionFlow(run, body, _facts, this);
        _calls = new CallFlow(run, body, _facts, this, _collections);
    }

    /// <summary>What holds after the operations visited so far.</summary>
    public FlowState State => _facts.State;

    /// <summary>Applies an operation.</summary>
    /// <returns>The objects it may evaluate to; empty when it is nothing that the flow follows.</returns>
    public ImmutableHashSet<TrackedObject> Visit(IOperation? operation)
    {
        if (operation is null || _run.GaveUp)
        {
            return ObjectFacts.Nothing;
        }

        // Whoever asks twice asks about the same evaluation: in a block, every operation runs once.
        if (_visited.TryGetValue(operation, out var known))
        {
            return known;
        }

        if (_depth == MaxDepth)
        {
            _run.GiveUp();
            return ObjectFacts.Nothing;
        }

        _depth++;
        var values = Evaluate(operation);
        _depth--;

        // A message or carrier that comes from nowhere is one that is not known, never none at all.
        values = values.IsEmpty ? _facts.Opaque(operation.Type, PlaceOf(operation), operation, WhereFrom(operation), NameOf(operation)) : values;
        _visited[operation] = values;
        return values;
    }

    private ImmutableHashSet<TrackedObject> Evaluate(IOperation operation) => operation switch
    {
        ILocalReferenceOperation reference => Read(reference.Local, reference, EvidenceKind.MadeElsewhere),
        // The receiver of an extension block.
        IParameterReferenceOperation { Parameter.ContainingSymbol: INamedTypeSymbol } when _body.Self is { } self => State.ValuesOf(self) ?? ObjectFacts.Nothing,
        IParameterReferenceOperation reference => Read(reference.Parameter, reference, EvidenceKind.Parameter),
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } when _body.Self is { } self => State.ValuesOf(self) ?? ObjectFacts.Nothing,
        IFlowCaptureOperation capture => Capture(capture),
        IFlowCaptureReferenceOperation reference => State.ValuesOf(_body.VariableOf(reference.Id)) ?? ObjectFacts.Nothing,
        ISimpleAssignmentOperation assignment => Assign(assignment.Target, Visit(assignment.Value)),
        IDeconstructionAssignmentOperation deconstruction => Deconstruct(deconstruction.Target, deconstruction.Value),
        IConversionOperation { OperatorMethod: null } conversion => Visit(conversion.Operand),
        IObjectCreationOperation creation => NotOnlyLooking(creation, _calls.Create),
        ITupleOperation tuple when IsComposite(tuple) => _collections.Compose(tuple, tuple.Elements),
        IAnonymousObjectCreationOperation creation when IsComposite(creation) => _collections.Compose(creation, creation.Initializers),
        IFieldReferenceOperation reference => _collections.Part(reference) ?? Other(reference),
        IArrayCreationOperation array => _collections.Create(array, array.Initializer?.ElementValues ?? ImmutableArray<IOperation>.Empty),
        IPropertyReferenceOperation reference => ReadMember(reference),
        IArrayElementReferenceOperation element => _collections.Element(element, element.ArrayReference) ?? Other(element),
        IInvocationOperation call => NotOnlyLooking(call, _calls.Visit),
        IFlowAnonymousFunctionOperation lambda => Meet(lambda),
        IMethodReferenceOperation { Method.MethodKind: MethodKind.LocalFunction } reference => Enter(_body.Refer(reference.Method.OriginalDefinition, State)),
        IDelegateCreationOperation creation => Visit(creation.Target),
        ITranslatedQueryOperation query => Visit(query.Operation),
        IExpressionStatementOperation statement => Visit(statement.Operation),
        IAwaitOperation await => Visit(await.Operation),
        IIsPatternOperation pattern => Match(pattern),
        { ConstantValue: { HasValue: true, Value: null } } => ObjectFacts.Null,
        IDefaultValueOperation when _run.Model.RoleOf(operation.Type) is not CarrierRole.None => ObjectFacts.Null,
        { Kind: OperationFacts.CollectionExpression } => _collections.Create(operation, operation.ChildOperations),
        _ => Other(operation),
    };

    private bool IsComposite(IOperation creation) => _run.Model.RoleOf(creation.Type) is CarrierRole.Batch;

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

    private ImmutableHashSet<TrackedObject> ReadMember(IPropertyReferenceOperation reference)
    {
        switch (_run.Model.RoleOfMember(reference.Property))
        {
            case MemberRole.Carrier:
                return _facts.PartsOf(Visit(reference.Instance), reference, reference.Property.Name);
            case MemberRole.Messages:
                return Visit(reference.Instance);
            case MemberRole.Context:
                LoseSight(Visit(reference.Instance), EvidenceKind.UnclearHeader, reference, reference.Property.Name);
                return ObjectFacts.Nothing;
            default:
                if ((_collections.Part(reference) ?? _collections.Element(reference, reference.Instance) ?? _calls.Get(reference)) is { } known)
                {
                    return known;
                }

                if (_collections.Reach(reference))
                {
                    return ObjectFacts.Nothing;
                }

                if (IsOwnCode(reference.Property, reference.Property.GetMethod))
                {
                    LoseSight(Visit(reference.Instance), EvidenceKind.PassedOn, reference, reference.Property.Name);
                }

                return Other(reference);
        }
    }

    private ImmutableHashSet<TrackedObject> Capture(IFlowCaptureOperation capture)
    {
        _body.Capture(capture.Id, capture.Value);
        var values = Visit(capture.Value);
        _facts.State = State.WithVariable(_body.VariableOf(capture.Id), values);
        return ObjectFacts.Nothing;
    }

    // Whoever runs a lambda gets what it returns.
    private ImmutableHashSet<TrackedObject> Meet(IFlowAnonymousFunctionOperation lambda)
    {
        Enter(_body.Meet(lambda, State));
        LoseSight(_body.ReturnedBy(lambda), EvidenceKind.StoredElsewhere, lambda);
        return ObjectFacts.Nothing;
    }

    // A pattern gives what it matches another name; what it takes out of it is lost sight of.
    private ImmutableHashSet<TrackedObject> Match(IIsPatternOperation match)
    {
        var values = Visit(match.Value);
        var variable = match.Pattern switch
        {
            IDeclarationPatternOperation { DeclaredSymbol: { } declared } => declared,
            IRecursivePatternOperation { DeclaredSymbol: { } declared } => declared,
            _ => null,
        };

        if (variable is not null && !values.IsEmpty)
        {
            _facts.State = State.WithVariable(variable, values.Remove(TrackedObject.Null) is { IsEmpty: false } matched ? matched : values);
        }

        if (match.Pattern.Descendants().Any(static inner => inner is IDeclarationPatternOperation or IRecursivePatternOperation { DeclaredSymbol: not null } or ISlicePatternOperation))
        {
            LoseSight(values, EvidenceKind.StoredElsewhere, match);
        }

        return ObjectFacts.Nothing;
    }

    private ImmutableHashSet<TrackedObject> Enter(FlowState state)
    {
        _facts.State = state;
        return ObjectFacts.Nothing;
    }

    // One by one, as far as both sides say what they consist of; else every target becomes something that is not known.
    private ImmutableHashSet<TrackedObject> Deconstruct(IOperation target, IOperation value)
    {
        if (ElementsOf(target) is not { } targets)
        {
            return Assign(target, Visit(value));
        }

        var context = ElementsOf(value) is { } elements && elements.Length == targets.Length ? elements : default;
        if (context.IsDefault && IsComposite(value) && targets.All(static inner => ElementsOf(inner) is null))
        {
            var wholes = Visit(value);
            foreach (var one in targets)
            {
                Assign(one, _collections.PartOf(wholes, one));
            }

            return ObjectFacts.Nothing;
        }

        if (context.IsDefault)
        {
            LoseSight(Visit(value), EvidenceKind.StoredElsewhere, value);
        }

        // All is read before any is set, as in a swap.
        var values = context.IsDefault ? [] : context.Select(Visit).ToArray();
        for (var i = 0; i < targets.Length; i++)
        {
            if (ElementsOf(targets[i]) is not null)
            {
                Deconstruct(targets[i], context.IsDefault ? value : context[i]);
            }
            else
            {
                Assign(targets[i], context.IsDefault ? ObjectFacts.Nothing : values[i]);
            }
        }

        return ObjectFacts.Nothing;
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
            case IFlowCaptureReferenceOperation when _body.Captured(target) is var captured && captured != target:
                Assign(captured, values);
                break;
            case IPropertyReferenceOperation reference when AssignMember(reference, values):
            case IFieldReferenceOperation part when _collections.SetPart(part, values):
            case IDiscardOperation:
                break;
            case IDeclarationExpressionOperation declaration:
                Assign(declaration.Expression, values);
                break;
            default:
                Visit(target);
                LoseSight(values, EvidenceKind.StoredElsewhere, target);
                break;
        }

        return values;
    }

    private bool AssignMember(IPropertyReferenceOperation reference, ImmutableHashSet<TrackedObject> values)
    {
        switch (_run.Model.RoleOfMember(reference.Property))
        {
            case MemberRole.Carrier:
                _facts.SetCarriers(Visit(reference.Instance), values);
                return true;
            case MemberRole.Messages:
                _facts.AddMessages(Visit(reference.Instance), values, reference);
                return true;
            case MemberRole.Context when !values.SetEquals(ObjectFacts.Null):
                _facts.PutContext(Visit(reference.Instance), new Evidence(EvidenceKind.WrittenByHand, reference.Syntax.GetLocation(), reference.Property.Name));
                return true;
            case MemberRole.Untraced:
                _facts.LoseSight(Visit(reference.Instance), EvidenceKind.StoredElsewhere, reference, reference.Property.Name);
                return true;
            default:
                if (_run.Model.RoleOf(reference.Instance?.Type) is CarrierRole.Message)
                {
                    _run.Write(Visit(reference.Instance), reference.Syntax);
                }

                // A setter of the project's own may do anything.
                if (IsOwnCode(reference.Property, reference.Property.SetMethod))
                {
                    LoseSight(Visit(reference.Instance), EvidenceKind.PassedOn, reference, reference.Property.Name);
                }

                return _calls.Set(reference) || _collections.Set(reference, values);
        }
    }

    /// <summary>What holds where a comparison with null has come out.</summary>
    /// <param name="operand">What is compared: only the carrier of a message says anything here.</param>
    /// <param name="state">What holds at the comparison.</param>
    /// <param name="isNull">How it came out.</param>
    /// <returns>Null when it cannot have come out so.</returns>
    public FlowState? AssumeNull(IOperation operand, FlowState state, bool isNull)
    {
        // Of `a.B ??= c`, a capture of a capture is compared.
        while ((operand is IConversionOperation conversion ? conversion.Operand : _body.Captured(operand)) is var inner && inner != operand)
        {
            operand = inner;
        }

        var messages = operand is IPropertyReferenceOperation reference && _run.Model.RoleOfMember(reference.Property) is MemberRole.Carrier
            ? Visit(reference.Instance)
            : ObjectFacts.Nothing;
        if (messages.Count != 1 || messages.First() is var message && (state.ContextOf(message) is not ContextState.Absent || state.PartsOf(message) is null))
        {
            return state;
        }

        var carriers = state.PartsOf(message)!;
        var possible = isNull ? carriers.Intersect(ObjectFacts.Null) : carriers.Remove(TrackedObject.Null);
        return carriers.Any(static carrier => carrier.Opaque is not null) ? state
            : possible.IsEmpty ? null
            : state.WithParts(message, possible);
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

    // Whatever is not named above passes its operands on: a field that is set, a returned value, an element of a tuple.
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

    private EvidenceKind WhereFrom(IOperation operation) => _run.Model.IsIncoming(operation) ? EvidenceKind.Incoming : EvidenceKind.MadeElsewhere;

    private void LoseSight(ImmutableHashSet<TrackedObject> values, EvidenceKind why, IOperation where, string? subject = null)
    {
        if (!_onlyLooking)
        {
            _facts.LoseSight(values, why, where, subject);
        }
    }
}

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>
/// Answers, for a call that publishes, whether the context is on its message. A body is followed once for all calls in
/// it; the answers live as long as the syntax they are about.
/// </summary>
/// <param name="model">The transport and the ways to inject.</param>
/// <param name="context">Where the code of helpers is found.</param>
internal sealed class CarrierFlow(ICarrierModel model, CompilationContext context)
{
    private readonly ConditionalWeakTable<SyntaxNode, FlowRun> _runs = new();

    public ICarrierModel Model => model;

    public CompilationContext Context => context;

    /// <summary>The verdict on one publish.</summary>
    /// <param name="publish">The call that publishes.</param>
    public Verdict Judge(SyntaxNode publish, CancellationToken cancellation) => Judge(publish, static point => point.Helper is null, cancellation);

    /// <summary>The verdict on a call that publishes, itself or through a helper.</summary>
    /// <param name="call">The call.</param>
    /// <param name="counts">Which of the publishes that it leads to are its own to answer for. The context is dropped only when it is on all of them.</param>
    public Verdict Judge(SyntaxNode call, Func<PublishPoint, bool> counts, CancellationToken cancellation)
    {
        Verdict? dropped = null;
        if (RunOf(call, cancellation) is { } run)
        {
            if (run.GaveUp)
            {
                return Verdict.Unknown(new Evidence(EvidenceKind.TooComplex, call.GetLocation()));
            }

            foreach (var point in run.Publishes)
            {
                if (point.Call != call || !counts(point))
                {
                    continue;
                }

                var verdict = Judge(point, run, cancellation);
                if (verdict.Kind is not VerdictKind.Dropped)
                {
                    return verdict;
                }

                dropped ??= verdict;
            }
        }

        return dropped ?? Verdict.Unknown(new Evidence(EvidenceKind.NotReached, call.GetLocation()));
    }

    /// <summary>
    /// Whether a method, whenever it returns, has put the context on what it was handed, an empty carrier or a message without one, and
    /// has not published anything.
    /// </summary>
    /// <param name="parameter">The parameter that it was handed as.</param>
    public bool PutsContextOn(IParameterSymbol parameter, IMethodSymbol method, CancellationToken cancellation)
        => Follow(parameter, method, mayHaveCarrier: false, cancellation) is var (run, handed, end) && end is not null && !run.GaveUp && run.Publishes.Count == 0
            && (end.ContextOf(handed) is ContextState.Present
                || (end.PartsOf(handed) is { IsEmpty: false } carriers && carriers.All(carrier => end.ContextOf(carrier) is ContextState.Present)));

    /// <summary>
    /// Whether a method publishes what it is handed, and an empty carrier, a message without one or several of these leave it without
    /// context for sure: then its caller has to inject.
    /// </summary>
    /// <inheritdoc cref="PutsContextOn"/>
    public bool PublishesAsItIs(IParameterSymbol parameter, IMethodSymbol method, CancellationToken cancellation)
    {
        if (model.RoleOf(parameter.Type) is CarrierRole.None || parameter.RefKind is not RefKind.None
            || Follow(parameter, method, mayHaveCarrier: true, cancellation) is not var (run, handed, _) || run.GaveUp)
        {
            return false;
        }

        var published = run.Publishes.Where(point => Leaves(handed, point)).ToList();
        return published.Count > 0 && published.TrueForAll(point => Judge(point, run, cancellation) is { Kind: VerdictKind.Dropped } dropped
            && dropped.Evidence.All(static evidence => evidence.Kind is EvidenceKind.NoCarrier or EvidenceKind.CarrierWithoutContext));
    }

    // Itself, as the carrier of a message or as a message of a batch.
    private static bool Leaves(TrackedObject handed, PublishPoint point)
        => point.Messages.Contains(handed)
            || point.Messages.Any(message => point.State.PartsOf(message) is { } parts
                && (parts.Contains(handed) || parts.Any(part => point.State.PartsOf(part)?.Contains(handed) is true)))
            || (point.State.PartsOf(handed) is { } own && !own.Remove(TrackedObject.Null).IsEmpty && own.Overlaps(point.Messages));

    // Follows a method that is handed an empty carrier, a message without one or perhaps with an empty one, or a batch of such a message.
    private (FlowRun Run, TrackedObject Handed, FlowState? End)? Follow(
        IParameterSymbol parameter, IMethodSymbol method, bool mayHaveCarrier, CancellationToken cancellation)
    {
        if (context.BodiesOf(method, isVirtual: false, cancellation) is not [var body])
        {
            return null;
        }

        var run = new FlowRun(model, context, cancellation);
        var handed = Made(model.RoleOf(parameter.Type), parameter);
        var entry = FlowState.Empty.WithVariable(parameter, ImmutableHashSet.Create(handed)).WithContext(handed, ContextState.Absent);
        var message = handed;
        if (handed.Role is CarrierRole.Batch)
        {
            message = Made(CarrierRole.Message, (parameter, CarrierRole.Message));
            entry = entry.WithParts(handed, ImmutableHashSet.Create(message)).WithContext(message, ContextState.Absent);
        }

        if (message.Role is CarrierRole.Message)
        {
            var carrier = Made(CarrierRole.Carrier, (parameter, CarrierRole.Carrier));
            entry = mayHaveCarrier
                ? entry.WithParts(message, ObjectFacts.Null.Add(carrier)).WithContext(carrier, ContextState.Absent)
                : entry.WithParts(message, ObjectFacts.Null);
        }

        return (run, handed, new BodyFlow(run, body.Graph, outer: null, site: null, self: null).Follow(entry).End);

        TrackedObject Made(CarrierRole role, object place) => new(role, place, parameter.Locations[0], Opaque: null);
    }

    /// <summary>What was found in the body around a node; null when the compiler makes no sense of it.</summary>
    public FlowRun? RunOf(SyntaxNode node, CancellationToken cancellation)
    {
        if (EnclosingBody.Of(node) is not { } body)
        {
            return null;
        }

        if (_runs.TryGetValue(body, out var known))
        {
            return known;
        }

        if (EnclosingBody.GraphOf(body, context.Of(body.SyntaxTree), cancellation) is not { } graph)
        {
            return null;
        }

        var run = new FlowRun(model, context, cancellation);
        new BodyFlow(run, graph, outer: null, site: null, self: null).Follow(FlowState.Empty);
        return _runs.GetValue(body, _ => run);
    }

    private Verdict Judge(PublishPoint point, FlowRun run, CancellationToken cancellation)
    {
        var weighing = new Weighing(point, run);
        return weighing.Verdict is { Kind: VerdictKind.Dropped } dropped ? Refine(dropped, point, weighing, run, cancellation) : weighing.Verdict;
    }

    // A context that something else puts there, or that sits in the payload, may well reach the other side.
    private Verdict Refine(Verdict dropped, PublishPoint point, Weighing weighing, FlowRun run, CancellationToken cancellation)
    {
        if (OperationAt(point.Publish, cancellation) is IInvocationOperation publish && model.SelfPropagation(publish, cancellation) is { } instrumented)
        {
            return Verdict.Unknown(instrumented);
        }

        // The body of a message may be handed over beside it; an address, which is a text, is no part of it.
        var given = Given(point.Publish, cancellation, isPublish: true).Concat(point.Helper is null ? [] : Given(point.Call, cancellation)).ToArray();
        var made = weighing.Messages.Select(static message => message.Creation).OfType<SyntaxNode>().Select(place => OperationAt(place, cancellation)).OfType<IOperation>();
        var published = point.Messages.IsEmpty ? given : made.Concat(given.Where(static argument => argument.Type?.SpecialType is not SpecialType.System_String)).ToArray();
        var leaving = weighing.Messages.Union(weighing.Messages.SelectMany(message => point.State.PartsOf(message) ?? ObjectFacts.Nothing));
        var written = run.Writes.Where(write => write.Value.Overlaps(leaving)).Select(write
            => Written(OperationAt(write.Key, cancellation))).OfType<IOperation>();
        if (model.ContextInPayload(given.Concat(published).Concat(written), point.Helper, OperationAt(point.Call, cancellation),
            cancellation) is { } inPayload)
        {
            return Verdict.Unknown(inPayload);
        }

        // Nobody tried to fill the carrier, or somebody chose not to.
        if (dropped.Because.Kind is EvidenceKind.CannotCarry or EvidenceKind.NoCarrier or EvidenceKind.CarrierWithoutContext
            && !(dropped.Because.Kind is EvidenceKind.CannotCarry && run.Injections.Count > 0 && OneBranch.IsWithoutOwnSpan(point.Call))
            && OneBranch.IsGuarded(point.Call, run.Injections.Count == 0 ? GuardSubject.Spans : GuardSubject.Settings))
        {
            return Verdict.Unknown(new Evidence(EvidenceKind.SomePaths, point.Call.GetLocation()));
        }

        return model.ReceivedAt(point.Call, published, context.Of(point.Call.SyntaxTree), cancellation) switch
        {
            ({ Locations: [var declared, ..] } received, true)
                => Weighing.Dropped(dropped.Evidence.Add(new Evidence(EvidenceKind.IncomingDropped, declared, received.Name)), dropped.CarrierExists) with { Received = received },
            ({ } received, _) => dropped with { Received = received },
            _ => dropped,
        };
    }

    // What a call is given, but for what it calls back, and for the client that an extension method publishes with.
    private IEnumerable<IOperation> Given(SyntaxNode call, CancellationToken cancellation, bool isPublish = false)
        => OperationAt(call, cancellation) is IInvocationOperation { Arguments: var arguments, TargetMethod.IsExtensionMethod: var isExtension }
            ? arguments.Select(static argument => argument.Value).Where((value, index) => value.Type?.TypeKind is not TypeKind.Delegate
                && !(isPublish && isExtension && index == 0 && model.RoleOf(value.Type) is CarrierRole.None))
            : [];

    // Setting an entry or a member is a target alone; what counts is what it is set to.
    private static IOperation? Written(IOperation? place) => place is { Parent: IAssignmentOperation assignment } && assignment.Target == place ? assignment : place;

    // An entry of an initializer has no operation of its own.
    private IOperation? OperationAt(SyntaxNode? place, CancellationToken cancellation)
    {
        for (var tries = 0; place is not null && tries < 3; tries++, place = place.Parent)
        {
            if (context.Of(place.SyntaxTree).GetOperation(place, cancellation) is { } operation)
            {
                return operation;
            }
        }

        return null;
    }
}

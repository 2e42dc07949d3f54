using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Flow;

/// <summary>
/// Answers, for a publish, whether the context is on its message. A body is followed once for all publishes in it; the
/// answers live as long as the syntax they are about.
/// </summary>
/// <param name="model">The transport and the ways to inject.</param>
/// <param name="sources">Where the code of helpers is found.</param>
internal sealed class CarrierFlow(ICarrierModel model, SourceModels sources)
{
    private readonly ConditionalWeakTable<SyntaxNode, FlowRun> _runs = new();

    /// <summary>The verdict on one publish.</summary>
    /// <param name="call">The call that publishes.</param>
    /// <param name="semantics">The model of the call's tree.</param>
    public Verdict Judge(InvocationExpressionSyntax call, SemanticModel semantics, CancellationToken cancellation)
    {
        if (EnclosingBody.Of(call) is not { } body || Follow(body, semantics, cancellation) is not { } run)
        {
            return Verdict.Unknown(new Evidence(EvidenceKind.NotReached, call.GetLocation()));
        }

        if (run.GaveUp)
        {
            return Verdict.Unknown(new Evidence(EvidenceKind.TooComplex, call.GetLocation()));
        }

        return run.Publishes.TryGetValue(call, out var point)
            ? Refine(Combine(call, point, run), point, run, cancellation)
            : Verdict.Unknown(new Evidence(EvidenceKind.NotReached, call.GetLocation()));
    }

    private FlowRun? Follow(SyntaxNode body, SemanticModel semantics, CancellationToken cancellation)
    {
        if (_runs.TryGetValue(body, out var known))
        {
            return known;
        }

        if (EnclosingBody.GraphOf(body, semantics, cancellation) is not { } graph)
        {
            return null;
        }

        var run = new FlowRun(model, sources, cancellation);
        new BodyFlow(run, graph, outer: null, site: null).Follow(FlowState.Empty);
        return _runs.GetValue(body, _ => run);
    }

    private static Verdict Combine(SyntaxNode call, PublishPoint point, FlowRun run)
    {
        var carried = new List<Evidence>();
        var dropped = new List<Evidence>();
        var carrierExists = true;
        foreach (var message in point.Messages.Remove(TrackedObject.Null))
        {
            foreach (var carrier in CarriersOf(message, point.State))
            {
                var (kind, evidence) = Weigh(message, carrier, point.State, run);
                carrierExists &= carrier.Role is not CarrierRole.None;
                switch (kind)
                {
                    case VerdictKind.Unknown:
                        return Verdict.Unknown(evidence);
                    case VerdictKind.Carried:
                        carried.Add(evidence);
                        break;
                    default:
                        dropped.Add(evidence);
                        break;
                }
            }
        }

        return (carried, dropped) switch
        {
            ([], []) => Verdict.Unknown(new Evidence(EvidenceKind.MadeElsewhere, call.GetLocation())),
            (_, []) => new Verdict(VerdictKind.Carried, carried.ToImmutableArray()) { CarrierExists = true },
            ([], _) => new Verdict(VerdictKind.Dropped, Sorted(dropped)) { CarrierExists = carrierExists },
            _ => Verdict.Unknown(carried[0] with { Kind = EvidenceKind.SomePaths }),
        };
    }

    // The strongest first: a carrier that somebody filled says more than one that is missing. Then as in the code, so that
    // every build says the same.
    private static ImmutableArray<Evidence> Sorted(List<Evidence> evidence)
        => evidence
            .OrderByDescending(static one => one.Kind)
            .ThenBy(static one => one.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(static one => one.Location.SourceSpan.Start)
            .ToImmutableArray();

    // A message that was injected into as a whole needs no carrier to be looked at.
    private static ImmutableHashSet<TrackedObject> CarriersOf(TrackedObject message, FlowState state)
        => state.ContextOf(message) is not ContextState.Absent || state.CarriersOf(message) is not { IsEmpty: false } carriers
            ? ImmutableHashSet.Create(message)
            : carriers;

    private static (VerdictKind Kind, Evidence Evidence) Weigh(TrackedObject message, TrackedObject carrier, FlowState state, FlowRun run)
    {
        if (carrier.Role is CarrierRole.None)
        {
            return (VerdictKind.Dropped, WhyDropped(EvidenceKind.NoCarrier, message, run));
        }

        var context = state.ContextOf(carrier);
        var injected = run.Injections.TryGetValue(carrier, out var injection);
        return context switch
        {
            ContextState.Present => (VerdictKind.Carried, injection ?? new Evidence(EvidenceKind.Injected, carrier.Origin)),
            ContextState.Absent when carrier.Opaque is null && carrier.Role is CarrierRole.Carrier => (VerdictKind.Dropped, injected
                ? injection! with { Kind = EvidenceKind.InjectedTooLate }
                : WhyDropped(EvidenceKind.CarrierWithoutContext, carrier, run)),
            ContextState.Absent or ContextState.Unclear or (ContextState.Absent | ContextState.Unclear) when run.ObservationOf(carrier) is { } reason
                => (VerdictKind.Unknown, reason),
            _ => (VerdictKind.Unknown, (injection ?? new Evidence(EvidenceKind.SomePaths, carrier.Origin)) with { Kind = EvidenceKind.SomePaths }),
        };
    }

    private static Evidence WhyDropped(EvidenceKind otherwise, TrackedObject dropped, FlowRun run)
    {
        // Where another carrier made here got the context and left with no message, that is what went wrong.
        foreach (var injection in run.Injections)
        {
            if (injection.Key is { Role: CarrierRole.Carrier, Opaque: null, MadeBy: "" } && !run.IsPublished(injection.Key))
            {
                return injection.Value with { Kind = EvidenceKind.InjectedElsewhere };
            }
        }

        return new Evidence(otherwise, dropped.Origin, dropped.MadeBy);
    }

    // A context that goes into something else, or sits in the payload, may well reach the other side.
    private Verdict Refine(Verdict verdict, PublishPoint point, FlowRun run, CancellationToken cancellation)
    {
        if (verdict.Kind is not VerdictKind.Dropped)
        {
            return verdict;
        }

        if (run.InjectedIntoBody is { } injected)
        {
            return Verdict.Unknown(injected);
        }

        foreach (var place in point.Messages.Select(static message => message.Creation).OfType<SyntaxNode>().Concat(run.Writes))
        {
            if (sources.Of(place.SyntaxTree).GetOperation(place, cancellation) is { } operation && model.ShowsContext(operation, cancellation, out var sign))
            {
                return Verdict.Unknown(new Evidence(EvidenceKind.InBody, place.GetLocation(), sign));
            }
        }

        return model.EnvelopeInjection(cancellation) is { } envelope ? Verdict.Unknown(envelope) : verdict;
    }
}

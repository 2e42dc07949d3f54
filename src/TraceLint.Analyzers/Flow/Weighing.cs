using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TraceLint.Flow;

/// <summary>What the state at a publish says of every carrier that may leave there.</summary>
internal sealed class Weighing
{
    private readonly FlowRun _run;
    private readonly FlowState _state;
    private readonly SyntaxNode _call;
    private readonly List<Evidence> _carried = [];
    private readonly List<Evidence> _dropped = [];
    private bool _carrierExists = true;

    public Weighing(PublishPoint point, FlowRun run)
    {
        (_run, _state, _call) = (run, point.State, point.Call);
        if (point.Messages.IsEmpty)
        {
            Verdict = Dropped([new Evidence(EvidenceKind.CannotCarry, point.Publish.GetLocation())], carrierExists: false);
            return;
        }

        Messages = Expand(point.Messages);
        Verdict = Unknown() ?? (_carried, _dropped) switch
        {
            ([], []) => Flow.Verdict.Unknown(new Evidence(EvidenceKind.MadeElsewhere, _call.GetLocation())),
            (_, []) => new Verdict(VerdictKind.Carried, _carried.ToImmutableArray()) { CarrierExists = true },
            ([], _) => Dropped(_dropped, _carrierExists),
            _ => Flow.Verdict.Unknown(_carried[0] with { Kind = EvidenceKind.SomePaths }),
        };
    }

    public Verdict Verdict { get; }

    /// <summary>The single messages, those of batches included.</summary>
    public ImmutableHashSet<TrackedObject> Messages { get; } = ObjectFacts.Nothing;

    /// <summary>
    /// The verdict for these pieces of evidence, the strongest first: a carrier that somebody filled says more than one
    /// that is missing. Then as in the code, so that every build says the same.
    /// </summary>
    public static Verdict Dropped(IReadOnlyCollection<Evidence> evidence, bool carrierExists)
        => new(VerdictKind.Dropped, evidence
            .OrderByDescending(static one => one.Kind)
            .ThenBy(static one => one.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(static one => one.Location.SourceSpan.Start)
            .ToImmutableArray())
        {
            CarrierExists = carrierExists,
        };

    private ImmutableHashSet<TrackedObject> Expand(ImmutableHashSet<TrackedObject> published)
    {
        var messages = ObjectFacts.Nothing;
        foreach (var one in published)
        {
            messages = one.Role is CarrierRole.Batch && one.Opaque is null && _state.ContextOf(one) is ContextState.Absent
                ? messages.Union(_state.PartsOf(one) ?? ObjectFacts.Nothing)
                : messages.Add(one);
        }

        return messages.Remove(TrackedObject.Null);
    }

    // Weighs all of them; one that is not known decides.
    private Verdict? Unknown()
    {
        foreach (var message in Messages)
        {
            foreach (var carrier in CarriersOf(message))
            {
                var (kind, evidence) = Weigh(message, carrier);
                _carrierExists &= carrier.Role is not CarrierRole.None;
                switch (kind)
                {
                    case VerdictKind.Unknown:
                        return Flow.Verdict.Unknown(evidence);
                    case VerdictKind.Carried:
                        _carried.Add(evidence);
                        break;
                    default:
                        _dropped.Add(evidence);
                        break;
                }
            }
        }

        return null;
    }

    // A message that was injected into as a whole needs no carrier to be looked at.
    private ImmutableHashSet<TrackedObject> CarriersOf(TrackedObject message)
        => message.Role is CarrierRole.Message && _state.ContextOf(message) is ContextState.Absent && _state.PartsOf(message) is { IsEmpty: false } carriers
            ? carriers
            : ImmutableHashSet.Create(message);

    private (VerdictKind Kind, Evidence Evidence) Weigh(TrackedObject message, TrackedObject carrier)
    {
        if (carrier.Role is CarrierRole.None)
        {
            return (VerdictKind.Dropped, WhyDropped(EvidenceKind.NoCarrier, message));
        }

        var injection = _run.Injections.TryGetValue(carrier, out var found) ? found : null;
        var isKnown = carrier.Opaque is null && carrier.Role is CarrierRole.Carrier;
        switch (_state.ContextOf(carrier) & ~ContextState.Cleared)
        {
            case ContextState.Present:
                return (VerdictKind.Carried, injection ?? new Evidence(EvidenceKind.Injected, carrier.Origin));
            case ContextState.Absent or ContextState.None when isKnown:
                return (VerdictKind.Dropped, injection is null ? WhyDropped(EvidenceKind.CarrierWithoutContext, carrier) : injection with { Kind = WhyMissed(injection) });
            case ContextState.Absent | ContextState.Present when isKnown && injection is not null && OneBranch.IsForgotten(injection.Location, _call):
                return (VerdictKind.Dropped, injection with { Kind = EvidenceKind.InjectedOnOtherPath });
            case ContextState.None or ContextState.Absent or ContextState.Unclear or (ContextState.Absent | ContextState.Unclear) when _run.ObservationOf(carrier) is { } reason:
                return (VerdictKind.Unknown, reason);
            default:
                return (VerdictKind.Unknown, (injection ?? new Evidence(EvidenceKind.SomePaths, carrier.Origin)) with { Kind = EvidenceKind.SomePaths });
        }
    }

    private EvidenceKind WhyMissed(Evidence injection)
        => injection.Location.SourceTree == _call.SyntaxTree && injection.Location.SourceSpan.Start < _call.SpanStart
            ? EvidenceKind.InjectedOnOtherPath
            : EvidenceKind.InjectedTooLate;

    private Evidence WhyDropped(EvidenceKind otherwise, TrackedObject dropped)
    {
        // Where another carrier made here got the context and left with no message, that is what went wrong.
        foreach (var injection in _run.Injections)
        {
            if (injection.Key is { Role: CarrierRole.Carrier, Opaque: null, MadeBy: "" } && !_run.IsPublished(injection.Key))
            {
                return injection.Value with { Kind = EvidenceKind.InjectedElsewhere };
            }
        }

        return new Evidence(otherwise, dropped.Origin, dropped.MadeBy);
    }
}

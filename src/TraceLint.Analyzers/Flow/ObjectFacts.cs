using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TraceLint.Flow;

/// <summary>What becomes known about messages and carriers while the operations of a block are visited.</summary>
internal sealed class ObjectFacts(FlowRun run, CallSite? site, FlowState state)
{
    /// <summary>No object that the flow follows.</summary>
    public static readonly ImmutableHashSet<TrackedObject> Nothing = ImmutableHashSet<TrackedObject>.Empty;

    /// <summary>The null reference.</summary>
    public static readonly ImmutableHashSet<TrackedObject> Null = ImmutableHashSet.Create(TrackedObject.Null);

    /// <summary>What holds after what has been said so far.</summary>
    public FlowState State { get; set; } = state;

    /// <summary>A message or carrier is made here, empty.</summary>
    public ImmutableHashSet<TrackedObject> Create(CarrierRole role, SyntaxNode creation)
    {
        var created = new TrackedObject(role, site is null ? creation : (site, creation), creation.GetLocation(), Opaque: null)
        {
            Creation = creation,
            MadeBy = site?.Callee ?? "",
        };

        // Around a loop, the object that was made here before may still be in use: then what held for it holds, too.
        var before = State.IsHeld(created) ? State : FlowState.Empty;
        State = State.WithContext(created, before.ContextOf(created) | ContextState.Absent);
        if (role is CarrierRole.Message)
        {
            State = State.WithCarriers(created, Null.Union(before.CarriersOf(created) ?? Nothing));
        }

        return ImmutableHashSet.Create(created);
    }

    /// <summary>A message or carrier comes in whose contents are not known.</summary>
    /// <param name="type">Its type; nothing comes of one that is neither.</param>
    /// <param name="place">What identifies it.</param>
    /// <param name="operation">Where it comes in.</param>
    /// <param name="why">Why its contents are not known.</param>
    /// <param name="subject">What it comes from.</param>
    public ImmutableHashSet<TrackedObject> Opaque(ITypeSymbol? type, object place, IOperation operation, EvidenceKind why, string? subject)
    {
        var role = run.Model.RoleOf(type);
        if (role is CarrierRole.None)
        {
            return Nothing;
        }

        var location = operation.Syntax.GetLocation();
        return ImmutableHashSet.Create(new TrackedObject(role, place, location, new Evidence(why, location, subject ?? "")));
    }

    /// <summary>The carriers that any of the messages may have.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="member">The reference to the member that holds the carrier.</param>
    /// <param name="name">The member's name.</param>
    public ImmutableHashSet<TrackedObject> CarriersOf(ImmutableHashSet<TrackedObject> messages, IOperation member, string name)
    {
        var carriers = Nothing;
        foreach (var message in messages)
        {
            if (State.CarriersOf(message) is not { } known)
            {
                known = Opaque(member.Type, message, member, message.Opaque?.Kind ?? EvidenceKind.MadeElsewhere, name);
                State = State.WithCarriers(message, known);
            }

            carriers = carriers.Union(known);
        }

        return carriers;
    }

    /// <summary>A carrier is set. One possible message is certainly the one it is set on; of several, any may be.</summary>
    public void SetCarriers(ImmutableHashSet<TrackedObject> messages, ImmutableHashSet<TrackedObject> carriers)
    {
        foreach (var message in messages)
        {
            State = State.WithCarriers(message, messages.Count == 1 ? carriers : (State.CarriersOf(message) ?? Nothing).Union(carriers));
        }
    }

    /// <summary>The messages certainly have a carrier: what is written to without a crash is not null.</summary>
    public void AssumeCarrier(ImmutableHashSet<TrackedObject> messages)
    {
        foreach (var message in messages)
        {
            if (State.CarriersOf(message) is { Count: > 1 } carriers)
            {
                State = State.WithCarriers(message, carriers.Remove(TrackedObject.Null));
            }
        }
    }

    /// <summary>The context is put on an object: on the one there is, or on any of several.</summary>
    public void PutContext(ImmutableHashSet<TrackedObject> carriers, Evidence evidence)
    {
        foreach (var carrier in carriers)
        {
            run.Inject(carrier, evidence);
            State = State.WithContext(carrier, carriers.Count == 1 ? ContextState.Present : State.ContextOf(carrier) | ContextState.Present);
        }
    }

    /// <summary>From here on the context of these objects, and of the carriers of these messages, cannot be known.</summary>
    public void LoseSight(ImmutableHashSet<TrackedObject> values, EvidenceKind why, IOperation where, string? subject)
    {
        foreach (var tracked in values)
        {
            if (tracked.Role is CarrierRole.None)
            {
                continue;
            }

            run.Observe(tracked, new Evidence(why, where.Syntax.GetLocation(), subject ?? ""));
            State = State.WithContext(tracked, State.ContextOf(tracked) | ContextState.Unclear);
            LoseSight(State.CarriersOf(tracked) ?? Nothing, why, where, subject);
        }
    }
}

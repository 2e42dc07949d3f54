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

    /// <summary>A message, a carrier or a batch is made here, empty.</summary>
    /// <param name="role">Which of them.</param>
    /// <param name="creation">The code that makes it.</param>
    /// <param name="hasCarrier">Whether a message has a carrier from the start.</param>
    public ImmutableHashSet<TrackedObject> Create(CarrierRole role, SyntaxNode creation, bool hasCarrier = false)
    {
        var created = new TrackedObject(role, site is null ? creation : (site, creation), creation.GetLocation(), Opaque: null)
        {
            Creation = creation,
            MadeBy = site?.Name ?? "",
        };

        // Around a loop, the object that was made here before may still be in use: then what held for it holds, too.
        var before = State.IsHeld(created) ? State : FlowState.Empty;
        State = State.WithContext(created, before.ContextOf(created) | ContextState.Absent);
        if (role is not CarrierRole.Carrier)
        {
            var initially = role is CarrierRole.Batch ? Nothing : hasCarrier ? FirstCarrierOf(created) : Null;
            State = State.WithParts(created, initially.Union(before.PartsOf(created) ?? Nothing));
        }

        return ImmutableHashSet.Create(created);
    }

    private ImmutableHashSet<TrackedObject> FirstCarrierOf(TrackedObject message)
    {
        var carrier = new TrackedObject(CarrierRole.Carrier, (message.Place, CarrierRole.Carrier), message.Origin, Opaque: null) { MadeBy = message.MadeBy };
        State = State.WithContext(carrier, State.ContextOf(message));
        return ImmutableHashSet.Create(carrier);
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

    /// <summary>The carriers that any of the messages, or the messages that any of the batches, may hold.</summary>
    /// <param name="wholes">The messages or batches.</param>
    /// <param name="member">The operation that takes the part out.</param>
    /// <param name="name">What it is called.</param>
    public ImmutableHashSet<TrackedObject> PartsOf(ImmutableHashSet<TrackedObject> wholes, IOperation member, string name)
    {
        var parts = Nothing;
        foreach (var whole in wholes)
        {
            if (State.PartsOf(whole) is not { } known)
            {
                known = Opaque(member.Type, whole, member, whole.Opaque?.Kind ?? EvidenceKind.MadeElsewhere, name);
                State = State.WithParts(whole, known);
            }

            parts = parts.Union(known);
        }

        return parts;
    }

    /// <summary>A carrier is set. One possible message is certainly the one it is set on; of several, any may be.</summary>
    public void SetCarriers(ImmutableHashSet<TrackedObject> messages, ImmutableHashSet<TrackedObject> carriers)
    {
        foreach (var message in messages)
        {
            State = State.WithParts(message, messages.Count == 1 ? carriers : (State.PartsOf(message) ?? Nothing).Union(carriers));
        }
    }

    /// <summary>Messages, or those of other batches, come into a batch. What was in it stays.</summary>
    public void AddMessages(ImmutableHashSet<TrackedObject> batches, ImmutableHashSet<TrackedObject> added, IOperation where)
    {
        var messages = Nothing;
        foreach (var one in added)
        {
            messages = messages.Union(one.Role switch
            {
                CarrierRole.Message => ImmutableHashSet.Create(one),
                CarrierRole.Batch => MessagesOf(one),
                _ => Nothing,
            });
        }

        foreach (var batch in batches)
        {
            if (batch.Role is CarrierRole.Batch)
            {
                State = State.WithParts(batch, MessagesOf(batch).Union(messages));
            }

            // Whoever has the batch, too, can reach what comes into it.
            if (batch.Role is not CarrierRole.Batch || batch.Opaque is not null)
            {
                LoseSight(messages, EvidenceKind.StoredElsewhere, where, null);
            }
        }
    }

    // A batch that is not known has messages that are not known.
    private ImmutableHashSet<TrackedObject> MessagesOf(TrackedObject batch)
        => State.PartsOf(batch) ?? (batch.Opaque is null ? Nothing : ImmutableHashSet.Create(batch with { Role = CarrierRole.Message, Place = (batch.Place, CarrierRole.Message) }));

    /// <summary>The messages certainly have a carrier: what is written to without a crash is not null.</summary>
    public void AssumeCarrier(ImmutableHashSet<TrackedObject> messages)
    {
        foreach (var message in messages)
        {
            if (State.PartsOf(message) is { Count: > 1 } carriers)
            {
                State = State.WithParts(message, carriers.Remove(TrackedObject.Null));
            }
        }
    }

    /// <summary>The context is put on an object: on the one there is, or on any of several.</summary>
    public void PutContext(ImmutableHashSet<TrackedObject> carriers, Evidence evidence)
    {
        run.Add(new Addition(evidence.Location, carriers, State), site?.Outermost.Call.GetLocation() ?? evidence.Location);

        foreach (var carrier in carriers)
        {
            run.Inject(carrier, evidence);
            State = State.WithContext(carrier, carriers.Count == 1 ? ContextState.Present : State.ContextOf(carrier) | ContextState.Present);
        }
    }

    /// <summary>Carriers get what others have.</summary>
    public void Copy(ImmutableHashSet<TrackedObject> originals, ImmutableHashSet<TrackedObject> copies, IOperation where)
    {
        foreach (var copy in copies)
        {
            var context = ContextState.None;
            foreach (var original in originals)
            {
                if (original.Opaque is { } reason)
                {
                    run.Observe(copy, reason);
                    context |= ContextState.Unclear;
                }
                else if (original.Role is CarrierRole.Carrier)
                {
                    context |= State.ContextOf(original);
                }
                else
                {
                    LoseSight(ImmutableHashSet.Create(original, copy), EvidenceKind.PassedOn, where, null);
                }

                if (run.Injections.TryGetValue(original, out var injection))
                {
                    run.Inject(copy, injection);
                }
            }

            State = State.WithContext(copy, context);
        }
    }

    /// <summary>An entry is written to the one carrier there is, or to any of several.</summary>
    /// <param name="carriers">The carriers.</param>
    /// <param name="entry">Which entry.</param>
    /// <param name="valueOf">What its name stands for.</param>
    /// <param name="where">The code that writes it.</param>
    public void WriteEntry(
        ImmutableHashSet<TrackedObject> carriers, IOperation entry, Func<IOperation, IOperation> valueOf, IOperation where)
    {
        switch (run.Model.MeaningOf(entry, valueOf, out var subject))
        {
            case EntryMeaning.Context:
                PutContext(carriers, new Evidence(EvidenceKind.WrittenByHand, where.Syntax.GetLocation(), subject));
                break;
            case EntryMeaning.Unclear:
                LoseSight(carriers, EvidenceKind.UnclearHeader, where, subject);
                break;
            case EntryMeaning.Incoming:
                LoseSight(carriers, EvidenceKind.Incoming, where, subject);
                break;
            default:
                run.Write(carriers, where.Syntax);
                break;
        }
    }

    /// <summary>Whatever context the carriers had is taken off.</summary>
    public void Clear(ImmutableHashSet<TrackedObject> carriers)
    {
        foreach (var carrier in carriers)
        {
            State = State.WithContext(carrier, State.ContextOf(carrier) | ContextState.Cleared);
        }
    }

    /// <summary>From here on the context of these objects, and of what they hold, cannot be known.</summary>
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
            LoseSight(State.PartsOf(tracked) ?? Nothing, why, where, subject);
        }
    }
}

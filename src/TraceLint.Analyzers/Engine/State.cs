using System.Collections.Immutable;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace TraceLint.Engine;

/// <summary>Where a span is in its life. The phases on all paths add up; an object that is no span has none.</summary>
[Flags]
internal enum SpanPhases
{
    None = 0,
    Created = 1,
    Running = 2,
    Stopped = 4,
}

/// <summary>What is known about an object.</summary>
/// <param name="Members">What its members hold, by name; elements and entries of collections are members, too.</param>
/// <param name="HasEscaped">Whether other code has it and may change it.</param>
/// <param name="Phases">For a span, where it is in its life.</param>
internal sealed record ObjectState(ImmutableDictionary<string, Value> Members, bool HasEscaped, SpanPhases Phases)
{
    public static readonly ObjectState Empty
        = new(ImmutableDictionary<string, Value>.Empty, HasEscaped: false, SpanPhases.None);

    /// <summary>Whether it is a span that may be running while no other code has it.</summary>
    public bool IsRunning => !HasEscaped && (Phases & SpanPhases.Running) != 0;

    /// <summary>What a member holds; null when it has not been assigned or read.</summary>
    public Value? this[string member] => Members.TryGetValue(member, out var value) ? value : null;

    /// <summary>What holds for the object on either path.</summary>
    /// <returns>This instance when the other path adds nothing.</returns>
    public ObjectState Join(ObjectState other)
    {
        var members = State.Join(Members, other.Members);
        var phases = Phases | other.Phases;
        return ReferenceEquals(members, Members) && (HasEscaped || !other.HasEscaped) && phases == Phases
            ? this
            : new ObjectState(members, HasEscaped || other.HasEscaped, phases);
    }
}

/// <summary>What is known at one point of a body. Immutable.</summary>
/// <param name="Variables">The values of locals and parameters, by symbol, and of flow captures.</param>
/// <param name="Heap">The objects.</param>
internal sealed record State(ImmutableDictionary<object, Value> Variables, ImmutableDictionary<HeapObject, ObjectState> Heap)
{
    public static readonly State Empty
        = new(ImmutableDictionary<object, Value>.Empty, ImmutableDictionary<HeapObject, ObjectState>.Empty);

    /// <summary>The variable that stands for <c>Activity.Current</c>.</summary>
    public static readonly object CurrentSpan = new();

    /// <summary>The member of a span that holds the one which was current before it.</summary>
    public const string SpanBefore = "<before>";

    /// <summary>The state of a path on which the current span was not created: it says nothing about what is current instead.</summary>
    public State WithoutCurrentSpan() => this with { Variables = Variables.Remove(CurrentSpan) };

    public Value? this[object variable] => Variables.TryGetValue(variable, out var value) ? value : null;

    public ObjectState this[HeapObject one] => Heap.TryGetValue(one, out var state) ? state : ObjectState.Empty;

    public State With(object variable, Value value)
        => ReferenceEquals(this[variable], value) ? this : this with { Variables = Variables.SetItem(variable, value) };

    public State With(HeapObject one, ObjectState state) => this with { Heap = Heap.SetItem(one, state) };

    public State With(HeapObject one, string member, Value value)
        => this[one] is var state && ReferenceEquals(state[member], value)
            ? this
            : With(one, state with { Members = state.Members.SetItem(member, value) });

    public State Without(HeapObject one) => this with { Heap = Heap.Remove(one) };

    /// <summary>Whether somebody who has a value can get at an object.</summary>
    public bool IsReachable(HeapObject one, Value from)
    {
        var seen = new HashSet<HeapObject>();
        var pending = new Stack<HeapObject>(from.Objects);
        while (pending.Count > 0)
        {
            var reached = pending.Pop();
            if (reached == one)
            {
                return true;
            }

            if (seen.Add(reached))
            {
                foreach (var inner in this[reached].Members.Values.SelectMany(static member => member.Objects))
                {
                    pending.Push(inner);
                }
            }
        }

        return false;
    }

    /// <summary>What is left when the variables of a region go out of scope.</summary>
    /// <param name="captureOf">The variable that stands for a flow capture.</param>
    public State Without(ControlFlowRegion region, Func<CaptureId, object> captureOf)
    {
        var variables = Variables;
        foreach (var local in region.Locals)
        {
            variables = variables.Remove(local);
        }

        foreach (var capture in region.CaptureIds)
        {
            variables = variables.Remove(captureOf(capture));
        }

        return ReferenceEquals(variables, Variables) ? this : this with { Variables = variables };
    }

    /// <summary>What holds on either path.</summary>
    /// <returns>This instance when the other path adds nothing.</returns>
    public State Join(State other)
    {
        if (ReferenceEquals(this, other))
        {
            return this;
        }

        var variables = Join(Variables, other.Variables);
        var heap = Join(Heap, other.Heap, static (one, more) => one.Join(more));
        return ReferenceEquals(variables, Variables) && ReferenceEquals(heap, Heap) ? this : new State(variables, heap);
    }

    public static ImmutableDictionary<TKey, Value> Join<TKey>(
        ImmutableDictionary<TKey, Value> known, ImmutableDictionary<TKey, Value> more)
        where TKey : notnull
        => Join(known, more, static (one, other) => one.Join(other));

    private static ImmutableDictionary<TKey, TValue> Join<TKey, TValue>(
        ImmutableDictionary<TKey, TValue> known, ImmutableDictionary<TKey, TValue> more, Func<TValue, TValue, TValue> join)
        where TKey : notnull
        where TValue : class
    {
        if (ReferenceEquals(known, more))
        {
            return known;
        }

        var joined = known;
        foreach (var pair in more)
        {
            if (!known.TryGetValue(pair.Key, out var value))
            {
                joined = joined.Add(pair.Key, pair.Value);
            }
            else if (!ReferenceEquals(value, pair.Value) && join(value, pair.Value) is var both && !ReferenceEquals(both, value))
            {
                joined = joined.SetItem(pair.Key, both);
            }
        }

        return joined;
    }
}

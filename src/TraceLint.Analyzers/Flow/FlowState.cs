using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace TraceLint.Flow;

/// <summary>Whether the context is on an object. Paths that meet add up.</summary>
[Flags]
internal enum ContextState
{
    None = 0,
    Absent = 1,
    Present = 2,
    Unclear = 4,

    /// <summary>Whatever was there has been taken off.</summary>
    Cleared = 8,
}

/// <summary>
/// What is known at one point of a body: which objects each variable may hold, what each of them may hold - a
/// message its carrier, a batch its messages -, and whether the context is on them. Immutable; a missing entry means that nothing has been seen yet.
/// </summary>
internal sealed record FlowState(
    ImmutableDictionary<object, ImmutableHashSet<TrackedObject>> Variables,
    ImmutableDictionary<TrackedObject, ImmutableHashSet<TrackedObject>> Parts,
    ImmutableDictionary<TrackedObject, ContextState> Contexts)
{
    /// <summary>Nothing seen yet.</summary>
    public static readonly FlowState Empty = new(
        ImmutableDictionary<object, ImmutableHashSet<TrackedObject>>.Empty,
        ImmutableDictionary<TrackedObject, ImmutableHashSet<TrackedObject>>.Empty,
        ImmutableDictionary<TrackedObject, ContextState>.Empty);

    /// <summary>What a local, a parameter or a flow capture may hold; null when it was never assigned here.</summary>
    public ImmutableHashSet<TrackedObject>? ValuesOf(object variable)
        => Variables.TryGetValue(variable, out var values) ? values : null;

    public ContextState ContextOf(TrackedObject tracked)
        => Contexts.TryGetValue(tracked, out var context) ? context : ContextState.Absent;

    /// <summary>The carriers that a message, or the messages that a batch, may hold; null when nothing is known of them.</summary>
    public ImmutableHashSet<TrackedObject>? PartsOf(TrackedObject whole)
        => Parts.TryGetValue(whole, out var parts) ? parts : null;

    public FlowState WithVariable(object variable, ImmutableHashSet<TrackedObject> values)
        => this with { Variables = Variables.SetItem(variable, values) };

    public FlowState WithoutVariable(object variable) => this with { Variables = Variables.Remove(variable) };

    public FlowState WithParts(TrackedObject whole, ImmutableHashSet<TrackedObject> parts)
        => this with { Parts = Parts.SetItem(whole, parts) };

    public FlowState WithContext(TrackedObject tracked, ContextState context)
        => this with { Contexts = Contexts.SetItem(tracked, context) };

    /// <summary>What is left when a region is left: its locals and captures are gone, so that a loop starts over with none.</summary>
    public FlowState Without(ControlFlowRegion region, Func<CaptureId, object> variableOf)
    {
        var variables = Variables;
        foreach (var local in region.Locals)
        {
            variables = variables.Remove(local);
        }

        foreach (var capture in region.CaptureIds)
        {
            variables = variables.Remove(variableOf(capture));
        }

        return ReferenceEquals(variables, Variables) ? this : this with { Variables = variables };
    }

    /// <summary>
    /// What is left when a lambda or local function has run: its variables are gone, and so is what only they held. Without this, each of
    /// many lambdas in a body would be followed with the objects of all others.
    /// </summary>
    /// <param name="function">The lambda or local function.</param>
    /// <param name="entry">What held when it started.</param>
    /// <param name="returned">What it may return.</param>
    public FlowState After(IMethodSymbol function, FlowState entry, ImmutableHashSet<TrackedObject> returned)
    {
        var variables = Variables;
        foreach (var variable in Variables.Keys)
        {
            if (!entry.Variables.ContainsKey(variable)
                && (variable is not ISymbol symbol || SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, function)))
            {
                variables = variables.Remove(variable);
            }
        }

        var held = new HashSet<TrackedObject>();
        var open = new Stack<TrackedObject>(
            variables.Values.SelectMany(static values => values).Concat(entry.Contexts.Keys).Concat(returned));
        while (open.Count > 0)
        {
            var one = open.Pop();
            if (held.Add(one) && Parts.TryGetValue(one, out var parts))
            {
                foreach (var part in parts)
                {
                    open.Push(part);
                }
            }
        }

        return new FlowState(
            variables,
            Parts.RemoveRange(Parts.Keys.Where(one => !held.Contains(one) && !entry.Parts.ContainsKey(one))),
            Contexts.RemoveRange(Contexts.Keys.Where(one => !held.Contains(one))));
    }

    /// <summary>Whether a variable may still hold an object, or something that has it as a part.</summary>
    public bool IsHeld(TrackedObject tracked)
    {
        foreach (var values in Variables.Values)
        {
            if (IsIn(values, tracked))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an object is one of the values or a part of one. A batch holds messages and those hold carriers: no deeper.</summary>
    public bool IsIn(ImmutableHashSet<TrackedObject> values, TrackedObject tracked)
    {
        if (values.Contains(tracked))
        {
            return true;
        }

        foreach (var value in values)
        {
            if (PartsOf(value) is { } parts && IsIn(parts, tracked))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Everything that holds on either path. Returns this very instance when the other adds nothing.</summary>
    public FlowState Join(FlowState other)
    {
        if (ReferenceEquals(this, other))
        {
            return this;
        }

        var variables = Join(Variables, other.Variables, static (a, b) => a.Union(b));
        var parts = Join(Parts, other.Parts, static (a, b) => a.Union(b));
        var contexts = Join(Contexts, other.Contexts, static (a, b) => a | b);
        return ReferenceEquals(variables, Variables) && ReferenceEquals(parts, Parts) && ReferenceEquals(contexts, Contexts)
            ? this
            : new FlowState(variables, parts, contexts);
    }

    private static ImmutableDictionary<TKey, TValue> Join<TKey, TValue>(
        ImmutableDictionary<TKey, TValue> mine, ImmutableDictionary<TKey, TValue> theirs, Func<TValue, TValue, TValue> join)
        where TKey : notnull
    {
        if (ReferenceEquals(mine, theirs))
        {
            return mine;
        }

        var joined = mine;
        foreach (var pair in theirs)
        {
            if (!mine.TryGetValue(pair.Key, out var value))
            {
                joined = joined.Add(pair.Key, pair.Value);
            }
            else if (!ReferenceEquals(value, pair.Value)
                && join(value, pair.Value) is var both
                && !EqualityComparer<TValue>.Default.Equals(both, value))
            {
                joined = joined.SetItem(pair.Key, both);
            }
        }

        return joined;
    }
}

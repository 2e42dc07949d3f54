using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TraceLint.Flow;

/// <summary>What is known where a message leaves: what it may be, and what holds there.</summary>
internal sealed record PublishPoint(ImmutableHashSet<TrackedObject> Messages, FlowState State);

/// <summary>
/// One run of the flow over one body and everything inside it: what was found, and how much work may still be done.
/// </summary>
internal sealed class FlowRun(ICarrierModel model, SourceModels sources, CancellationToken cancellation)
{
    // Real bodies stay far below these. Past them the answer is Unknown, never a guess and never a wait.
    private const int MaxBlockVisits = 20_000;
    private const int MaxNesting = 6;

    private readonly Dictionary<SyntaxNode, PublishPoint> _publishes = [];
    private readonly Dictionary<TrackedObject, Evidence> _observations = [];
    private readonly Dictionary<TrackedObject, Evidence> _injections = [];
    private readonly HashSet<SyntaxNode> _writes = [];
    private readonly HashSet<IMethodSymbol> _following = new(SymbolEqualityComparer.Default);
    private int _blockVisits;

    public ICarrierModel Model => model;

    public CancellationToken Cancellation => cancellation;

    public SourceModels Sources => sources;

    /// <summary>Whether the run was given up: nothing it found may be used.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>A context that was injected into something that is no carrier here: a dictionary, a body, another transport.</summary>
    public Evidence? InjectedIntoBody { get; set; }

    /// <summary>The publishes met, by the syntax of the call.</summary>
    public IReadOnlyDictionary<SyntaxNode, PublishPoint> Publishes => _publishes;

    /// <summary>Where a context was put on an object, at whatever time.</summary>
    public IReadOnlyDictionary<TrackedObject, Evidence> Injections => _injections;

    /// <summary>The calls that write a header whose name says nothing of a context.</summary>
    public IReadOnlyCollection<SyntaxNode> Writes => _writes;

    /// <summary>Why an object's context is unclear; the first reason met.</summary>
    public Evidence? ObservationOf(TrackedObject tracked)
        => tracked.Opaque ?? (_observations.TryGetValue(tracked, out var evidence) ? evidence : null);

    /// <summary>Whether a carrier leaves with any of the messages met.</summary>
    public bool IsPublished(TrackedObject carrier)
    {
        foreach (var publish in _publishes.Values)
        {
            foreach (var message in publish.Messages)
            {
                if (publish.State.CarriersOf(message)?.Contains(carrier) == true)
                {
                    return true;
                }
            }
        }

        return false;
    }

    public bool CanContinue()
    {
        cancellation.ThrowIfCancellationRequested();
        GaveUp |= ++_blockVisits > MaxBlockVisits;
        return !GaveUp;
    }

    /// <summary>
    /// A lambda or local function is about to be followed. A recursive call does nothing that the body being followed
    /// does not do already; past a depth the run is given up.
    /// </summary>
    /// <returns>Whether to follow it; then <see cref="Leave"/> is called afterwards.</returns>
    public bool TryEnter(IMethodSymbol function)
    {
        GaveUp |= _following.Count >= MaxNesting;
        return !GaveUp && _following.Add(function);
    }

    /// <summary>The same for a method that is called: past the depth, the call is simply not followed.</summary>
    public bool TryFollow(IMethodSymbol method) => _following.Count < MaxNesting && _following.Add(method);

    /// <summary>It has been followed.</summary>
    public void Leave(IMethodSymbol function) => _following.Remove(function);

    /// <summary>The code is too deep to be followed.</summary>
    public void GiveUp() => GaveUp = true;

    public void Publish(SyntaxNode call, ImmutableHashSet<TrackedObject> messages, FlowState state)
        => _publishes[call] = _publishes.TryGetValue(call, out var earlier)
            ? new PublishPoint(earlier.Messages.Union(messages), earlier.State.Join(state))
            : new PublishPoint(messages, state);

    public void Inject(TrackedObject tracked, Evidence evidence) => _injections[tracked] = evidence;

    /// <summary>A header was written to a carrier, whatever it says.</summary>
    public void Write(SyntaxNode call) => _writes.Add(call);

    public void Observe(TrackedObject tracked, Evidence evidence)
    {
        if (!_observations.ContainsKey(tracked))
        {
            _observations.Add(tracked, evidence);
        }
    }
}

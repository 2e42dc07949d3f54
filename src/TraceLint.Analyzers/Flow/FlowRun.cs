using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TraceLint.Flow;

/// <summary>What is known where a message leaves.</summary>
/// <param name="Call">The call in the body that makes it leave: the publish itself, or the call of a helper that publishes.</param>
/// <param name="Publish">The publish.</param>
/// <param name="Helper">The helper that is called; null when the call is the publish itself.</param>
/// <param name="Messages">What may be published; empty when the publish takes nothing that could carry.</param>
/// <param name="State">What holds there.</param>
internal sealed record PublishPoint(SyntaxNode Call, SyntaxNode Publish, IMethodSymbol? Helper, ImmutableHashSet<TrackedObject> Messages, FlowState State);

/// <summary>A context that is put on carriers.</summary>
/// <param name="Place">The injection or the write, in the body or in a helper.</param>
/// <param name="Carriers">The carriers.</param>
/// <param name="Before">What holds before.</param>
internal sealed record Addition(Location Place, ImmutableHashSet<TrackedObject> Carriers, FlowState Before);

/// <summary>
/// One run of the flow over one body and everything inside it: what was found, and how much work may still be done.
/// </summary>
internal sealed class FlowRun(ICarrierModel model, CompilationContext context, CancellationToken cancellation)
{
    // Real bodies stay far below these. Past them the answer is Unknown, never a guess and never a wait.
    private const int MaxBlockVisits = 20_000;
    private const int MaxNesting = 6;

    private readonly Dictionary<(SyntaxNode Call, SyntaxNode Publish), PublishPoint> _publishes = [];
    private readonly Dictionary<TrackedObject, Evidence> _observations = [];
    private readonly Dictionary<TrackedObject, Evidence> _injections = [];
    private readonly Dictionary<Location, Addition> _additions = [];
    private readonly Dictionary<SyntaxNode, ImmutableHashSet<TrackedObject>> _writes = [];
    private readonly HashSet<IMethodSymbol> _following = new(SymbolEqualityComparer.Default);
    private int _blockVisits;

    public ICarrierModel Model => model;

    public CancellationToken Cancellation => cancellation;

    public CompilationContext Context => context;

    /// <summary>Whether the run was given up: nothing it found may be used.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>The publishes met.</summary>
    public IReadOnlyCollection<PublishPoint> Publishes => _publishes.Values;

    /// <summary>Where a context was put on an object, at whatever time.</summary>
    public IReadOnlyDictionary<TrackedObject, Evidence> Injections => _injections;

    /// <summary>What writes a header whose name says nothing of a context, or sets a member of a message, and to which of them.</summary>
    public IReadOnlyDictionary<SyntaxNode, ImmutableHashSet<TrackedObject>> Writes => _writes;

    /// <summary>Why an object's context is unclear; the first reason met.</summary>
    public Evidence? ObservationOf(TrackedObject tracked)
        => tracked.Opaque ?? (_observations.TryGetValue(tracked, out var evidence) ? evidence : null);

    /// <summary>Where a call in the body puts a context on carriers, itself or through a helper; null when it does not.</summary>
    public Addition? AdditionAt(Location call) => _additions.TryGetValue(call, out var addition) ? addition : null;

    /// <summary>Whether a carrier leaves with any of the messages met.</summary>
    public bool IsPublished(TrackedObject carrier)
    {
        foreach (var publish in _publishes.Values)
        {
            if (publish.State.IsIn(publish.Messages, carrier))
            {
                return true;
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

    /// <summary>A message leaves.</summary>
    /// <param name="publish">The call that publishes.</param>
    /// <param name="site">The call that led to the code it is in; null in the body itself.</param>
    public void Publish(SyntaxNode publish, CallSite? site, ImmutableHashSet<TrackedObject> messages, FlowState state)
    {
        var call = site?.Outermost.Call ?? publish;
        _publishes[(call, publish)] = _publishes.TryGetValue((call, publish), out var earlier)
            ? earlier with { Messages = earlier.Messages.Union(messages), State = earlier.State.Join(state) }
            : new PublishPoint(call, publish, site?.Outermost.Callee, messages, state);
    }

    public void Inject(TrackedObject tracked, Evidence evidence) => _injections[tracked] = evidence;

    /// <summary>A call in the body is about to put a context on carriers.</summary>
    public void Add(Addition addition, Location call)
        => _additions[call] = _additions.TryGetValue(call, out var earlier)
            ? earlier with { Carriers = earlier.Carriers.Union(addition.Carriers), Before = earlier.Before.Join(addition.Before) }
            : addition;

    /// <summary>A header was written to a carrier, or a member of a message was set, whatever it says.</summary>
    public void Write(ImmutableHashSet<TrackedObject> written, SyntaxNode place)
        => _writes[place] = _writes.TryGetValue(place, out var earlier) ? earlier.Union(written) : written;

    public void Observe(TrackedObject tracked, Evidence evidence)
    {
        if (!_observations.ContainsKey(tracked))
        {
            _observations.Add(tracked, evidence);
        }
    }
}

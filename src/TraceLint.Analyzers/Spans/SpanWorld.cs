using Microsoft.CodeAnalysis;

namespace TraceLint.Spans;

/// <summary>
/// One of two worlds: every span that is started is created, or none is. A body is followed in both; what differs is what
/// depends on the span.
/// </summary>
internal sealed class SpanWorld(SpanModel model, bool created, CancellationToken cancellation)
{
    private const int MaxSteps = 20_000;
    private const int MaxCalls = 4;
    private const int MaxDepth = 100;
    private readonly HashSet<IMethodSymbol> _entered = new(SymbolEqualityComparer.Default);
    private int _steps;
    private int _depth;

    public SpanModel Model => model;

    /// <summary>Whether it is the world where spans are created.</summary>
    public bool Created => created;

    public CancellationToken Cancellation => cancellation;

    /// <summary>Whether what was seen is not to be believed: the body is too large, or it sets <c>Activity.Current</c> to something else.</summary>
    public bool IsUnclear { get; private set; }

    /// <summary>The variables that hold the spans, by the expression that starts them.</summary>
    public Dictionary<SyntaxNode, ISymbol> Names { get; } = [];

    /// <summary>Counts a step into an operation.</summary>
    /// <returns>False when it goes too deep, or has gone on for too long.</returns>
    public bool TryDescend()
    {
        cancellation.ThrowIfCancellationRequested();
        if (++_steps > MaxSteps || _depth >= MaxDepth)
        {
            IsUnclear = true;
            return false;
        }

        _depth++;
        return true;
    }

    public void Ascend() => _depth--;

    public void GiveUp() => IsUnclear = true;

    /// <summary>Whether a function may be followed now: not into itself, and not too far from where it began.</summary>
    public bool TryEnter(IMethodSymbol function) => _entered.Count < MaxCalls && _entered.Add(function);

    public void Leave(IMethodSymbol function) => _entered.Remove(function);
}

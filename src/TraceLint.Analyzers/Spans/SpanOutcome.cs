using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace TraceLint.Spans;

/// <summary>What was seen of a body in one world.</summary>
internal sealed class SpanOutcome(ControlFlowGraph graph)
{
    public ControlFlowGraph Graph { get; } = graph;

    /// <summary>The branches that are taken, as ordinals of blocks.</summary>
    public HashSet<(int From, int To)> Branches { get; } = [];

    /// <summary>The blocks that run.</summary>
    public HashSet<int> Blocks { get; } = [];

    /// <summary>The blocks of these that throw for sure, somewhere in them.</summary>
    public HashSet<int> Throwing { get; } = [];

    /// <summary>What is injected, by the node that injects, and the block it is in. Calls of helpers that inject are among them.</summary>
    public Dictionary<SyntaxNode, (SpanValue Value, int Block)> Injections { get; } = [];

    /// <summary>The arguments of calls that hand on a span.</summary>
    public Dictionary<SyntaxNode, SpanValue[]> Arguments { get; } = [];

    /// <summary>The lambdas and local functions that run or may, and the block that mentions them.</summary>
    public Dictionary<SyntaxNode, (SpanOutcome Outcome, int Block)> Nested { get; } = [];

    public SpanValue Returned { get; set; }

    /// <summary>Whether it comes to its end.</summary>
    public bool Ends { get; set; }

    /// <summary>Adds what was seen when the same body ran once more.</summary>
    public void Add(SpanOutcome other)
    {
        Branches.UnionWith(other.Branches);
        Blocks.UnionWith(other.Blocks);
        Throwing.UnionWith(other.Throwing);
        Returned = Returned.Join(other.Returned);
        Ends |= other.Ends;
        foreach (var pair in other.Injections)
        {
            Inject(pair.Key, pair.Value.Value, pair.Value.Block);
        }

        foreach (var pair in other.Arguments)
        {
            Pass(pair.Key, pair.Value);
        }

        foreach (var pair in other.Nested)
        {
            Nest(pair.Key, pair.Value.Outcome, pair.Value.Block);
        }
    }

    public void Inject(SyntaxNode node, SpanValue value, int block)
        => Injections[node] = (Injections.TryGetValue(node, out var known) ? known.Value.Join(value) : value, block);

    public void Pass(SyntaxNode call, SpanValue[] values)
        => Arguments[call] = Arguments.TryGetValue(call, out var known) ? known.Zip(values, static (one, other) => one.Join(other)).ToArray() : values;

    public void Nest(SyntaxNode function, SpanOutcome outcome, int block)
    {
        if (Nested.TryGetValue(function, out var known))
        {
            known.Outcome.Add(outcome);
        }
        else
        {
            Nested.Add(function, (outcome, block));
        }
    }

    /// <summary>All injections, those in nested functions included.</summary>
    public IEnumerable<KeyValuePair<SyntaxNode, SpanValue>> AllInjections()
    {
        foreach (var pair in Injections)
        {
            yield return new(pair.Key, pair.Value.Value);
        }

        foreach (var nested in Nested.Values)
        {
            foreach (var pair in nested.Outcome.AllInjections())
            {
                yield return pair;
            }
        }
    }
}

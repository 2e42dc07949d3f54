using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>
/// Follows a body in one world over its control-flow graph until nothing changes. A condition that the world decides is
/// followed one way only. Lambdas run at any time after they were made, local functions where they are called.
/// </summary>
/// <param name="outer">The body this one is inside of; null for a whole method.</param>
internal sealed class SpanBody(SpanWorld world, ControlFlowGraph graph, SpanBody? outer)
{
    private readonly ControlFlowGraph _graph = graph;
    private readonly SpanBody? _outer = outer;
    private readonly SpanState?[] _in = new SpanState?[graph.Blocks.Length];
    private readonly SortedSet<int> _pending = [];
    private readonly Dictionary<IFlowAnonymousFunctionOperation, int> _lambdas = [];
    private readonly Dictionary<IMethodSymbol, int> _delegates = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _shared = outer?._shared ?? SharedVariables.In(graph.OriginalOperation);
    private readonly Dictionary<CaptureId, IOperation> _captures = outer?._captures ?? [];
    private SpanState _everything = SpanState.Empty;
    private int _block;

    public SpanOutcome Outcome { get; } = new(graph);

    /// <summary>Follows the body.</summary>
    /// <param name="entry">What holds when it starts.</param>
    public SpanOutcome Follow(SpanState entry)
    {
        _everything = entry;
        Reach(0, entry);
        while (_pending.Count > 0 && !world.IsUnclear)
        {
            var ordinal = _pending.Min;
            _pending.Remove(ordinal);
            Process(_graph.Blocks[ordinal], _in[ordinal]!);
        }

        foreach (var lambda in _lambdas)
        {
            Run(lambda.Key.Symbol, _graph.GetAnonymousFunctionControlFlowGraph(lambda.Key, world.Cancellation), _everything, lambda.Value);
        }

        foreach (var function in _delegates)
        {
            Call(function.Key, _everything, function.Value);
        }

        Outcome.Ends |= _in[_graph.Blocks.Length - 1] is not null;
        return Outcome;
    }

    /// <summary>Whether a variable is written by a nested function, hence at any time.</summary>
    public bool IsShared(ISymbol variable) => _shared.Contains(variable);

    /// <summary>Notes what a flow capture stands for.</summary>
    public void Capture(CaptureId capture, IOperation value) => _captures[capture] = value;

    /// <summary>The operation itself, or the one that was captured.</summary>
    public IOperation Captured(IOperation operation)
        => operation is IFlowCaptureReferenceOperation reference && _captures.TryGetValue(reference.Id, out var captured) ? captured : operation;

    public void Inject(SyntaxNode node, SpanValue value) => Outcome.Inject(node, value, _block);

    public void Pass(SyntaxNode call, SpanValue[] values) => Outcome.Pass(call, values);

    /// <summary>A lambda was met.</summary>
    public void Meet(IFlowAnonymousFunctionOperation lambda) => _lambdas[lambda] = _block;

    /// <summary>A local function was turned into a delegate, to be called with anything.</summary>
    public void Delegate(IMethodSymbol function) => _delegates[function] = _block;

    /// <summary>Follows a call of a local function of this body, or of one around it.</summary>
    /// <returns>Null when it is being followed already.</returns>
    public SpanOutcome? Call(IMethodSymbol function, SpanState entry) => Call(function, entry, _block);

    private SpanOutcome? Call(IMethodSymbol function, SpanState entry, int block)
    {
        for (var body = this; body is not null; body = body._outer)
        {
            if (body._graph.LocalFunctions.Contains(function, SymbolEqualityComparer.Default))
            {
                return Run(function, body._graph.GetLocalFunctionControlFlowGraph(function, world.Cancellation), entry, block);
            }
        }

        return null;
    }

    private SpanOutcome? Run(IMethodSymbol function, ControlFlowGraph nested, SpanState entry, int block)
    {
        if (!world.TryEnter(function))
        {
            world.GiveUp();
            return null;
        }

        var outcome = new SpanBody(world, nested, this).Follow(entry);
        world.Leave(function);
        if (function.DeclaringSyntaxReferences is [var declaration])
        {
            Outcome.Nest(declaration.GetSyntax(world.Cancellation), outcome, block);
        }

        return outcome;
    }

    private void Process(BasicBlock block, SpanState state)
    {
        _block = block.Ordinal;
        Outcome.Blocks.Add(block.Ordinal);
        ReachHandlers(block, state);
        var operations = new SpanEvaluation(world, this, state);
        foreach (var operation in block.Operations)
        {
            if (!operations.Throws)
            {
                operations.Visit(operation);
            }
        }

        var value = block.BranchValue is { } branch && !operations.Throws ? operations.Visit(branch) : SpanValue.Nothing;
        state = operations.State;
        _everything = _everything.Join(state);
        ReachHandlers(block, state);
        if (operations.Throws)
        {
            Outcome.Throwing.Add(block.Ordinal);
            return;
        }

        if (block.FallThroughSuccessor is { Semantics: ControlFlowBranchSemantics.Return })
        {
            Outcome.Returned = Outcome.Returned.Join(value);
        }

        var (jumps, falls) = block.ConditionKind switch
        {
            ControlFlowConditionKind.WhenTrue => (value.MayBeTrue, value.MayBeFalse),
            ControlFlowConditionKind.WhenFalse => (value.MayBeFalse, value.MayBeTrue),
            _ => (false, true),
        };
        Take(jumps ? block.ConditionalSuccessor : null, state);
        Take(falls ? block.FallThroughSuccessor : null, state);
    }

    // A finally block does nothing to a span that matters after it, so what comes after starts from what was before.
    private void Take(ControlFlowBranch? branch, SpanState state)
    {
        if (branch is null)
        {
            return;
        }

        foreach (var region in branch.FinallyRegions)
        {
            Reach(region.FirstBlockOrdinal, state, branch.Source.Ordinal);
        }

        if (branch.Destination is { } next)
        {
            Reach(next.Ordinal, state, branch.Source.Ordinal);
        }
    }

    // Any operation of a try block may throw.
    private void ReachHandlers(BasicBlock block, SpanState state)
    {
        foreach (var handler in GraphRegions.HandlersAround(block))
        {
            Reach(handler.FirstBlockOrdinal, state);
        }
    }

    private void Reach(int ordinal, SpanState state, int from)
    {
        Outcome.Branches.Add((from, ordinal));
        Reach(ordinal, state);
    }

    private void Reach(int ordinal, SpanState state)
    {
        var joined = _in[ordinal] is { } known ? known.Join(state) : state;
        if (!ReferenceEquals(joined, _in[ordinal]))
        {
            _in[ordinal] = joined;
            _pending.Add(ordinal);
        }
    }
}

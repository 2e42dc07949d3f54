using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Engine;

/// <summary>
/// Interprets a control-flow graph until nothing changes: forward, joining states where paths meet, into exception handlers and through
/// finally blocks. Knows nothing about tracing.
/// <para>A block is interpreted separately for normal execution and for an exception that passes through it, as finally blocks are run in
/// both. A run can be entered again: only blocks whose state grows are visited again.</para>
/// </summary>
/// <typeparam name="TState">What is known at one point. Immutable.</typeparam>
internal abstract class Fixpoint<TState>
    where TState : class
{
    private readonly ControlFlowGraph _graph;
    private readonly TState?[] _normal;
    private readonly TState?[] _unwinding;
    private readonly SortedSet<(int Block, bool Unwinding)> _pending = [];
    private readonly Dictionary<(ControlFlowRegion Finally, bool Unwinding), TState> _finallyEnds = [];
    private readonly Dictionary<(ControlFlowRegion Finally, bool Unwinding), Dictionary<int, ControlFlowBranch?>> _afterFinally = [];
    private readonly HashSet<ControlFlowRegion> _unwound = [];
    private BasicBlock? _current;
    private IOperation? _operation;
    private bool _isUnwinding;

    protected Fixpoint(ControlFlowGraph graph)
    {
        _graph = graph;
        _normal = new TState?[graph.Blocks.Length];
        _unwinding = new TState?[graph.Blocks.Length];
    }

    /// <summary>What is known when the body returns; null when it never does.</summary>
    public TState? Exit => _normal[_graph.Blocks.Length - 1];

    /// <summary>What is known when an exception leaves the body; null when nothing in it is known to throw.</summary>
    public TState? ExceptionalExit { get; private set; }

    /// <summary>Whether blocks are visited once more for their events, each with its final state.</summary>
    public bool IsReplaying { get; private set; }

    /// <summary>What holds in either state.</summary>
    /// <returns>The first argument itself when the second adds nothing.</returns>
    protected abstract TState Join(TState known, TState more);

    /// <summary>Interprets an operation.</summary>
    /// <returns>Null when it does not complete.</returns>
    protected abstract TState? Visit(IOperation operation, TState state);

    /// <summary>Interprets the value that a block branches on, throws or returns.</summary>
    /// <returns>Null when it does not complete.</returns>
    protected abstract TState? VisitBranchValue(IOperation value, bool isReturned, TState state);

    /// <summary>What is known on a branch.</summary>
    /// <returns>Null when the branch is never taken.</returns>
    protected abstract TState? Assume(IOperation condition, bool holds, TState state);

    /// <summary>What is known when the locals and captures of a region have gone out of scope.</summary>
    protected abstract TState Leave(ControlFlowRegion region, TState state);

    /// <summary>A block returns, and no finally block follows. Called again when its state grows.</summary>
    protected abstract void OnReturn(BasicBlock block, TState state);

    /// <summary>An operation may throw. Called again when the state grows.</summary>
    protected abstract void OnThrow(IOperation operation, TState state);

    /// <summary>Whether there is budget for one more block.</summary>
    protected abstract bool CanContinue();

    /// <summary>Adds what may be known at the entry, and follows it until nothing changes.</summary>
    public void Run(TState entry)
    {
        Reach(0, unwinding: false, entry);
        while (_pending.Count > 0 && CanContinue())
        {
            var next = _pending.Min;
            _pending.Remove(next);
            Process(next.Block, next.Unwinding);
        }
    }

    /// <summary>Visits every block once more with its final state.</summary>
    public void Replay()
    {
        IsReplaying = true;
        for (var ordinal = 0; ordinal < _normal.Length; ordinal++)
        {
            Process(ordinal, unwinding: false);
            Process(ordinal, unwinding: true);
        }

        IsReplaying = false;
    }

    /// <summary>The operation that is being visited may throw.</summary>
    protected void Throw(TState state)
    {
        if (!IsReplaying)
        {
            OnThrow(_operation!, state);
            Unwind(_current!.EnclosingRegion, state);
        }
    }

    private void Process(int ordinal, bool unwinding)
    {
        if ((unwinding ? _unwinding : _normal)[ordinal] is not { } state)
        {
            return;
        }

        var block = _graph.Blocks[ordinal];
        (_current, _isUnwinding) = (block, unwinding);
        foreach (var operation in block.Operations)
        {
            _operation = operation;
            ReachHandlers(block, operation, state);
            if (Visit(operation, state) is not { } after)
            {
                return;
            }

            state = after;
        }

        if (block.BranchValue is { } value)
        {
            _operation = value;
            ReachHandlers(block, value, state);
            var isReturned = block.FallThroughSuccessor is { Semantics: ControlFlowBranchSemantics.Return };
            if (VisitBranchValue(value, isReturned, state) is not { } after)
            {
                return;
            }

            state = after;
        }

        if (block.ConditionKind is ControlFlowConditionKind.None)
        {
            Take(block.FallThroughSuccessor, state);
            return;
        }

        var jumpsWhen = block.ConditionKind is ControlFlowConditionKind.WhenTrue;
        Take(block.ConditionalSuccessor, Assume(block.BranchValue!, jumpsWhen, state));
        Take(block.FallThroughSuccessor, Assume(block.BranchValue!, !jumpsWhen, state));
    }

    private void Take(ControlFlowBranch? branch, TState? state)
    {
        if (branch is null || state is null || IsReplaying)
        {
            return;
        }

        if (branch.Semantics is ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow)
        {
            OnThrow(branch.Source.BranchValue ?? _graph.OriginalOperation, state);
            Unwind(branch.Source.EnclosingRegion, state);
            return;
        }

        if (branch.Semantics is ControlFlowBranchSemantics.StructuredExceptionHandling)
        {
            EndFinally(branch.Source.EnclosingRegion, state);
            return;
        }

        // Leaving try blocks runs their finally blocks, innermost first, each of which continues with the next one. They still see the
        // variables of the regions that are left: `using` disposes of one.
        var target = branch.Destination?.Ordinal;
        var last = branch;
        for (var i = branch.FinallyRegions.Length - 1; i >= 0; i--)
        {
            var region = branch.FinallyRegions[i];
            if (target is { } next)
            {
                ContinueAfter(region, next, last);
            }

            (target, last) = (region.FirstBlockOrdinal, null);
        }

        if (branch is { FinallyRegions.IsEmpty: true, Destination.Kind: BasicBlockKind.Exit })
        {
            OnReturn(branch.Source, state);
        }

        if (target is { } first)
        {
            Reach(first, _isUnwinding, Leave(last, state));
        }
    }

    private TState Leave(ControlFlowBranch? branch, TState state)
    {
        foreach (var region in branch?.LeavingRegions ?? ImmutableArray<ControlFlowRegion>.Empty)
        {
            state = Leave(region, state);
        }

        return state;
    }

    private void ContinueAfter(ControlFlowRegion region, int target, ControlFlowBranch? branch)
    {
        var key = (region, _isUnwinding);
        if (!_afterFinally.TryGetValue(key, out var targets))
        {
            _afterFinally[key] = targets = [];
        }

        if (!targets.ContainsKey(target) && _finallyEnds.TryGetValue(key, out var end))
        {
            Reach(target, _isUnwinding, Leave(branch, end));
        }

        targets[target] = branch;
    }

    private void EndFinally(ControlFlowRegion? region, TState state)
    {
        while (region is not null and not { Kind: ControlFlowRegionKind.Finally })
        {
            region = region.EnclosingRegion;
        }

        if (region is null)
        {
            return;
        }

        var key = (region, _isUnwinding);
        _finallyEnds[key] = state = _finallyEnds.TryGetValue(key, out var known) ? Join(known, state) : state;
        if (_afterFinally.TryGetValue(key, out var targets))
        {
            foreach (var target in targets)
            {
                Reach(target.Key, _isUnwinding, Leave(target.Value, state));
            }
        }

        if (_isUnwinding && _unwound.Contains(region))
        {
            Unwind(region.EnclosingRegion, state);
        }
    }

    // An exception looks for a handler from the inside out. A finally block runs, and the search continues at its end.
    private void Unwind(ControlFlowRegion? region, TState state)
    {
        foreach (var handler in GraphRegions.HandlersOutwardFrom(region))
        {
            if (handler.Kind is ControlFlowRegionKind.Finally)
            {
                _unwound.Add(handler);
                Reach(handler.FirstBlockOrdinal, unwinding: true, state);
                return;
            }

            Reach(handler.FirstBlockOrdinal, unwinding: false, state);
            if (GraphRegions.CatchesEverything(handler))
            {
                return;
            }
        }

        ExceptionalExit = ExceptionalExit is { } known ? Join(known, state) : state;
    }

    // Whatever is in a try block may throw something that one of its handlers catches. A finally block on the way there must not be
    // skipped: beyond it, only what is known to throw continues.
    private void ReachHandlers(BasicBlock block, IOperation operation, TState state)
    {
        if (IsReplaying || block.EnclosingRegion.Kind is ControlFlowRegionKind.Root || !MayThrow(operation))
        {
            return;
        }

        foreach (var region in GraphRegions.Around(block))
        {
            if (region is { Kind: ControlFlowRegionKind.Finally }
                or { Kind: ControlFlowRegionKind.Try, EnclosingRegion.Kind: ControlFlowRegionKind.TryAndFinally })
            {
                return;
            }

            if (region is { Kind: ControlFlowRegionKind.Try, EnclosingRegion: { Kind: ControlFlowRegionKind.TryAndCatch } whole })
            {
                foreach (var handler in whole.NestedRegions.Where(handler => !ReferenceEquals(handler, region)))
                {
                    Reach(handler.FirstBlockOrdinal, unwinding: false, state);
                }
            }
        }
    }

    // Moving values does not throw, in particular not between the start of a span and the try block that ends it.
    private static bool MayThrow(IOperation operation)
        => operation is IInvocationOperation
                or IObjectCreationOperation
                or IPropertyReferenceOperation
                or IAwaitOperation
                or IThrowOperation
                or IArrayElementReferenceOperation
                or IDynamicInvocationOperation
            || operation.ChildOperations.Any(MayThrow);

    private void Reach(int ordinal, bool unwinding, TState state)
    {
        if (IsReplaying)
        {
            return;
        }

        var states = unwinding ? _unwinding : _normal;
        var joined = states[ordinal] is { } known ? Join(known, state) : state;
        if (!ReferenceEquals(joined, states[ordinal]))
        {
            states[ordinal] = joined;
            _pending.Add((ordinal, unwinding));
        }
    }
}

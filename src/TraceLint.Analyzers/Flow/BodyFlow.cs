using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Flow;

/// <summary>
/// Runs <see cref="OperationFlow"/> over a control-flow graph until nothing changes: forward, joining where paths meet,
/// through loops, into handlers and through finally blocks. Lambdas and local functions are bodies inside a body: each
/// starts from what its surroundings may hold when it runs.
/// </summary>
/// <param name="run">What the bodies of one run share.</param>
/// <param name="graph">The graph of this body.</param>
/// <param name="outer">The body this one is inside of; null for a whole method.</param>
/// <param name="site">The call that led here; null for the body that is being judged.</param>
/// <param name="self">The method whose body it is, which stands for its <c>this</c>; null where that is not followed.</param>
/// <param name="given">The arguments of the call that led here, by parameter; null where there is none.</param>
internal sealed class BodyFlow(
    FlowRun run,
    ControlFlowGraph graph,
    BodyFlow? outer,
    CallSite? site,
    IMethodSymbol? self,
    IReadOnlyDictionary<IParameterSymbol, IOperation>? given = null)
{
    private readonly ControlFlowGraph _graph = graph;
    private readonly BodyFlow? _outer = outer;
    private readonly FlowState?[] _in = new FlowState?[graph.Blocks.Length];
    private readonly SortedSet<int> _pending = [];
    private readonly Dictionary<ControlFlowRegion, FlowState> _finallyEnds = [];
    private readonly Dictionary<ControlFlowRegion, HashSet<int>> _finallyTargets = [];
    private readonly Dictionary<IFlowAnonymousFunctionOperation, FlowState> _lambdas = [];
    private readonly Dictionary<IFlowAnonymousFunctionOperation, ImmutableHashSet<TrackedObject>> _returnedByLambdas = [];
    private readonly HashSet<IMethodSymbol> _called = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<CaptureId, IOperation> _captures = outer?._captures ?? [];

    /// <summary>What holds anywhere in the body, on any path, an exception included.</summary>
    public FlowState Everything { get; private set; } = FlowState.Empty;

    /// <summary>The part of <see cref="Everything"/> that outlives a lambda or local function.</summary>
    public FlowState Left { get; private set; } = FlowState.Empty;

    /// <summary>What holds when the body returns; null when it never does.</summary>
    public FlowState? End => _in[_graph.Blocks.Length - 1];

    /// <summary>What the body may return.</summary>
    public ImmutableHashSet<TrackedObject> Returned { get; private set; } = ObjectFacts.Nothing;

    /// <summary>Whether it may return something else, too, that is not followed.</summary>
    public bool MayReturnOther { get; private set; }

    /// <summary>The call that led here.</summary>
    public CallSite? Site => site;

    /// <summary>What stands for <c>this</c>.</summary>
    public IMethodSymbol? Self => self;

    /// <summary>Follows the body and the ones inside it.</summary>
    /// <param name="entry">What holds when it starts.</param>
    public BodyFlow Follow(FlowState entry)
    {
        Reach(_graph.Blocks[0].Ordinal, entry);
        while (_pending.Count > 0 && run.CanContinue())
        {
            var ordinal = _pending.Min;
            _pending.Remove(ordinal);
            Process(_graph.Blocks[ordinal], _in[ordinal]!);
        }

        FollowNested();
        return this;
    }

    /// <summary>The variable that a flow capture is; captures of different methods may have the same id.</summary>
    public object VariableOf(CaptureId capture) => (_captures, capture);

    /// <summary>Notes what a flow capture stands for.</summary>
    public void Capture(CaptureId capture, IOperation value) => _captures[capture] = value;

    /// <summary>The operation itself, or the one that was captured.</summary>
    public IOperation Captured(IOperation operation)
        => operation is IFlowCaptureReferenceOperation { ConstantValue.HasValue: false } reference && _captures.TryGetValue(reference.Id, out var captured)
            ? captured
            : operation;

    /// <summary>What an operand stands for: an argument of the call that led here, for a parameter that is never assigned.</summary>
    public IOperation ValueOf(IOperation operation)
    {
        var value = Captured(operation).Unconverted();
        return value is not IParameterReferenceOperation { Parameter: var parameter }
            ? value
            : given is not null && given.TryGetValue(parameter, out var argument) && !IsAssigned(parameter)
                ? argument
                : _outer?.ValueOf(value) ?? value;
    }

    private bool IsAssigned(IParameterSymbol parameter)
        => _graph.OriginalOperation.Descendants().Any(operation => operation switch
        {
            IAssignmentOperation { Target: var target } => target,
            IArgumentOperation { Parameter.RefKind: not RefKind.None, Value: var target } => target,
            _ => null,
        } is IParameterReferenceOperation { Parameter: var assigned } && SymbolEqualityComparer.Default.Equals(assigned, parameter));

    /// <summary>A lambda was met. It may run now, later, or never: what it does to the state adds to it.</summary>
    public FlowState Meet(IFlowAnonymousFunctionOperation lambda, FlowState state)
    {
        _lambdas[lambda] = _lambdas.TryGetValue(lambda, out var earlier) ? earlier.Join(state) : state;
        if (FollowLambda(lambda, state) is not { } body)
        {
            return state;
        }

        _returnedByLambdas[lambda] = body.Returned;
        return state.Join(body.Left);
    }

    /// <summary>What a lambda that was met may return.</summary>
    public ImmutableHashSet<TrackedObject> ReturnedBy(IFlowAnonymousFunctionOperation lambda)
        => _returnedByLambdas.TryGetValue(lambda, out var returned) ? returned : ObjectFacts.Nothing;

    /// <summary>Follows a call of a local function of this body, or of one around it.</summary>
    /// <param name="localFunction">What is called.</param>
    /// <param name="state">What holds there, the parameters included.</param>
    /// <param name="arguments">What it is given, by parameter.</param>
    /// <returns>Null when it is being followed already.</returns>
    public BodyFlow? Call(IMethodSymbol localFunction, FlowState state, IReadOnlyDictionary<IParameterSymbol, IOperation> arguments)
    {
        if (HomeOf(localFunction) is not { } home)
        {
            return null;
        }

        home._called.Add(localFunction);
        return home.FollowLocalFunction(localFunction, state, arguments);
    }

    /// <summary>A local function is turned into a delegate. As a lambda, it may run now, later, or never.</summary>
    public FlowState Refer(IMethodSymbol localFunction, FlowState state)
        => HomeOf(localFunction)?.FollowLocalFunction(localFunction, state) is { } body ? state.Join(body.Left) : state;

    private BodyFlow? HomeOf(IMethodSymbol localFunction)
    {
        for (var body = this; body is not null; body = body._outer)
        {
            if (body._graph.LocalFunctions.Contains(localFunction, SymbolEqualityComparer.Default))
            {
                return body;
            }
        }

        return null;
    }

    private void Process(BasicBlock block, FlowState state)
    {
        ReachHandlers(block, state);
        var operations = new OperationFlow(run, this, state);
        foreach (var operation in block.Operations)
        {
            operations.Visit(operation);
        }

        if (block.BranchValue is { } value)
        {
            var values = operations.Visit(value);
            if (block.FallThroughSuccessor is { Semantics: ControlFlowBranchSemantics.Return })
            {
                Returned = Returned.Union(values);
                MayReturnOther |= values.IsEmpty;
            }
        }

        state = operations.State;
        Everything = Everything.Join(state);
        ReachHandlers(block, state);
        Take(block.FallThroughSuccessor, Assume(block, state, operations, conditionHolds: block.ConditionKind is ControlFlowConditionKind.WhenFalse));
        Take(block.ConditionalSuccessor, Assume(block, state, operations, conditionHolds: block.ConditionKind is ControlFlowConditionKind.WhenTrue));
    }

    // What a comparison with null says on its branches; null for a branch that is never taken.
    private static FlowState? Assume(BasicBlock block, FlowState state, OperationFlow operations, bool conditionHolds) => block switch
    {
        { ConditionKind: ControlFlowConditionKind.None } => state,
        { BranchValue: IIsNullOperation { Operand: var operand } } => operations.AssumeNull(operand, state, conditionHolds),
        { BranchValue: IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var operand, RightOperand.ConstantValue: { HasValue: true, Value: null } } } => operations.AssumeNull(operand, state, conditionHolds),
        { BranchValue: IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals, LeftOperand: var operand, RightOperand.ConstantValue: { HasValue: true, Value: null } } } => operations.AssumeNull(operand, state, !conditionHolds),
        { BranchValue: IIsPatternOperation { Value: var operand, Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } } => operations.AssumeNull(operand, state, conditionHolds),
        _ => state,
    };

    private void Take(ControlFlowBranch? branch, FlowState? state)
    {
        if (branch is null || state is null)
        {
            return;
        }

        foreach (var region in branch.LeavingRegions)
        {
            state = state.Without(region, VariableOf);
        }

        if (branch.Semantics is ControlFlowBranchSemantics.StructuredExceptionHandling)
        {
            EndFinally(branch.Source, state);
            return;
        }

        // Leaving try blocks runs their finally blocks, innermost first, each of which then goes on to the next.
        var target = branch.Destination?.Ordinal;
        for (var i = branch.FinallyRegions.Length - 1; i >= 0; i--)
        {
            var region = branch.FinallyRegions[i];
            if (target is { } next)
            {
                ContinueAfter(region, next);
            }

            target = region.FirstBlockOrdinal;
        }

        if (target is { } first)
        {
            Reach(first, state);
        }
    }

    private void ContinueAfter(ControlFlowRegion region, int target)
    {
        if (!_finallyTargets.TryGetValue(region, out var targets))
        {
            _finallyTargets[region] = targets = [];
        }

        if (targets.Add(target) && _finallyEnds.TryGetValue(region, out var end))
        {
            Reach(target, end);
        }
    }

    private void EndFinally(BasicBlock block, FlowState state)
    {
        if (GraphRegions.FinallyAround(block) is not { } region)
        {
            return;
        }

        _finallyEnds[region] = state = _finallyEnds.TryGetValue(region, out var earlier) ? earlier.Join(state) : state;
        if (_finallyTargets.TryGetValue(region, out var targets))
        {
            foreach (var target in targets)
            {
                Reach(target, state);
            }
        }
    }

    // Any operation of a try block may throw, so its handlers start from what holds before and after each block.
    private void ReachHandlers(BasicBlock block, FlowState state)
    {
        foreach (var handler in GraphRegions.HandlersAround(block))
        {
            Reach(handler.FirstBlockOrdinal, state);
        }
    }

    private void Reach(int ordinal, FlowState state)
    {
        var joined = _in[ordinal] is { } known ? known.Join(state) : state;
        if (!ReferenceEquals(joined, _in[ordinal]))
        {
            _in[ordinal] = joined;
            _pending.Add(ordinal);
        }
    }

    // What a nested body sees when it runs is what held where it was made and whatever came to hold since.
    private void FollowNested()
    {
        foreach (var lambda in _lambdas)
        {
            FollowLambda(lambda.Key, lambda.Value.Join(Everything));
        }

        // One that is called has been followed with what its callers hand it.
        foreach (var localFunction in _graph.LocalFunctions)
        {
            if (!_called.Contains(localFunction))
            {
                FollowLocalFunction(localFunction, Everything);
            }
        }
    }

    private BodyFlow? FollowLambda(IFlowAnonymousFunctionOperation lambda, FlowState entry)
        => run.TryEnter(lambda.Symbol) ? FollowNested(lambda.Symbol, _graph.GetAnonymousFunctionControlFlowGraph(lambda, run.Cancellation), entry) : null;

    private BodyFlow? FollowLocalFunction(
        IMethodSymbol localFunction, FlowState entry, IReadOnlyDictionary<IParameterSymbol, IOperation>? arguments = null)
        => run.TryEnter(localFunction)
            ? FollowNested(localFunction, _graph.GetLocalFunctionControlFlowGraph(localFunction, run.Cancellation), entry, arguments)
            : null;

    private BodyFlow FollowNested(
        IMethodSymbol function, ControlFlowGraph nested, FlowState entry, IReadOnlyDictionary<IParameterSymbol, IOperation>? arguments = null)
    {
        var body = new BodyFlow(run, nested, this, site, self, arguments).Follow(entry);
        body.Left = body.Everything.After(function, entry, body.Returned);
        run.Leave(function);
        return body;
    }
}

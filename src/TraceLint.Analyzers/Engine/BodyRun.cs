using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TraceLint.Engine;

/// <summary>
/// The interpretation of one body in one chain of calls. There is one for each call and callee, and it lives as long as the run of the
/// caller: a call that is visited again continues it with what is new.
/// </summary>
/// <param name="analysis">The analysis that it is part of.</param>
/// <param name="body">The body.</param>
/// <param name="caller">The run that calls the body; null for the body at which the analysis starts.</param>
/// <param name="call">The operation in the caller that runs it.</param>
/// <param name="home">For a lambda or local function, the run of the body around it, whose variables it shares.</param>
internal sealed class BodyRun(BodyAnalysis analysis, CodeBody body, BodyRun? caller, IOperation? call, BodyRun? home)
    : Fixpoint<State>(body.Graph)
{
    private readonly Dictionary<(IOperation Call, IMethodSymbol? Callee), BodyRun> _callees = [];
    private readonly Dictionary<CaptureId, Capture> _captures = home?._captures ?? [];
    private Interpreter? _branch;

    public BodyAnalysis Analysis => analysis;

    public CodeBody Body => body;

    public BodyRun? Home => home;

    public BodyRun? Caller => caller;

    /// <summary>The operation in the caller that runs the body; null for the body at which the analysis starts.</summary>
    public IOperation? Call => call;

    /// <summary>The returns that no finally block follows: the returned value, if any, and what is known there.</summary>
    public Dictionary<BasicBlock, State> Returns { get; } = [];

    /// <summary>The operations that may throw out of try blocks or out of the body, and what is known there.</summary>
    public Dictionary<IOperation, State> Throws { get; } = [];

    public int Depth { get; } = caller is null ? 0 : caller.Depth + 1;

    /// <summary>The key of <c>this</c> among the variables.</summary>
    public object Self => home?.Self ?? (object?)body.Method ?? body;

    /// <summary>What the body may return; null when it returns nothing.</summary>
    public Value? Returned { get; private set; }

    /// <summary>What an iterator may yield; null when the body is none.</summary>
    public Value? Yielded { get; private set; }

    /// <summary>A flow capture, which is a variable.</summary>
    internal sealed class Capture
    {
        /// <summary>The captured operation: for a variable or member, the place to assign to.</summary>
        public IOperation? Operation { get; set; }
    }

    /// <summary>The variable that stands for a flow capture.</summary>
    public Capture CaptureOf(CaptureId id)
    {
        if (!_captures.TryGetValue(id, out var capture))
        {
            _captures[id] = capture = new Capture();
        }

        return capture;
    }

    /// <summary>The operation that a flow capture stands for, or the operation itself.</summary>
    public IOperation Captured(IOperation operation)
        => operation is IFlowCaptureReferenceOperation { Id: var id } && CaptureOf(id).Operation is { } captured ? captured : operation;

    /// <summary>The run of a body that an operation calls.</summary>
    public BodyRun CalleeOf(IOperation call, CodeBody code, BodyRun? homeOfCode)
    {
        if (!_callees.TryGetValue((call, code.Method), out var callee))
        {
            _callees[(call, code.Method)] = callee = new BodyRun(analysis, code, this, call, homeOfCode);
        }

        return callee;
    }

    /// <summary>Whether a method is being interpreted in this chain of calls.</summary>
    public bool IsInside(IMethodSymbol? method)
    {
        for (var run = this; run is not null && method is not null; run = run.CallerOrHome)
        {
            if (SymbolEqualityComparer.Default.Equals(run.Body.Method, method))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The run, this one or one around it, of the body that declares a local function.</summary>
    public BodyRun? HomeOf(IMethodSymbol localFunction)
    {
        for (var run = this; run is not null; run = run.Home)
        {
            if (run.Body.Graph.LocalFunctions.Contains(localFunction, SymbolEqualityComparer.Default))
            {
                return run;
            }
        }

        return null;
    }

    /// <summary>Whether this is a lambda or local function in another body.</summary>
    public bool IsWithin(BodyRun other) => home is not null && (home == other || home.IsWithin(other));

    /// <summary>Interprets lambdas and local functions that nothing is seen to call: whoever calls them may do so at the end.</summary>
    /// <returns>Their runs.</returns>
    public IReadOnlyList<BodyRun> RunWhatIsNotCalled()
    {
        var runs = new List<BodyRun>();
        if ((Exit ?? ExceptionalExit) is not { } state)
        {
            return runs;
        }

        foreach (var function in body.Graph.LocalFunctions.Where(function => !analysis.IsCalled(function)))
        {
            Add(body.Graph.OriginalOperation, body.LocalFunction(function, analysis.Cancellation));
        }

        foreach (var lambda in LambdasIn(body.Graph).Where(lambda => !analysis.IsCalled(lambda.Symbol)))
        {
            Add(lambda, body.Lambda(lambda, analysis.Cancellation));
        }

        return runs;

        void Add(IOperation call, CodeBody code)
        {
            var run = CalleeOf(call, code, this);
            run.Run(state);
            runs.Add(run);
            runs.AddRange(run.RunWhatIsNotCalled());
        }
    }

    public void Yield(Value value) => Yielded = Value.Join(Yielded, value);

    /// <summary>The operation that is being visited may throw.</summary>
    public void RaiseException(State state)
    {
        if (!analysis.IsAsked)
        {
            Throw(state);
        }
    }

    protected override void OnReturn(BasicBlock block, State state) => Returns[block] = state;

    protected override void OnThrow(IOperation operation, State state) => Throws[operation] = state;

    protected override State Join(State known, State more) => known.Join(more);

    protected override State Leave(ControlFlowRegion region, State state) => state.Without(region, CaptureOf);

    protected override bool CanContinue() => analysis.CanContinue();

    protected override State? Visit(IOperation operation, State state)
    {
        Pass(operation, state);
        var interpreter = new Interpreter(this, state);
        interpreter.Evaluate(operation);
        return interpreter.Outcome;
    }

    protected override State? VisitBranchValue(IOperation value, bool isReturned, State state)
    {
        Pass(value, state);
        _branch = new Interpreter(this, state);
        _branch.EvaluateBranch(value);
        if (isReturned && _branch.Outcome is not null)
        {
            Returned = Value.Join(Returned, _branch.BranchValue);
        }

        return _branch.Outcome;
    }

    protected override State? Assume(IOperation condition, bool holds, State state)
    {
        if (_branch!.BranchValue.Constant is bool known && known != holds)
        {
            return null;
        }

        var interpreter = new Interpreter(this, state);
        return interpreter.Assume(condition, holds) ? interpreter.Outcome : null;
    }

    private void Pass(IOperation operation, State state)
    {
        if (IsReplaying && IsOfRoot)
        {
            analysis.Pass(new Point(operation, this, state));
        }
    }

    /// <summary>The run of the body at which the analysis starts.</summary>
    public BodyRun Root => (caller ?? home)?.Root ?? this;

    /// <summary>Whether this is the body at which the analysis starts, or a lambda or local function in it.</summary>
    public bool IsOfRoot => home?.IsOfRoot ?? caller is null;

    private BodyRun? CallerOrHome => caller ?? home;

    private static IEnumerable<IFlowAnonymousFunctionOperation> LambdasIn(ControlFlowGraph graph)
        => graph.Blocks
            .SelectMany(static block => block.BranchValue is { } value ? block.Operations.Append(value) : block.Operations)
            .SelectMany(static operation => operation.DescendantsAndSelf())
            .OfType<IFlowAnonymousFunctionOperation>();
}

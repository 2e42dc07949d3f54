using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>How a span is left running.</summary>
internal enum SpanLeakKind
{
    /// <summary>A loop starts the next one before this one has stopped.</summary>
    Loop,

    /// <summary>Nothing stops it on any path.</summary>
    Never,

    /// <summary>Something stops it, but not on a path that ends the function.</summary>
    SomePath,

    /// <summary>Something stops it, but not when the code before the stop throws.</summary>
    Exception,

    /// <summary>An async method stops it, which does not restore <c>Activity.Current</c> in the caller.</summary>
    OtherFlow,
}

/// <summary>A span that is left running.</summary>
/// <param name="Kind">How it is left running.</param>
/// <param name="Where">
/// The node that leaves it running: a return, a call that may throw, or the call to the async method; null when there is no such node.
/// </param>
internal sealed record SpanLeak(SpanLeakKind Kind, SyntaxNode? Where);

/// <summary>
/// Follows a running span through the control-flow graph of a function, from its start to where it is stopped: over branches, loops, and
/// the code that an exception skips.
/// </summary>
/// <param name="start">The call that starts the span.</param>
/// <param name="holder">The local that holds the span; null when nothing does.</param>
/// <param name="uses">What the function does with that local.</param>
internal sealed class SpanPaths(ControlFlowGraph graph, SyntaxNode start, ILocalSymbol? holder, SpanUses uses)
{
    private readonly HashSet<int> _entered = [];
    private readonly Queue<int> _pending = new();
    private bool _loops;
    private bool _ends;
    private SyntaxNode? _return;
    private SyntaxNode? _throwing;

    /// <summary>The most serious way in which the span is left running; null when it is always stopped.</summary>
    public SpanLeak? Find(CancellationToken cancellation)
    {
        foreach (var block in graph.Blocks)
        {
            if (IndexOfStart(block) is { } index)
            {
                Follow(block, index + 1);
            }
        }

        while (_pending.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            Follow(graph.Blocks[_pending.Dequeue()], 0);
        }

        return _loops ? new SpanLeak(SpanLeakKind.Loop, null)
            : _ends ? new SpanLeak(uses.Stops.IsEmpty ? SpanLeakKind.Never : SpanLeakKind.SomePath, _return)
            : _throwing is not null && !uses.Stops.IsEmpty ? new SpanLeak(SpanLeakKind.Exception, _throwing)
            : null;
    }

    private static IEnumerable<IOperation> StepsOf(BasicBlock block)
        => block.BranchValue is { } value ? block.Operations.Append(value) : block.Operations;

    private int? IndexOfStart(BasicBlock block)
    {
        var index = 0;
        foreach (var step in StepsOf(block))
        {
            if (Starts(step))
            {
                return index;
            }

            index++;
        }

        return null;
    }

    private void Follow(BasicBlock block, int from)
    {
        var index = 0;
        foreach (var step in StepsOf(block))
        {
            if (index++ < from)
            {
                continue;
            }

            if (Starts(step))
            {
                _loops = true;
                return;
            }

            if (Ends(step))
            {
                return;
            }

            if (Throwing.In(step) is { } throwing)
            {
                Throw(block, throwing);
            }
        }

        var whenNull = block.BranchValue is { } value ? NullWhen(value) : null;
        if (block.ConditionalSuccessor is { } conditional)
        {
            var isTaken = block.ConditionKind is ControlFlowConditionKind.WhenTrue;
            var constant = block.BranchValue?.ConstantValue is { HasValue: true, Value: bool known } ? known : (bool?)null;
            Take(block, conditional, isTaken, whenNull, constant);
            Take(block, block.FallThroughSuccessor, !isTaken, whenNull, constant);
        }
        else
        {
            Take(block, block.FallThroughSuccessor, null, null, null);
        }
    }

    private void Take(BasicBlock block, ControlFlowBranch? branch, bool? condition, bool? whenNull, bool? constant)
    {
        if (branch is null || (condition is not null && (condition == whenNull || (constant is not null && constant != condition))))
        {
            return;
        }

        if (branch.Semantics is ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow)
        {
            Throw(block, block.BranchValue?.Syntax ?? start);
            return;
        }

        foreach (var region in branch.FinallyRegions)
        {
            if (StopsIn(region))
            {
                return;
            }
        }

        if (branch.Destination is not { } destination)
        {
            return;
        }

        if (destination.Kind is BasicBlockKind.Exit)
        {
            _ends = true;
            _return ??= branch.Semantics is ControlFlowBranchSemantics.Return ? block.BranchValue?.Syntax : null;
        }
        else
        {
            Enter(destination.Ordinal);
        }
    }

    private void Enter(int ordinal)
    {
        if (_entered.Add(ordinal))
        {
            _pending.Enqueue(ordinal);
        }
    }

    // An exception continues at the handlers around it, and leaves the function unless one of them catches everything.
    private void Throw(BasicBlock block, SyntaxNode throwing)
    {
        foreach (var handler in GraphRegions.HandlersAround(block))
        {
            if (handler.Kind is ControlFlowRegionKind.Finally)
            {
                if (StopsIn(handler))
                {
                    return;
                }

                continue;
            }

            Enter(handler.FirstBlockOrdinal);
            if (handler is
                {
                    Kind: ControlFlowRegionKind.Catch,
                    ExceptionType: null
                        or { SpecialType: SpecialType.System_Object }
                        or { Name: "Exception", ContainingNamespace.Name: "System" }
                })
            {
                return;
            }
        }

        _throwing ??= throwing;
    }

    private bool StopsIn(ControlFlowRegion region)
    {
        for (var ordinal = region.FirstBlockOrdinal; ordinal <= region.LastBlockOrdinal; ordinal++)
        {
            foreach (var step in StepsOf(graph.Blocks[ordinal]))
            {
                if (Ends(step))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool Starts(IOperation step)
    {
        foreach (var operation in step.DescendantsAndSelf())
        {
            if (operation.Syntax == start && operation is IInvocationOperation)
            {
                return true;
            }
        }

        return false;
    }

    private bool Ends(IOperation step)
    {
        foreach (var operation in step.DescendantsAndSelf())
        {
            if (uses.Stops.Contains(operation.Syntax) || uses.Writes.Contains(operation.Syntax))
            {
                return true;
            }
        }

        return false;
    }

    // The result of a condition that shows that no span was created.
    private bool? NullWhen(IOperation condition) => condition switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => !NullWhen(operand),
        IIsNullOperation { Operand: var operand } when IsHolder(operand) => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, LeftOperand: var left, RightOperand: var right }
            when IsHolderAndNull(left, right)
            => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals, LeftOperand: var left, RightOperand: var right }
            when IsHolderAndNull(left, right)
            => false,
        IIsPatternOperation { Value: var value, Pattern: var pattern } when IsHolder(value) => pattern switch
        {
            IConstantPatternOperation => true,
            INegatedPatternOperation { Pattern: IConstantPatternOperation } or IRecursivePatternOperation => false,
            _ => null,
        },
        _ => null,
    };

    private bool IsHolderAndNull(IOperation left, IOperation right)
        => (IsHolder(left) && right.IsNull())
            || (IsHolder(right) && left.IsNull());

    private bool IsHolder(IOperation operation) => operation switch
    {
        IConversionOperation { Operand: var operand } => IsHolder(operand),
        ILocalReferenceOperation { Local: var local } => SymbolEqualityComparer.Default.Equals(local, holder),
        IFlowCaptureReferenceOperation
        {
            Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.IdentifierNameSyntax { Identifier.ValueText: var name }
        }
            => name == holder?.Name,
        _ => false,
    };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;

namespace TraceLint.Spans;

/// <summary>
/// Whether a carrier leaves, too, where the injection into it does not run. Where it does not, nothing leaves without a
/// context: the message itself is only sent when there is a span.
/// </summary>
/// <param name="created">The function around the injection, where spans are created.</param>
/// <param name="missing">The same, where they are not.</param>
internal sealed class Departure(SpanOutcome created, SpanOutcome missing, Carrier carrier)
{
    /// <summary>The calls that the carrier is handed to where the injection did not run.</summary>
    public List<SyntaxNode> Calls { get; } = [];

    /// <summary>Looks at what runs instead of the injection.</summary>
    /// <param name="block">The block of the injection, or of the function that has it inside.</param>
    /// <param name="after">Where in the source the injection ends.</param>
    /// <param name="guard">The condition that kept it from running.</param>
    /// <returns>Whether the carrier leaves for sure, and nobody else can have injected into it.</returns>
    public bool IsCertain(int block, int after, out IOperation? guard)
    {
        guard = null;
        var forks = Forks(block);
        if (forks.Count == 0 || missing.Blocks.Contains(block))
        {
            return false;
        }

        guard = created.Graph.Blocks[forks.Max].BranchValue;
        var instead = ReachableFrom(forks, missing);
        var withSpan = MethodsCalled();
        var leaves = false;
        foreach (var ordinal in instead.Except(missing.Throwing))
        {
            foreach (var use in UsesIn(missing.Graph.Blocks[ordinal], after: 0))
            {
                if (!created.Blocks.Contains(ordinal) && MayInject(use, withSpan))
                {
                    return false;
                }

                leaves = true;
                if (CallOf(use) is { Syntax: var call })
                {
                    Calls.Add(call);
                }
            }
        }

        return leaves || (carrier.Outlives && missing.Ends && instead.Contains(missing.Graph.Blocks.Length - 1) && !LeavesOnlyWithSpan(block, after));
    }

    // The last blocks that run in both worlds on the way to the injection.
    private SortedSet<int> Forks(int block)
    {
        var forks = new SortedSet<int>();
        var pending = new Stack<int>([block]);
        var seen = new HashSet<int> { block };
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            foreach (var branch in created.Branches)
            {
                if (branch.To == current && seen.Add(branch.From))
                {
                    if (missing.Blocks.Contains(branch.From))
                    {
                        forks.Add(branch.From);
                    }
                    else
                    {
                        pending.Push(branch.From);
                    }
                }
            }
        }

        return forks;
    }

    // Forward only: what the next round of a loop does is about another message.
    private static SortedSet<int> ReachableFrom(IEnumerable<int> starts, SpanOutcome outcome)
    {
        var reachable = new SortedSet<int>();
        var pending = new Stack<int>(starts);
        while (pending.Count > 0)
        {
            var current = pending.Pop();
            foreach (var branch in outcome.Branches)
            {
                if (branch.From == current && branch.To > current && reachable.Add(branch.To))
                {
                    pending.Push(branch.To);
                }
            }
        }

        return reachable;
    }

    private bool LeavesOnlyWithSpan(int block, int after)
    {
        foreach (var ordinal in ReachableFrom([block], created).Append(block))
        {
            if (!missing.Blocks.Contains(ordinal) && UsesIn(created.Graph.Blocks[ordinal], ordinal == block ? after : 0).Any())
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<IOperation> UsesIn(BasicBlock block, int after)
    {
        foreach (var root in block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations)
        {
            if (root.Syntax.SpanStart < after)
            {
                continue;
            }

            foreach (var operation in root.DescendantsAndSelf())
            {
                if (operation is IFlowAnonymousFunctionOperation lambda ? carrier.IsMentionedIn(lambda.Syntax)
                    : Carrier.RootOf(operation) is { } variable && carrier.IsIn(variable) && operation is not (IInvocationOperation or ISimpleAssignmentOperation) && IsLeaving(operation, block))
                {
                    yield return operation;
                }
            }
        }
    }

    // Handed to something, stored or returned; not merely looked at, compared, logged or written to.
    private bool IsLeaving(IOperation operation, BasicBlock block) => operation.Parent switch
    {
        IArgumentOperation { Parent: IInvocationOperation call } => !created.Injections.ContainsKey(call.Syntax) && !Bystanders.Contains(call.TargetMethod) && Holds(operation),
        IArgumentOperation { Parent: IObjectCreationOperation } => Holds(operation),
        IConversionOperation conversion => IsLeaving(conversion, block),
        ISimpleAssignmentOperation assignment => assignment.Value == operation && assignment.Target is not ILocalReferenceOperation && Holds(operation),
        IFlowCaptureOperation or IArrayInitializerOperation or ITupleOperation => Holds(operation),
        null => block.BranchValue == operation && block.ConditionKind is ControlFlowConditionKind.None && Holds(operation),
        _ => false,
    };

    private static bool Holds(IOperation operation) => operation.Type is { IsValueType: false } and not { SpecialType: SpecialType.System_String };

    // What sends it where there is a span sends it where there is none.
    private HashSet<ISymbol> MethodsCalled()
    {
        var methods = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var ordinal in created.Blocks)
        {
            foreach (var use in UsesIn(created.Graph.Blocks[ordinal], after: 0))
            {
                if (CallOf(use) is { } call)
                {
                    methods.Add(call.TargetMethod);
                }
            }
        }

        return methods;
    }

    private static IInvocationOperation? CallOf(IOperation use)
    {
        while (use.Parent is IConversionOperation or IArgumentOperation)
        {
            use = use.Parent;
        }

        return use.Parent as IInvocationOperation;
    }

    private static bool MayInject(IOperation use, HashSet<ISymbol> withSpan)
    {
        if (CallOf(use) is not { TargetMethod: var method } || withSpan.Contains(method))
        {
            return false;
        }

        return method.MethodKind is MethodKind.DelegateInvoke
            || (method.DeclaringSyntaxReferences.Length > 0 && (method.IsVirtual || method.IsAbstract || method.IsOverride))
            || TraceVocabulary.MayInject(method.Name);
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>Code that takes items off a queue, whose spans for them have no parent.</summary>
/// <param name="Start">The call that starts such a span; null when the items are delegates that are called outside any span.</param>
/// <param name="Reader">Where the item is taken off the queue.</param>
internal sealed record QueueReader(SyntaxNode? Start, SyntaxNode Reader);

/// <summary>
/// Code that takes items off in-process queues and starts a span without a parent for each of them. A span around a batch of items does
/// not count, because it would need links. Nor does code that takes an item off a stack on demand, such as an undo: only a loop that
/// waits for items runs in a context of its own.
/// </summary>
internal sealed class QueueReaders(InProcessQueues queues, CompilationContext context)
{
    private readonly object _gate = new();
    private readonly OrphanStarts _orphans = new(context);
    private Dictionary<ITypeSymbol, List<QueueReader>>? _starts;

    /// <summary>The readers, by the type of the items; computed once, on demand.</summary>
    public IReadOnlyDictionary<ITypeSymbol, List<QueueReader>> Starts(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _starts ??= Search(cancellation);
        }
    }

    private Dictionary<ITypeSymbol, List<QueueReader>> Search(CancellationToken cancellation)
    {
        var found = new Dictionary<ITypeSymbol, List<QueueReader>>(SymbolEqualityComparer.Default);
        var handled = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        var reads = new QueueReads(queues, context);
        foreach (var read in reads.All(cancellation))
        {
            var start = _orphans.In(read, out var handsOn, cancellation);
            if (handsOn)
            {
                handled.Add(read.Item);
                continue;
            }

            var tested = TestedTypes(read, cancellation).ToList();
            if (start is not null ? !tested.Exists(one => one.Branch.Contains(start)) : CallsItem(read, cancellation))
            {
                Add(found, read.Item, new QueueReader(start, read.Read?.Syntax ?? read.Function));
            }

            foreach (var (type, branch) in tested)
            {
                if (_orphans.In(read with { Item = type }, branch, out var branchHandsOn, cancellation) is { } inBranch)
                {
                    Add(found, type, new QueueReader(inBranch, read.Read?.Syntax ?? read.Function));
                }
                else if (branchHandsOn)
                {
                    handled.Add(type);
                }
            }
        }

        foreach (var item in handled)
        {
            found.Remove(item);
        }

        return found;
    }

    private static void Add(Dictionary<ITypeSymbol, List<QueueReader>> found, ITypeSymbol item, QueueReader reader)
    {
        if (!found.TryGetValue(item, out var all))
        {
            found.Add(item, all = []);
        }

        if (!all.Contains(reader))
        {
            all.Add(reader);
        }
    }

    // A delegate that is taken off a queue and called.
    private bool CallsItem(QueueRead read, CancellationToken cancellation)
        => read.Item.TypeKind is TypeKind.Delegate
            && read.Function.DescendantNodes().Any(node => node is InvocationExpressionSyntax syntax
                && context.Of(syntax.SyntaxTree).GetOperation(syntax, cancellation)
                    is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance.Type: { } type }
                && SymbolEqualityComparer.Default.Equals(type, read.Item));

    // The types that an item is tested for when the queue takes several, with the code that runs for each.
    private IEnumerable<(INamedTypeSymbol Type, SyntaxNode Branch)> TestedTypes(QueueRead read, CancellationToken cancellation)
    {
        if (read.Item is not { SpecialType: SpecialType.System_Object } and not { TypeKind: TypeKind.Interface } and not { IsAbstract: true })
        {
            yield break;
        }

        var model = context.Of(read.Function.SyntaxTree);
        foreach (var node in read.Function.DescendantNodes())
        {
            var type = node switch
            {
                DeclarationPatternSyntax { Type: var declared } => declared,
                RecursivePatternSyntax { Type: { } matched } => matched,
                _ => null,
            };
            if (type is not null && BranchOf(node) is { } branch && model.GetTypeInfo(type, cancellation).Type is INamedTypeSymbol named)
            {
                yield return (named, branch);
            }
        }
    }

    // Only where a pattern is the whole condition does it say what the item is.
    private static SyntaxNode? BranchOf(SyntaxNode pattern) => pattern.Parent switch
    {
        IsPatternExpressionSyntax { Parent: IfStatementSyntax { Statement: var statement } } => statement,
        CasePatternSwitchLabelSyntax { Parent: SwitchSectionSyntax { Labels.Count: 1 } section } => section,
        SwitchExpressionArmSyntax { Expression: var result } => result,
        _ => null,
    };
}

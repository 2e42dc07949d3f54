using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>A span without a parent that is started for an item which a call puts on a queue.</summary>
/// <param name="Item">The type of the item.</param>
/// <param name="Start">The call that starts the span.</param>
/// <param name="Starts">All such calls for items of this type.</param>
internal sealed record QueueOrphan(ITypeSymbol Item, SyntaxNode Start, IReadOnlyList<SyntaxNode> Starts);

/// <summary>Judges the calls that put an item on a queue.</summary>
internal sealed class QueueWrites(
    InProcessQueues queues,
    QueueReaders readers,
    OrphanStarts orphans,
    CallingSpan calling,
    StartedInSpan started,
    CompilationContext context)
{
    private const int MaxCallers = 2;

    private readonly QueuedItem _item = new(context);

    /// <summary>The span that loses its parent through a call; null when there is none for certain.</summary>
    public QueueOrphan? OrphanOf(IInvocationOperation write, CancellationToken cancellation)
    {
        if (queues.Written(write) is not { } item || queues.ItemOf(write) is not { } queued)
        {
            return null;
        }

        return queued.TypeKind is TypeKind.Delegate
            ? OrphanOfDelegate(write, queued, item, depth: 0, cancellation)
            : OrphanOfItem(write, queued, item.Unconverted().Type, cancellation);
    }

    // A queue for several types is read for the type of this item, or for all of them. Queues of objects have nothing in common.
    private QueueOrphan? OrphanOfItem(IInvocationOperation write, ITypeSymbol queued, ITypeSymbol? given, CancellationToken cancellation)
    {
        var isAny = queued.SpecialType is SpecialType.System_Object;
        var item = given is { TypeKind: TypeKind.Class } && (isAny || queued.TypeKind is TypeKind.Interface) ? given : queued;
        return (ReadersOf(item, cancellation) ?? (isAny ? null : ReadersOf(queued, cancellation))) is { } all
            && _item.CannotCarry(item)
            && calling.Exists(write.Syntax, cancellation)
            && all.Find(other => FunctionGraphs.FunctionAround(write.Syntax) != FunctionGraphs.FunctionAround(other.Start!)
                && !started.Holds(other.Reader, write.Syntax, cancellation)) is { Start: { } start }
                ? new QueueOrphan(item, start, all.Select(static other => other.Start!).ToList())
                : null;
    }

    // Where a delegate is made, its code is visible, and so is the span that it should have as its parent.
    private QueueOrphan? OrphanOfDelegate(
        IInvocationOperation write, ITypeSymbol queued, IOperation item, int depth, CancellationToken cancellation)
    {
        if (!QueuedItem.BringsNothing(queued) || !readers.Starts(cancellation).TryGetValue(queued, out var all))
        {
            return null;
        }

        if (item.Unconverted() is IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol method } parameter })
        {
            return depth == MaxCallers
                ? null
                : CallIndex.CallsOf(method.Name, context, cancellation)
                    .Where(call => Callers.Calls(call, method))
                    .SelectMany(call => call.Arguments
                        .Where(argument => argument.Parameter?.Ordinal == parameter.Ordinal)
                        .Take(1)
                        .Select(argument => OrphanOfDelegate(call, queued, argument.Value, depth + 1, cancellation)))
                    .FirstOrDefault(static orphan => orphan is not null);
        }

        return FunctionBody.Of(item, context, cancellation) is { Function: var work }
            && orphans.InWork(work, cancellation) is { } start
            && calling.Exists(write.Syntax, cancellation)
            && all.TrueForAll(reader => !started.Holds(reader.Reader, write.Syntax, cancellation))
                ? Orphan(all.Find(static reader => reader.Start is not null)?.Start ?? start)
                : null;

        QueueOrphan Orphan(SyntaxNode start) => new(queued, start, [start]);
    }

    private List<QueueReader>? ReadersOf(ITypeSymbol item, CancellationToken cancellation)
        => readers.Starts(cancellation).TryGetValue(item, out var all) ? all : null;
}

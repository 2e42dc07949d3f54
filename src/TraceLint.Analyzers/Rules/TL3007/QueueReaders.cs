using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>A span without a parent that is started for an item of a queue.</summary>
/// <param name="Start">The call that starts it.</param>
/// <param name="Reader">Where the item is taken off the queue.</param>
internal sealed record QueueReader(SyntaxNode Start, SyntaxNode Reader);

/// <summary>
/// Code that takes items off in-process queues and starts a span without a parent for each of them. A span around a batch of items does
/// not count, because it would need links. Nor does code that takes an item off a stack on demand, such as an undo: only a loop that
/// waits for items runs in a context of its own.
/// </summary>
internal sealed class QueueReaders(InProcessQueues queues, SpanStarts starts, CompilationContext context)
{
    private const int MaxHelpers = 2;

    private static readonly HashSet<string> s_handsOn = new(StringComparer.Ordinal)
    {
        "AddLink", "Extract", "ExtractTraceIdAndState", "Parse", "Restore", "Run", "SetParentId", "TryParse",
    };

    private static readonly int[] s_reads = SourceWords.HashesOf(InProcessQueues.ReadNames);
    private readonly object _gate = new();
    private readonly LiveSpans _spans = new(starts, context);
    private Dictionary<ITypeSymbol, List<QueueReader>>? _starts;
    private bool? _hasBlocks;

    /// <summary>The calls that start such spans, by the type of the items; computed once, on demand.</summary>
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
        foreach (var tree in context.Compilation.SyntaxTrees)
        {
            if (!(SourceWords.StandIn(tree, s_reads, cancellation) || HasBlocks(cancellation))
                || !InProcessQueues.AreNamedIn(tree, cancellation))
            {
                continue;
            }

            foreach (var (item, function, read) in ReadersIn(tree, cancellation))
            {
                var start = StartIn(function, item, read, depth: 0, out var handsOn, cancellation);
                if (handsOn)
                {
                    handled.Add(item);
                }
                else if (start is not null)
                {
                    if (!found.TryGetValue(item, out var all))
                    {
                        found.Add(item, all = []);
                    }

                    var reader = new QueueReader(start, read ?? function);
                    if (!all.Contains(reader))
                    {
                        all.Add(reader);
                    }
                }
            }
        }

        foreach (var item in handled)
        {
            found.Remove(item);
        }

        return found;
    }

    // The functions that take items off a queue, with the place where they do, and the handlers of dataflow blocks.
    private IEnumerable<(ITypeSymbol Item, SyntaxNode Function, SyntaxNode? Read)> ReadersIn(
        SyntaxTree tree, CancellationToken cancellation)
    {
        foreach (var call in ReadsIn(tree, cancellation))
        {
            if (queues.ItemOf(call) is { } item && FunctionGraphs.FunctionAround(call.Syntax) is { } reader
                && (call.TargetMethod.ContainingType.Name is not "ConcurrentStack" || IsInEndlessLoop(call.Syntax, reader, cancellation)))
            {
                yield return (item, reader, call.Syntax);
            }
        }

        foreach (var node in HasBlocks(cancellation) ? tree.GetRoot(cancellation).DescendantNodes() : [])
        {
            if (node is BaseObjectCreationExpressionSyntax syntax && InProcessQueues.MayHandle(syntax)
                && context.Of(tree).GetOperation(syntax, cancellation) is IObjectCreationOperation made
                && queues.Handled(made) is { } handled
                && FunctionBody.Of(handled.Handler, context, cancellation) is { Function: var handler })
            {
                yield return (handled.Item, handler, null);
            }
        }
    }

    // With new(), the name of the type may be in another file.
    private bool HasBlocks(CancellationToken cancellation)
        => _hasBlocks ??= SourceWords.StandAnywhere(["ActionBlock"], context.Compilation, cancellation);

    private IEnumerable<IInvocationOperation> ReadsIn(SyntaxTree tree, CancellationToken cancellation)
    {
        var calls = FileIndex.Of(tree, cancellation).Calls;
        var root = tree.GetRoot(cancellation);
        foreach (var name in InProcessQueues.ReadNames)
        {
            if (!calls.TryGetValue(name, out var spans))
            {
                continue;
            }

            foreach (var span in spans)
            {
                if (root.FindNode(span, getInnermostNodeForTie: true)
                    .FirstAncestorOrSelf<InvocationExpressionSyntax>(node => node.Span == span) is { } syntax
                    && context.Of(tree).GetOperation(syntax, cancellation) is IInvocationOperation call)
                {
                    yield return call;
                }
            }
        }
    }

    // The start of a span without a parent, in the function that takes an item or in a method of the project that gets it; none if
    // something in them looks like reading a context.
    private SyntaxNode? StartIn(
        SyntaxNode function, ITypeSymbol item, SyntaxNode? read, int depth, out bool handsOn, CancellationToken cancellation)
    {
        handsOn = HandedToCaller.SetsCurrent(function);
        SyntaxNode? found = null;
        var model = context.Of(function.SyntaxTree);
        foreach (var node in function.DescendantNodes())
        {
            if (handsOn || node is not InvocationExpressionSyntax syntax || syntax.CalledName() is not { Identifier.ValueText: var name })
            {
                continue;
            }

            if (SpanStarts.CalledNames.Contains(name)
                && model.GetOperation(syntax, cancellation) is IInvocationOperation started
                && starts.Of(started) is { } start)
            {
                handsOn = start is { Parent: not null } or { ParentId: not null } or { Links: not null } or { Api: SpanApi.Activity };
                found ??= start.BecomesCurrent && !IsOfBatch(syntax, read, function, cancellation) ? syntax : null;
            }
            else if (s_handsOn.Contains(name) && !IsTaskRun(syntax))
            {
                handsOn = true;
            }
            else if (depth < MaxHelpers
                && model.GetOperation(syntax, cancellation) is IInvocationOperation call
                && Takes(call, item)
                && !IsOfBatch(syntax, read, function, cancellation))
            {
                foreach (var method in context.MethodsOf(call.TargetMethod, call.IsVirtual))
                {
                    if (method.DeclaringSyntaxReferences is [var declaration]
                        && context.Compilation.ContainsSyntaxTree(declaration.SyntaxTree))
                    {
                        var inner = StartIn(
                            declaration.GetSyntax(cancellation), item, read: null, depth + 1, out var innerHandsOn, cancellation);
                        handsOn |= innerHandsOn;
                        found ??= inner;
                    }
                }
            }
        }

        return handsOn ? null : found;
    }

    // Whether the span is for a batch, because it starts outside the loop that takes the items, or has a parent in the same function.
    private bool IsOfBatch(SyntaxNode start, SyntaxNode? read, SyntaxNode function, CancellationToken cancellation)
        => read is not null
            && ((LoopAround(read, function) is { } loop && !loop.Contains(start))
                || (_spans.At(start, acrossFunctions: true, cancellation) is { Scope: var scope } && function.Contains(scope)));

    // while (!queue.TryTake(out var item)) takes one item.
    private static StatementSyntax? LoopAround(SyntaxNode read, SyntaxNode function)
    {
        for (var parent = read.Parent; parent is not null && parent != function; parent = parent.Parent)
        {
            if (parent is CommonForEachStatementSyntax or ForStatementSyntax or DoStatementSyntax
                || (parent is WhileStatementSyntax { Condition: var condition }
                    && !(condition.Contains(read) && read.Parent is PrefixUnaryExpressionSyntax)))
            {
                return (StatementSyntax)parent;
            }
        }

        return null;
    }

    private bool IsInEndlessLoop(SyntaxNode read, SyntaxNode function, CancellationToken cancellation)
        => read.Ancestors()
            .TakeWhile(node => node != function)
            .OfType<StatementSyntax>()
            .Any(loop => EndlessLoops.IsEndless(loop, context.Of(loop.SyntaxTree), cancellation));

    private static bool IsTaskRun(InvocationExpressionSyntax call)
        => call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Task" } };

    private static bool Takes(IInvocationOperation call, ITypeSymbol item)
    {
        foreach (var argument in call.Arguments)
        {
            if (SymbolEqualityComparer.Default.Equals(argument.Value.Type, item))
            {
                return true;
            }
        }

        return false;
    }
}

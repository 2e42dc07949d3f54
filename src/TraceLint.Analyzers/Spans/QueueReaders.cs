using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Boundaries;
using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>Code that takes items off queues of the process and starts a span for each, without a parent.</summary>
internal sealed class QueueReaders(InProcessQueues queues, SpanStarts starts, SourceModels sources)
{
    private const int MaxHelpers = 2;

    private static readonly HashSet<string> s_handsOn = new(StringComparer.Ordinal)
    {
        "AddLink", "Extract", "ExtractTraceIdAndState", "Parse", "Restore", "Run", "SetParentId", "TryParse",
    };

    private static readonly int[] s_reads = SourceWords.HashesOf(InProcessQueues.ReadNames);
    private readonly object _gate = new();
    private Dictionary<ITypeSymbol, List<SyntaxNode>>? _starts;
    private bool? _hasBlocks;

    /// <summary>The calls that start such spans, by the type of the items; found out once, when first asked.</summary>
    public IReadOnlyDictionary<ITypeSymbol, List<SyntaxNode>> Starts(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return _starts ??= Search(cancellation);
        }
    }

    private Dictionary<ITypeSymbol, List<SyntaxNode>> Search(CancellationToken cancellation)
    {
        var found = new Dictionary<ITypeSymbol, List<SyntaxNode>>(SymbolEqualityComparer.Default);
        var handled = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var tree in sources.Compilation.SyntaxTrees)
        {
            if (!(SourceWords.StandIn(tree, s_reads, cancellation) || HasBlocks(cancellation)) || !InProcessQueues.AreNamedIn(tree, cancellation))
            {
                continue;
            }

            foreach (var (item, reader) in ReadersIn(tree, cancellation))
            {
                var start = StartIn(reader, item, depth: 0, out var handsOn, cancellation);
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

                    if (!all.Contains(start))
                    {
                        all.Add(start);
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

    // The functions that take items off a queue, and those that a block calls with them.
    private IEnumerable<(ITypeSymbol Item, SyntaxNode Reader)> ReadersIn(SyntaxTree tree, CancellationToken cancellation)
    {
        foreach (var call in ReadsIn(tree, cancellation))
        {
            if (queues.ItemOf(call) is { } item && FunctionGraphs.FunctionAround(call.Syntax) is { } reader)
            {
                yield return (item, reader);
            }
        }

        foreach (var node in HasBlocks(cancellation) ? tree.GetRoot(cancellation).DescendantNodes() : [])
        {
            if (node is BaseObjectCreationExpressionSyntax syntax && InProcessQueues.MayHandle(syntax)
                && sources.Of(tree).GetOperation(syntax, cancellation) is IObjectCreationOperation made && queues.Handled(made) is { } handled
                && FunctionBody.Of(handled.Handler, sources, cancellation) is { Function: var handler })
            {
                yield return (handled.Item, handler);
            }
        }
    }

    // Its type may be named in another file than the one that makes it, with new().
    private bool HasBlocks(CancellationToken cancellation) => _hasBlocks ??= SourceWords.StandAnywhere(["ActionBlock"], sources.Compilation, cancellation);

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
                if (root.FindNode(span, getInnermostNodeForTie: true).FirstAncestorOrSelf<InvocationExpressionSyntax>(node => node.Span == span) is { } syntax
                    && sources.Of(tree).GetOperation(syntax, cancellation) is IInvocationOperation call)
                {
                    yield return call;
                }
            }
        }
    }

    // A span without a parent, in a function that takes an item or in a method of the project that it hands one to; unless
    // something there looks like the context being taken from somewhere.
    private SyntaxNode? StartIn(SyntaxNode function, ITypeSymbol item, int depth, out bool handsOn, CancellationToken cancellation)
    {
        handsOn = HandedToCaller.SetsCurrent(function);
        SyntaxNode? found = null;
        var model = sources.Of(function.SyntaxTree);
        foreach (var node in function.DescendantNodes())
        {
            if (handsOn || node is not InvocationExpressionSyntax syntax || syntax.CalledName() is not { Identifier.ValueText: var name })
            {
                continue;
            }

            if (SpanStarts.CalledNames.Contains(name) && model.GetOperation(syntax, cancellation) is IInvocationOperation started && starts.Of(started) is { } start)
            {
                handsOn = start is { Parent: not null } or { ParentId: not null } or { Links: not null } or { Api: SpanApi.Activity };
                found ??= start.BecomesCurrent ? syntax : null;
            }
            else if (s_handsOn.Contains(name) && !IsTaskRun(syntax))
            {
                handsOn = true;
            }
            else if (depth < MaxHelpers && model.GetOperation(syntax, cancellation) is IInvocationOperation call && Takes(call, item))
            {
                foreach (var method in sources.MethodsOf(call.TargetMethod, call.IsVirtual))
                {
                    if (method.DeclaringSyntaxReferences is [var declaration] && sources.Compilation.ContainsSyntaxTree(declaration.SyntaxTree))
                    {
                        var inner = StartIn(declaration.GetSyntax(cancellation), item, depth + 1, out var innerHandsOn, cancellation);
                        handsOn |= innerHandsOn;
                        found ??= inner;
                    }
                }
            }
        }

        return handsOn ? null : found;
    }

    private static bool IsTaskRun(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Task" } };

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

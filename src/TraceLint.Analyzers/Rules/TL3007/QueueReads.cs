using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;

namespace TraceLint.Rules;

/// <summary>A function that takes items off a queue, or that a block calls with them.</summary>
/// <param name="Item">The type of the items.</param>
/// <param name="Function">The function.</param>
/// <param name="Read">The call in it that takes an item; null in the handler of a block.</param>
internal sealed record QueueRead(ITypeSymbol Item, SyntaxNode Function, IInvocationOperation? Read);

/// <summary>
/// Where items are taken off in-process queues: by a method of the queue, by a method of the project that returns what it takes, and
/// in the handlers of dataflow blocks.
/// </summary>
internal sealed class QueueReads(InProcessQueues queues, CompilationContext context)
{
    private const int MaxWrappers = 3;

    private static readonly int[] s_names = SourceWords.HashesOf(InProcessQueues.ReadNames);

    /// <summary>All of them in a compilation.</summary>
    public IEnumerable<QueueRead> All(CancellationToken cancellation)
    {
        // With new(), the name of the block's type may be in another file.
        var hasBlocks = SourceWords.StandAnywhere(InProcessQueues.HandlingBlocks, context.Compilation, cancellation);
        foreach (var tree in context.Compilation.SyntaxTrees)
        {
            if (!(hasBlocks || SourceWords.StandIn(tree, s_names, cancellation)) || !InProcessQueues.AreNamedIn(tree, cancellation))
            {
                continue;
            }

            foreach (var read in CallsIn(tree, cancellation).SelectMany(call => WithCallers(call, cancellation)))
            {
                yield return read;
            }

            foreach (var handler in hasBlocks ? HandlersIn(tree, cancellation) : [])
            {
                yield return handler;
            }
        }
    }

    /// <summary>The method of the project that returns the item which a read takes; null when the item stays in the function.</summary>
    public IMethodSymbol? ReturningMethod(QueueRead read, CancellationToken cancellation)
        => read is { Function: MethodDeclarationSyntax declaration, Read: { } call }
            && context.Of(declaration.SyntaxTree).GetDeclaredSymbol(declaration, cancellation) is IMethodSymbol method
            && SymbolEqualityComparer.Default.Equals(ReturnedBy(method), read.Item)
            && (!IsSequence(TaskTypes.Awaited(method.ReturnType)) || IsSequence(call.Type) || EnclosingBody.IsIterator(declaration))
                ? method
                : null;

    private IEnumerable<QueueRead> CallsIn(SyntaxTree tree, CancellationToken cancellation)
    {
        var calls = FileIndex.Of(tree, cancellation).Calls;
        var root = tree.GetRoot(cancellation);
        foreach (var name in InProcessQueues.ReadNames)
        {
            foreach (var span in calls.TryGetValue(name, out var spans) ? spans : [])
            {
                if (root.FindNode(span, getInnermostNodeForTie: true)
                    .FirstAncestorOrSelf<InvocationExpressionSyntax>(node => node.Span == span) is { } syntax
                    && context.Of(tree).GetOperation(syntax, cancellation) is IInvocationOperation call
                    && queues.ItemOf(call) is { } item && FunctionGraphs.FunctionAround(syntax) is { } reader
                    && (call.TargetMethod.ContainingType.Name is not "ConcurrentStack" || IsInEndlessLoop(syntax, reader, cancellation)))
                {
                    yield return new QueueRead(item, reader, call);
                }
            }
        }
    }

    // A read, and the calls of the methods that return what it takes.
    private IEnumerable<QueueRead> WithCallers(QueueRead first, CancellationToken cancellation)
    {
        var seen = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        var pending = new Queue<(QueueRead Read, int Depth)>();
        pending.Enqueue((first, 0));
        while (pending.Count > 0)
        {
            var (read, depth) = pending.Dequeue();
            yield return read;
            if (depth == MaxWrappers || ReturningMethod(read, cancellation) is not { } method || !seen.Add(method))
            {
                continue;
            }

            foreach (var call in CallIndex.CallsOf(method.Name, context, cancellation))
            {
                if (Callers.Calls(call, method) && ReturnedBy(call.TargetMethod) is { } item
                    && FunctionGraphs.FunctionAround(call.Syntax) is { } caller)
                {
                    pending.Enqueue((new QueueRead(item, caller, call), depth + 1));
                }
            }
        }
    }

    private IEnumerable<QueueRead> HandlersIn(SyntaxTree tree, CancellationToken cancellation)
    {
        foreach (var node in tree.GetRoot(cancellation).DescendantNodes())
        {
            if (node is BaseObjectCreationExpressionSyntax syntax && InProcessQueues.MayHandle(syntax)
                && context.Of(tree).GetOperation(syntax, cancellation) is IObjectCreationOperation made
                && queues.Handled(made) is { } handled
                && FunctionBody.Of(handled.Handler, context, cancellation) is { Function: var handler })
            {
                yield return new QueueRead(handled.Item, handler, Read: null);
            }
        }
    }

    private bool IsInEndlessLoop(SyntaxNode read, SyntaxNode function, CancellationToken cancellation)
        => read.Ancestors()
            .TakeWhile(node => node != function)
            .OfType<StatementSyntax>()
            .Any(loop => EndlessLoops.IsEndless(loop, context.Of(loop.SyntaxTree), cancellation));

    // The item that a method returns, or sets an out parameter to; for a list of items, the list.
    private static ITypeSymbol? ReturnedBy(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.RefKind is RefKind.Out)
            {
                return parameter.Type;
            }
        }

        var type = TaskTypes.Awaited(method.ReturnType);
        return IsSequence(type) ? ((INamedTypeSymbol)type!).TypeArguments[0] : type;
    }

    private static bool IsSequence(ITypeSymbol? type)
        => type is INamedTypeSymbol { Name: "IAsyncEnumerable" or "IEnumerable", TypeArguments.Length: 1 };
}

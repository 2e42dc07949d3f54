using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>
/// Queues inside a process whose reader already runs when an item is written, so that it does not see the context of the writer:
/// channels, blocking collections, concurrent queues and stacks, blocks of TPL Dataflow, and priority queues that are used under a
/// lock. The carrier is the item.
/// </summary>
internal sealed class InProcessQueues
{
    private static readonly string[] s_words =
    [
        "BlockingCollection", "Channel", "ConcurrentQueue", "ConcurrentStack", "Dataflow", "PriorityQueue",
    ];
    private static readonly ConditionalWeakTable<SyntaxTree, object> s_mentions = new();
    private readonly HashSet<INamedTypeSymbol> _queues = new(SymbolEqualityComparer.Default);

    private InProcessQueues(IEnumerable<INamedTypeSymbol> queues)
    {
        foreach (var queue in queues)
        {
            _queues.Add(queue);
        }
    }

    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string ChannelWriter = "System.Threading.Channels.ChannelWriter`1";
        public const string ChannelReader = "System.Threading.Channels.ChannelReader`1";
        public const string BlockingCollection = "System.Collections.Concurrent.BlockingCollection`1";
        public const string ConcurrentQueue = "System.Collections.Concurrent.ConcurrentQueue`1";
        public const string ConcurrentStack = "System.Collections.Concurrent.ConcurrentStack`1";
        public const string ActionBlock = "System.Threading.Tasks.Dataflow.ActionBlock`1";
        public const string TransformBlock = "System.Threading.Tasks.Dataflow.TransformBlock`2";
        public const string TransformManyBlock = "System.Threading.Tasks.Dataflow.TransformManyBlock`2";
        public const string BufferBlock = "System.Threading.Tasks.Dataflow.BufferBlock`1";
        public const string DataflowBlock = "System.Threading.Tasks.Dataflow.DataflowBlock";
        public const string PriorityQueue = "System.Collections.Generic.PriorityQueue`2";
    }

    /// <summary>The blocks that call a handler for each item.</summary>
    public static readonly string[] HandlingBlocks = ["ActionBlock", "TransformBlock", "TransformManyBlock"];

    /// <summary>The methods that write an item to a queue.</summary>
    public static readonly string[] WriteNames = ["Add", "Enqueue", "Post", "Push", "SendAsync", "TryAdd", "TryWrite", "WriteAsync"];

    /// <summary>The methods that read an item from a queue.</summary>
    public static readonly string[] ReadNames =
    [
        "Dequeue", "GetConsumingEnumerable", "ReadAllAsync", "ReadAsync", "Receive", "ReceiveAllAsync", "ReceiveAsync", "Take",
        "TryDequeue", "TryPop", "TryRead", "TryReceive", "TryTake",
    ];

    /// <summary>The queue types of a compilation; null when it has none.</summary>
    public static InProcessQueues? In(Compilation compilation)
    {
        var queues = new[]
            {
                Names.ChannelWriter, Names.ChannelReader, Names.BlockingCollection, Names.ConcurrentQueue, Names.ConcurrentStack,
                Names.ActionBlock, Names.TransformBlock, Names.TransformManyBlock, Names.BufferBlock, Names.DataflowBlock,
                Names.PriorityQueue,
            }
            .Select(compilation.TypeNamed).OfType<INamedTypeSymbol>().ToList();
        return queues.Count == 0 ? null : new InProcessQueues(queues);
    }

    /// <summary>
    /// Whether the text of a file mentions a queue. The methods have such common names that binding every call of these names would be
    /// expensive.
    /// </summary>
    public static bool AreNamedIn(SyntaxTree tree, CancellationToken cancellation)
        => (bool)s_mentions.GetValue(tree, other =>
        {
            var text = other.GetText(cancellation).ToString();
            return Array.Exists(s_words, word => text.IndexOf(word, StringComparison.Ordinal) >= 0);
        });

    /// <summary>
    /// The type of the items of the queue on which a method is called; null when it is not a queue, or is a priority queue without a
    /// lock, which only one flow of control may use.
    /// </summary>
    public ITypeSymbol? ItemOf(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return !_queues.Contains(method.ContainingType.OriginalDefinition) ? null : method switch
        {
            { ContainingType: { Name: "PriorityQueue", TypeArguments: [var element, _] } } => IsLocked(call.Syntax) ? element : null,
            { ContainingType: { TypeArguments: [var item] } } => item,
            // What a block that transforms puts out is another item.
            { ContainingType: { TypeArguments: [_, var result] } } => result,
            // The extension methods that all blocks share.
            { IsExtensionMethod: true, TypeArguments: [var item] } => item,
            _ => null,
        };
    }

    /// <summary>The item that a call writes to a queue; null when it writes none.</summary>
    public IOperation? Written(IInvocationOperation call)
    {
        var place = call.TargetMethod.IsExtensionMethod ? 1 : 0;
        return Array.IndexOf(WriteNames, call.TargetMethod.Name) >= 0 && ItemOf(call) is not null && call.Arguments.Length > place
            ? call.Arguments[place].Value
            : null;
    }

    /// <summary>The item type and the handler of a new block that handles items; null when another object is created.</summary>
    public (ITypeSymbol Item, IOperation Handler)? Handled(IObjectCreationOperation made)
        => made.Type is INamedTypeSymbol { Name: var name, TypeArguments: [var item, ..], OriginalDefinition: var type }
            && Array.IndexOf(HandlingBlocks, name) >= 0
            && made.Arguments is [{ Value: var handler }, ..]
            && _queues.Contains(type)
                ? (item, handler)
                : null;

    /// <summary>
    /// Whether a creation may be that of a block that handles items. A block in a local variable does not count: it is used where it is
    /// created, inside the same span.
    /// </summary>
    public static bool MayHandle(BaseObjectCreationExpressionSyntax made)
        => (made is not ObjectCreationExpressionSyntax { Type: var type } || IsHandlingBlock(type))
            && made.ArgumentList is { Arguments.Count: > 0 }
            && made.Parent is not EqualsValueClauseSyntax { Parent.Parent.Parent: LocalDeclarationStatementSyntax };

    private static bool IsHandlingBlock(TypeSyntax type)
        => (type is QualifiedNameSyntax { Right: var right } ? right : type) is GenericNameSyntax { Identifier.ValueText: var name }
            && Array.IndexOf(HandlingBlocks, name) >= 0;

    private static bool IsLocked(SyntaxNode call)
    {
        foreach (var ancestor in call.Ancestors())
        {
            switch (ancestor)
            {
                case LockStatementSyntax:
                    return true;
                case MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax:
                    return false;
            }
        }

        return false;
    }
}

using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

namespace TraceLint.Boundaries;

/// <summary>
/// The queues inside of a process whose reader is running already when an item is put on them, so that it does not see the
/// context of who put it there: channels, blocking collections, concurrent queues and stacks. The carrier is the item.
/// </summary>
internal sealed class InProcessQueues
{
    private static readonly string[] s_words = ["BlockingCollection", "Channel", "ConcurrentQueue", "ConcurrentStack"];
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
    }

    /// <summary>The methods that put an item on one.</summary>
    public static readonly string[] WriteNames = ["Add", "Enqueue", "Push", "TryAdd", "TryWrite", "WriteAsync"];

    /// <summary>The methods that take one off.</summary>
    public static readonly string[] ReadNames = ["GetConsumingEnumerable", "ReadAllAsync", "ReadAsync", "Take", "TryDequeue", "TryPop", "TryRead", "TryTake"];

    /// <summary>The queues as a compilation sees them; null when it has none.</summary>
    public static InProcessQueues? In(Compilation compilation)
    {
        var queues = new[] { Names.ChannelWriter, Names.ChannelReader, Names.BlockingCollection, Names.ConcurrentQueue, Names.ConcurrentStack }
            .Select(compilation.TypeNamed).OfType<INamedTypeSymbol>().ToList();
        return queues.Count == 0 ? null : new InProcessQueues(queues);
    }

    /// <summary>Whether a file may have to do with one: their methods have everybody's names, so that looking at all calls of them would be dear.</summary>
    public static bool AreNamedIn(SyntaxTree tree, CancellationToken cancellation)
        => (bool)s_mentions.GetValue(tree, other =>
        {
            var text = other.GetText(cancellation).ToString();
            return Array.Exists(s_words, word => text.IndexOf(word, StringComparison.Ordinal) >= 0);
        });

    /// <summary>The type of the items of the queue that a method belongs to; null when it is no queue.</summary>
    public ITypeSymbol? ItemOf(IMethodSymbol method)
        => method.ContainingType is { TypeArguments: [var item], OriginalDefinition: var type } && _queues.Contains(type) ? item : null;

    /// <summary>The item that a call puts on a queue.</summary>
    public IOperation? Written(IInvocationOperation call)
        => Array.IndexOf(WriteNames, call.TargetMethod.Name) >= 0 && ItemOf(call.TargetMethod) is not null && call.Arguments.Length > 0 ? call.Arguments[0].Value : null;
}

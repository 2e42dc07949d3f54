using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL3007: an item is put on an in-process queue without trace context.
/// <para>Reports a call that puts an item on a channel, a blocking collection, a concurrent queue or stack, a TPL Dataflow block, or a
/// priority queue under a lock, when the type of the item belongs to the project and has no member for a context, the project takes
/// such items off a queue and starts a span without a parent for them, and the call certainly runs inside a span: of the same member,
/// of a caller, or of a request. A delegate counts as an item when the project calls the delegates that it takes off such queues, and
/// the delegate starts a span without a parent, or is called in one.</para>
/// <para>Does not report when the reader was started inside that very span; when it processes a batch of items in one span; when a
/// member of the type, of its base types or of its parts may be a context; when a reader or the delegate passes a parent or link,
/// parses a context, extracts or sets <c>Activity.Current</c>; when the items are signals or types of other assemblies; or where there
/// may be no span.</para>
/// </summary>
internal sealed class TL3007_QueuedItemWithoutContext : Rule
{
    internal const string Id = "TL3007";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "In-process queue item has no trace context",
        messageFormat: "{0} queues a {1} without trace context, so the span at {2} has no parent; {3}",
        Category.InProcess,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The reader of a queue runs in the context in which the reader was started, not in that of the writer. The item "
            + "has to carry the trace context.",
        helpLinkUri: Repository.RulesPage + "#tl3007");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context)
    {
        if (InProcessQueues.In(context.Compilation) is not { } queues || SpanStarts.In(context.Compilation) is not { } starts)
        {
            return;
        }

        var compilation = context.CompilationContext;
        var readers = new QueueReaders(queues, compilation);
        var span = new CallingSpan(LiveSpans.In(compilation)!, compilation);
        var writes = new QueueWrites(
            queues, readers, new OrphanStarts(compilation), span, new StartedInSpan(span, compilation), compilation);
        context.RegisterCallAction(InProcessQueues.WriteNames, node => Analyze(node, writes, readers));
    }

    private static void Analyze(NodeContext context, QueueWrites writes, QueueReaders readers)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        var cancellation = context.CancellationToken;
        if (call.CalledName() is { } name
            && InProcessQueues.AreNamedIn(call.SyntaxTree, cancellation) && readers.Starts(cancellation).Count > 0
            && context.SemanticModel.GetOperation(call, cancellation) is IInvocationOperation operation
            && writes.OrphanOf(operation, cancellation) is { } orphan)
        {
            var place = orphan.Start.GetLocation().GetMappedLineSpan();
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule,
                name.Identifier.GetLocation(),
                orphan.Starts.Select(static start => start.GetLocation()),
                name.Identifier.ValueText,
                MessageText.Quoted(orphan.Item.Name),
                $"{MessageText.Cut(Path.GetFileName(place.Path))}:{place.StartLinePosition.Line + 1}",
                orphan.Item.TypeKind is TypeKind.Delegate
                    ? "capture the context and pass it as the parent"
                    : "store the context in the item"));
        }
    }
}

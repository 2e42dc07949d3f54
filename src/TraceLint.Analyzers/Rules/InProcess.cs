using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>What the rules about work inside the process ask, and the gate in front of them: they speak only where code traces.</summary>
internal sealed class InProcess
{
    private static readonly HashSet<string> s_background = new(StringComparer.Ordinal) { "QueueUserWorkItem", "Run", "Start", "StartNew", "UnsafeQueueUserWorkItem", "UnsafeStart" };

    private readonly TracingCode _tracing;

    private InProcess(SpanStarts starts, CompilationContext compilation)
    {
        Starts = starts;
        Context = compilation;
        Spans = new LiveSpans(starts, Context);
        Callers = new LiveCallers(Spans, Context);
        Work = new TracedWork(starts, Transports.In(compilation.Compilation), Context);
        Loops = new SpanAroundLoop(Spans, Work, Context);
        Lost = new LostWork(Spans, Callers, Work, starts, Context);
        _tracing = new TracingCode(starts, Context);
    }

    public SpanStarts Starts { get; }

    public CompilationContext Context { get; }

    public LiveSpans Spans { get; }

    public LiveCallers Callers { get; }

    public TracedWork Work { get; }

    public LostWork Lost { get; }

    public SpanAroundLoop Loops { get; }

    /// <summary>The names, of those that are called in a file, of calls that may start work which nobody waits for.</summary>
    public static IEnumerable<string> NamesOfLeftWork(FileIndex file)
        => file.Calls.Keys.Where(name => s_background.Contains(name) || MayBeAsync(name) || file.AsyncMethods.Contains(name));

    /// <summary>Has a rule look at what hands work over: the calls of some names, and what makes a task or a timer.</summary>
    /// <param name="among">The names to look at, of those that are called in a file.</param>
    public static void Register(
        RuleContext context, Func<FileIndex, IEnumerable<string>> among, Action<NodeContext, InProcess> action)
        => Register(context, look => context.RegisterCallAction(among, look), action);

    /// <inheritdoc cref="Register(RuleContext, Func{FileIndex, IEnumerable{string}}, Action{NodeContext, InProcess})"/>
    public static void Register(RuleContext context, IReadOnlyCollection<string> names, Action<NodeContext, InProcess> action)
        => Register(context, look => context.RegisterCallAction(names, look), action);

    /// <summary>Has a rule look at the loops that may have no end.</summary>
    public static void RegisterLoops(RuleContext context, Action<NodeContext, InProcess> action)
    {
        if (Of(context.CompilationContext) is { } process)
        {
            context.RegisterLoopAction(node => action(node, process()));
        }
    }

    /// <summary>Has a rule look at nodes that may be something, as far as their syntax says, in files with one word of some.</summary>
    public static void RegisterNodes(
        RuleContext context, IReadOnlyCollection<string> words, Func<SyntaxNode, bool> mayBe, Action<NodeContext, InProcess> action, params SyntaxKind[] kinds)
    {
        if (Of(context.CompilationContext) is { } process)
        {
            context.RegisterNodeAction(words, mayBe, node => action(node, process()), kinds);
        }
    }

    // Rules share it; it is made when there is something to look at, and null in a compilation that has no spans.
    private static Func<InProcess>? Of(CompilationContext compilation)
        => SpanStarts.In(compilation.Compilation) is { } starts ? () => compilation.Shared(shared => new InProcess(starts, shared))! : null;

    private static void Register(RuleContext context, Action<Action<NodeContext>> registerCalls, Action<NodeContext, InProcess> action)
    {
        if (Of(context.CompilationContext) is not { } process)
        {
            return;
        }

        void Look(NodeContext node) => action(node, process());
        registerCalls(Look);
        context.RegisterCreationAction(HandOffs.CreatedNames, Look);
    }

    /// <summary>Whether the rules speak about a node.</summary>
    public bool IsAbout(NodeContext context)
        => _tracing.TracesIn(context.Node.SyntaxTree, context.CancellationToken);

    /// <summary>The work that a node hands over or calls, that nobody waits for, and its code.</summary>
    /// <returns>Null when it hands none over, somebody waits, or the code is not here or loops for ever.</returns>
    public LeftWork? LeftWorkAt(NodeContext context)
    {
        var (model, cancellation) = (context.SemanticModel, context.CancellationToken);
        var left = HandOffs.At(context.Node, model, cancellation) is { } handOff ? LeftBehind(handOff, model, cancellation) : LeftCall(context.Node, model, cancellation);
        return left is not null && EndlessLoops.In(left.Work, Context, cancellation) is null && !WaitedFor.After(context.Node, left.Work, model, cancellation) ? left : null;
    }

    private LeftWork? LeftBehind(HandOff handOff, SemanticModel model, CancellationToken cancellation)
        => s_background.Contains(handOff.Fact.Member) && handOff.Fact.Type != FlowTable.Names.EventTimer
            && FunctionBody.Of(handOff.Work, Context, cancellation) is { } work
            && EndlessWork.FateOf(handOff, model, cancellation) is Fate.Discarded
                ? new LeftWork(handOff.Operation, handOff.Name, $"the work that {handOff.Fact.Api} is handed", handOff.Fact.Sees is Seen.Caller, work)
                : null;

    // An async method of the project that is called and not awaited.
    private LeftWork? LeftCall(SyntaxNode node, SemanticModel model, CancellationToken cancellation)
        => node is InvocationExpressionSyntax call && call.CalledName() is { Identifier.ValueText: var called } name
            && Fates.Of(call, model, cancellation) is Fate.Discarded
            && model.GetOperation(call, cancellation) is IInvocationOperation { TargetMethod: { IsAsync: true } method } operation
            && FunctionBody.Of(method, operation.IsVirtual, Context, cancellation) is { } work
                ? new LeftWork(operation, name, called, SeesCaller: true, work) { Call = operation }
                : null;

    /// <summary>What work that nobody waits for writes on a span that is over by then.</summary>
    public SpanWrite? WriteIn(LeftWork left, CancellationToken cancellation)
    {
        var start = left.Operation.Syntax;
        var ends = left.SeesCaller && Spans.At(start, acrossFunctions: false, cancellation) is not null && !FlowSuppression.MayPrecede(start);
        return SpanWrites.In(left.Work, ends, left.Call, Starts, Context, cancellation);
    }

    /// <summary>What work that nobody waits for does for the trace, under a span that is over by then.</summary>
    public TracedAct? OutlivingActIn(LeftWork left, CancellationToken cancellation)
        => Work.OutlivingActIn(left.Work, cancellation) is { } act && (left.Call is null || AfterAwait.Runs(act.Call.Syntax, left.Work)) ? act : null;

    /// <summary>Whether a name is that of an async method, by the custom that all follow.</summary>
    private static bool MayBeAsync(string name) => name.EndsWith("Async", StringComparison.Ordinal);

    /// <summary>Where a line is, for a message.</summary>
    public static int LineOf(SyntaxNode node) => node.GetLocation().GetMappedLineSpan().StartLinePosition.Line + 1;
}

/// <summary>Work that nobody waits for.</summary>
/// <param name="Operation">What starts it.</param>
/// <param name="Name">Where to report it.</param>
/// <param name="What">What to call it in a message.</param>
/// <param name="SeesCaller">Whether the span that is current where it is started is current in it.</param>
/// <param name="Work">Its code.</param>
internal sealed record LeftWork(IOperation Operation, SyntaxNode Name, string What, bool SeesCaller, FunctionBody Work)
{
    /// <summary>The call of the async method that the work is; null when it is handed to an API.</summary>
    public IInvocationOperation? Call { get; init; }
}

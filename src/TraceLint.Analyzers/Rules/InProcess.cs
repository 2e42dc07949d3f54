using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>What the rules about work inside the process share, and their common condition: they report only where code traces.</summary>
internal sealed class InProcess
{
    private static readonly HashSet<string> s_background = new(StringComparer.Ordinal)
    {
        "QueueUserWorkItem", "Run", "Start", "StartNew", "UnsafeQueueUserWorkItem", "UnsafeStart",
    };

    /// <summary>The name of the calls that continue a task.</summary>
    public const string Continuation = "ContinueWith";

    private readonly TracingCode _tracing;

    private InProcess(SpanStarts starts, CompilationContext compilation)
    {
        Starts = starts;
        Context = compilation;
        Spans = LiveSpans.In(Context)!;
        Callers = new LiveCallers(Spans, Context);
        Work = new TracedWork(starts, Spans, Transports.In(compilation.Compilation), Context);
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

    /// <summary>The names, among those called in a file, of calls that may start fire-and-forget work.</summary>
    public static IEnumerable<string> NamesOfLeftWork(FileIndex file)
        => file.Calls.Keys.Where(name => s_background.Contains(name) || MayBeAsync(name) || file.AsyncMethods.Contains(name));

    /// <summary>Registers a rule for what starts work: calls of some names, and the creation of tasks and timers.</summary>
    /// <param name="context">The rule in a compilation.</param>
    /// <param name="among">Selects the names, among those called in a file.</param>
    /// <param name="action">Gets a call or an object creation.</param>
    public static void Register(
        RuleContext context, Func<FileIndex, IEnumerable<string>> among, Action<NodeContext, InProcess> action)
        => Register(context, look => context.RegisterCallAction(among, look), action);

    /// <inheritdoc cref="Register(RuleContext, Func{FileIndex, IEnumerable{string}}, Action{NodeContext, InProcess})"/>
    public static void Register(RuleContext context, IReadOnlyCollection<string> names, Action<NodeContext, InProcess> action)
        => Register(context, look => context.RegisterCallAction(names, look), action);

    /// <summary>Registers a rule for loops that may be endless.</summary>
    public static void RegisterLoops(RuleContext context, Action<NodeContext, InProcess> action)
    {
        if (Of(context.CompilationContext) is { } process)
        {
            context.RegisterLoopAction(node => action(node, process()));
        }
    }

    /// <summary>Registers a rule for nodes that a syntactic filter accepts, in files that contain one of some words.</summary>
    public static void RegisterNodes(
        RuleContext context,
        IReadOnlyCollection<string> words,
        Func<SyntaxNode, bool> mayBe,
        Action<NodeContext, InProcess> action,
        params SyntaxKind[] kinds)
    {
        if (Of(context.CompilationContext) is { } process)
        {
            context.RegisterNodeAction(words, mayBe, node => action(node, process()), kinds);
        }
    }

    // Rules share it; it is created when there is something to analyze, and null in a compilation that has no spans.
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

    /// <summary>Whether the rules may report a node.</summary>
    public bool IsAbout(NodeContext context)
        => _tracing.TracesIn(context.Node.SyntaxTree, context.CancellationToken);

    /// <summary>The fire-and-forget work that a node starts or calls, with its code.</summary>
    /// <returns>Null when it starts none, something waits for it, or its code is not in the project or loops forever.</returns>
    public LeftWork? LeftWorkAt(NodeContext context)
    {
        var (model, cancellation) = (context.SemanticModel, context.CancellationToken);
        var left = HandOffs.At(context.Node, model, cancellation) is { } handOff
            ? LeftBehind(handOff, model, cancellation) : LeftCall(context.Node, model, cancellation);
        return left is not null
            && EndlessLoops.In(left.Work, Context, cancellation) is null
            && !WaitedFor.After(context.Node, left.Work, model, cancellation) ? left : null;
    }

    private LeftWork? LeftBehind(HandOff handOff, SemanticModel model, CancellationToken cancellation)
        => (handOff.Fact.Member is Continuation ? IsLate(handOff, model, cancellation) : s_background.Contains(handOff.Fact.Member))
            && handOff.Fact.Type != FlowTable.Names.EventTimer
            && FunctionBody.Of(handOff.Work, Context, cancellation) is { } work
            && EndlessWork.FateOf(handOff, model, cancellation) is Fate.Discarded
                ? new LeftWork(handOff.Operation, handOff.Name, handOff.Fact.Api, handOff.Fact.Sees is Seen.Caller, work)
                : null;

    // The task is made here, and nobody else has it. Where that task itself writes too late, it is reported, and not what continues it.
    private bool IsLate(HandOff continuation, SemanticModel model, CancellationToken cancellation)
        => continuation.Operation is IInvocationOperation { Instance: { } instance } && instance.Unconverted() switch
        {
            IInvocationOperation { TargetMethod.Name: "FromResult" or "FromException" or "FromCanceled" } => false,
            IInvocationOperation made => HandOffs.At(made.Syntax, model, cancellation) is not { } before
                || FunctionBody.Of(before.Work, Context, cancellation) is not { } work
                || SpanWrites.In(work, ends: true, call: null, Spans, Starts, Context, cancellation) is null,
            ILocalReferenceOperation { Local: var task } => EnclosingBody.Of(continuation.Operation.Syntax) is { } body
                && body.DescendantNodes().OfType<IdentifierNameSyntax>().Count(name => name.Identifier.ValueText == task.Name) == 1,
            _ => false,
        };

    // An async method of the project that is called and not awaited.
    private LeftWork? LeftCall(SyntaxNode node, SemanticModel model, CancellationToken cancellation)
        => node is InvocationExpressionSyntax call && call.CalledName() is { Identifier.ValueText: var called } name
            && Fates.Of(call, model, cancellation) is Fate.Discarded
            && model.GetOperation(call, cancellation) is IInvocationOperation { TargetMethod: { IsAsync: true } method } operation
            && FunctionBody.Of(method, operation.IsVirtual, Context, cancellation) is { } work
                ? new LeftWork(operation, name, MessageText.Called(method, model.Compilation), SeesCaller: true, work) { Call = operation }
                : null;

    /// <summary>What fire-and-forget work writes to a span that has ended by then.</summary>
    public SpanWrite? WriteIn(LeftWork left, CancellationToken cancellation)
    {
        var start = left.Operation.Syntax;
        var ends = left.SeesCaller
            && Spans.At(start, acrossFunctions: false, cancellation) is { Ends: true }
            && !FlowSuppression.MayPrecede(start);
        return SpanWrites.In(left.Work, ends, left.Call, Spans, Starts, Context, cancellation);
    }

    /// <summary>The traced call that fire-and-forget work makes in a span that has ended by then.</summary>
    public TracedAct? OutlivingActIn(LeftWork left, CancellationToken cancellation)
        => Work.OutlivingActsIn(left.Work, cancellation) is var acts && left.Call is null
            ? acts.FirstOrDefault(act => !IsFirst(act.Call.Syntax, left.Work))
            : acts.Take(1).FirstOrDefault(act => AfterAwait.Runs(act.Call.Syntax, left.Work));

    // What is done at once is done while the span runs.
    private static bool IsFirst(SyntaxNode act, FunctionBody work)
        => work.Body.SyntaxTree == act.SyntaxTree
            && work.Body.Span.Contains(act.Span)
            && !work.Nodes().Any(node => node is InvocationExpressionSyntax && node.Span.End < act.SpanStart);

    /// <summary>Whether a name is that of an async method, by the usual naming convention.</summary>
    private static bool MayBeAsync(string name) => name.EndsWith("Async", StringComparison.Ordinal);

    /// <summary>The line of a node, for a message.</summary>
    public static int LineOf(SyntaxNode node) => node.GetLocation().GetMappedLineSpan().StartLinePosition.Line + 1;
}

/// <summary>Fire-and-forget work: nothing waits for it.</summary>
/// <param name="Operation">The operation that starts it.</param>
/// <param name="Name">The node to report.</param>
/// <param name="What">Its name in a message.</param>
/// <param name="SeesCaller">Whether the span that is current at its start is also current in it.</param>
/// <param name="Work">Its code.</param>
internal sealed record LeftWork(IOperation Operation, SyntaxNode Name, string What, bool SeesCaller, FunctionBody Work)
{
    /// <summary>The call of the async method that does the work; null when the work is passed to an API.</summary>
    public IInvocationOperation? Call { get; init; }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Boundaries;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>What the rules about work inside the process ask, and the gate in front of them: they speak only where code traces.</summary>
internal sealed class InProcess
{
    private static readonly HashSet<string> s_background = new(StringComparer.Ordinal) { "QueueUserWorkItem", "Run", "Start", "StartNew", "UnsafeQueueUserWorkItem", "UnsafeStart" };

    private readonly TracingCode _tracing;
    private readonly bool _isTestProject;

    private InProcess(Compilation compilation, SpanStarts starts, SourceModels sources)
    {
        Starts = starts;
        Sources = sources;
        Spans = new LiveSpans(starts, Sources);
        Callers = new LiveCallers(Spans, Sources);
        Work = new TracedWork(starts, Transports.In(compilation), Sources);
        Loops = new SpanAroundLoop(Spans, Work, Sources);
        Lost = new LostWork(Spans, Callers, Work, starts, Sources);
        _tracing = new TracingCode(starts, Sources);
        Api = new HandOffs(compilation);
        _isTestProject = SilentCode.IsTestProject(compilation);
    }

    public HandOffs Api { get; }

    public SpanStarts Starts { get; }

    public SourceModels Sources { get; }

    public LiveSpans Spans { get; }

    public LiveCallers Callers { get; }

    public TracedWork Work { get; }

    public LostWork Lost { get; }

    public SpanAroundLoop Loops { get; }

    /// <summary>All of it; null in a compilation that has no spans.</summary>
    public static InProcess? In(Compilation compilation, AnalyzerOptions options)
        => SpanStarts.In(compilation) is { } starts ? new InProcess(compilation, starts, SourceModels.For(compilation, options)) : null;

    /// <summary>Has a rule look at what hands work over: the calls of some names, and what makes a task or a timer.</summary>
    /// <param name="isCalled">Which names are of interest besides those of <see cref="HandOffs"/>.</param>
    /// <returns>Null when nothing is registered, because the compilation has no spans.</returns>
    public static InProcess? Register(CompilationStartAnalysisContext context, Action<NodeContext, InProcess> action, Func<string, bool>? isCalled = null)
    {
        var process = In(context.Compilation, context.Options);
        if (process is not null)
        {
            context.RegisterCallAction((called, _) => called.Where(name => HandOffs.CalledNames.Contains(name) || isCalled?.Invoke(name) is true), node => action(node, process));
            context.RegisterSyntaxNodeAction(node => action(node, process), SyntaxKind.ObjectCreationExpression, SyntaxKind.ImplicitObjectCreationExpression);
        }

        return process;
    }

    /// <summary>Whether the rules speak about a node.</summary>
    /// <param name="rule">The id of the rule, which may have settings of its own.</param>
    public bool IsAbout(NodeContext context, string rule)
        => !SilentCode.Contains(context, _isTestProject, rule)
            && _tracing.TracesIn(context.Node.SyntaxTree, rule, context.CancellationToken)
            && !EnclosingBody.IsInExpressionTree(context.Node, context.SemanticModel, context.CancellationToken);

    /// <summary>The work that a node hands over and nobody waits for, and its code.</summary>
    /// <returns>Null when it hands none over, somebody waits, or the code is not here or loops for ever.</returns>
    public LeftWork? LeftWorkAt(NodeContext context)
    {
        var (model, cancellation) = (context.SemanticModel, context.CancellationToken);
        return Api.At(context.Node, model, cancellation) is { } handOff && s_background.Contains(handOff.Fact.Member) && handOff.Fact.Type != FlowTable.Names.EventTimer
            && FunctionBody.Of(handOff.Work, Sources, cancellation) is { } work
            && EndlessWork.FateOf(handOff, model, cancellation) is Fate.Discarded
            && EndlessLoops.In(work, Sources, cancellation) is null
            && !WaitedFor.After(context.Node, work, model, cancellation)
                ? new LeftWork(handOff, work)
                : null;
    }

    /// <summary>What work that nobody waits for writes on a span that is over by then.</summary>
    public SpanWrite? WriteIn(LeftWork left, CancellationToken cancellation)
    {
        var call = left.HandOff.Operation.Syntax;
        var ends = left.HandOff.Fact.Sees is Seen.Caller && Spans.At(call, acrossFunctions: false, cancellation) is not null && !FlowSuppression.MayPrecede(call);
        return SpanWrites.In(left.Work, ends, Starts, Sources, cancellation);
    }

    /// <summary>Where a line is, for a message.</summary>
    public static int LineOf(SyntaxNode node) => node.GetLocation().GetMappedLineSpan().StartLinePosition.Line + 1;
}

/// <summary>Work that is handed over and that nobody waits for.</summary>
internal sealed record LeftWork(HandOff HandOff, FunctionBody Work);

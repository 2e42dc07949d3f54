using Microsoft.CodeAnalysis;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL3001: work that belongs to the caller is passed to an API that does not flow Activity.Current.
/// <para>Reports ThreadPool.UnsafeQueueUserWorkItem, Thread.UnsafeStart, and APIs that capture the execution context inside a
/// <c>using</c> of SuppressFlow, inside a live span of the method or of a visible caller, when the work starts a span, publishes or
/// calls an instrumented client, or is a delegate of the caller that does, and nothing carries the context along.</para>
/// <para>Does not report loops, timers, drains, schedulers and the plumbing of awaiters; work that has, or whose item has, a context,
/// an Activity or an ExecutionContext; work whose span has a parent or link; or places where no span is visibly live.</para>
/// </summary>
internal sealed class TL3001_WorkWithoutContext : Rule
{
    internal const string Id = "TL3001";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Background work loses the current span",
        messageFormat: "{0} does not flow Activity.Current{1}, so {2} loses its parent (line {3}); capture the current "
            + "context",
        Category.InProcess,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The Unsafe methods and SuppressFlow are meant for work that belongs to no request: loops, timers, "
            + "infrastructure. Work that belongs to a request starts a trace of its own there, or sends messages without trace "
            + "context.",
        helpLinkUri: Repository.RulesPage + "#tl3001");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => LostWork.Words;

    public override bool OnlyWhereCodeTraces => true;

    public override void Start(RuleContext context) => InProcess.Register(context, LostWork.CalledNames, Analyze);

    private static void Analyze(NodeContext context, InProcess process)
    {
        var cancellation = context.CancellationToken;
        if (HandOffs.At(context.Node, context.SemanticModel, cancellation) is { } handOff
            && LostWork.IsLost(handOff, context.SemanticModel, out var suppression, cancellation)
            && process.Lost.In(handOff, suppression, cancellation) is { } lost
            && process.IsAbout(context))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule,
                handOff.Name.GetLocation(),
                [lost.Act.Call.Syntax.GetLocation(), lost.Span.Call.GetLocation()],
                handOff.Fact.Api,
                suppression is null ? "" : " inside SuppressFlow",
                MessageText.Called(lost.Act.Call.TargetMethod, context.SemanticModel.Compilation),
                InProcess.LineOf(lost.Span.Call)));
        }
    }
}

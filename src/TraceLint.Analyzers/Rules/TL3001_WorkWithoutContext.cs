using Microsoft.CodeAnalysis;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL3001: work that belongs to the caller is handed to an API that does not carry Activity.Current.
/// <para>Reports ThreadPool.UnsafeQueueUserWorkItem, Thread.UnsafeStart, and what captures the context inside a <c>using</c> of
/// SuppressFlow, inside a live span of the method or of a visible caller, when the work starts a span, publishes or calls an
/// instrumented client, or is a delegate of the caller that does, and nothing brings the context along.</para>
/// <para>Stays silent about loops, timers, drains, schedulers and the plumbing of awaiters, when the work or its item has a context, an
/// Activity or an ExecutionContext, when the span it starts has a parent or a link, where no span is live for all to see, and in
/// code that every rule is silent about.</para>
/// </summary>
internal sealed class TL3001_WorkWithoutContext : Rule
{
    internal const string Id = "TL3001";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Work is handed over without the current span",
        messageFormat: "{0} does not carry Activity.Current to its work{1}: {2} there is cut off from the span started on line {3}",
        Category.InProcess,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "What the Unsafe methods and SuppressFlow are for is work that belongs to nobody: loops, timers, plumbing. Work that belongs to a request starts a trace of its own there, or sends messages without one.",
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
                [lost.Act.Call.Syntax.GetLocation(), lost.Span.Value.GetLocation()],
                handOff.Fact.Api,
                suppression is null ? "" : " inside SuppressFlow",
                lost.Act.Call.TargetMethod.Name,
                InProcess.LineOf(lost.Span.Value)));
        }
    }
}

using Microsoft.CodeAnalysis;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL3004: fire-and-forget work outlives the span it runs under.
/// <para>Reports work that Task.Run, StartNew, the thread pool or a thread is handed inside a live span and nobody waits for, and an
/// async method of the project that is called there and not awaited, when what it starts or sends - a method, after an await -
/// belongs to that span, which has ended by then.</para>
/// <para>Stays silent when the work is in a span of its own, brings a context along, loops for ever (TL3002) or writes on the span
/// (TL3003), when the task is awaited, returned, stored or handed on, when the method waits for anything that the work has a hand in, and
/// in code that every rule is silent about.</para>
/// </summary>
internal sealed class TL3004_WorkOutlivesSpan : Rule
{
    internal const string Id = "TL3004";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Fire-and-forget work outlives its span",
        messageFormat: "Nobody waits for {0}: what {1} does in it becomes a child of the span started on line {2}, which has ended by then",
        Category.InProcess,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "The work goes on in the trace, but under a span that does not say so: it has ended before its children, and nothing shows how long the work took, or that it failed.",
        helpLinkUri: Repository.RulesPage + "#tl3004");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context) => InProcess.Register(context, InProcess.NamesOfLeftWork, Analyze);

    private static void Analyze(NodeContext context, InProcess process)
    {
        var cancellation = context.CancellationToken;
        if (process.LeftWorkAt(context) is { } left
            && process.Spans.At(context.Node, acrossFunctions: false, cancellation) is { } span && !FlowSuppression.MayPrecede(context.Node)
            && process.WriteIn(left, cancellation) is null
            && process.OutlivingActIn(left, cancellation) is { } act && InProcess.LineOf(act.Call.Syntax) != InProcess.LineOf(context.Node)
            && process.IsAbout(context))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule,
                left.Name.GetLocation(),
                [act.Call.Syntax.GetLocation(), span.Value.GetLocation()],
                left.What,
                act.Call.TargetMethod.Name,
                InProcess.LineOf(span.Value)));
        }
    }
}

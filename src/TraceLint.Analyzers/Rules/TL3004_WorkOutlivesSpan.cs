using Microsoft.CodeAnalysis;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL3004: fire-and-forget work outlives the span it runs in.
/// <para>Reports work that is passed to Task.Run, StartNew, the thread pool or a thread inside a live span and that nothing waits for,
/// and an async method of the project that is called there and not awaited, when what it starts or sends - in a method, after an await
/// - becomes a child of that span, which has ended by then.</para>
/// <para>Does not report when the work starts a span of its own, carries a context along, loops forever (TL3002) or writes to the span
/// (TL3003), when the span is not its parent because the context does not flow to it (TL3001), when the task is awaited, returned, stored
/// or passed on, or when the method waits for anything that the work is involved in.</para>
/// </summary>
internal sealed class TL3004_WorkOutlivesSpan : Rule
{
    internal const string Id = "TL3004";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Fire-and-forget work outlives its parent span",
        messageFormat: "Fire-and-forget {0} runs {1} after its parent (line {2}) has ended; start a span in the work"
            + " or wait for it",
        Category.InProcess,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "The work stays in the trace, but under a parent span that ended before its children: nothing shows how long the "
            + "work took, or that it failed.",
        helpLinkUri: Repository.RulesPage + "#tl3004");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context) => InProcess.Register(context, InProcess.NamesOfLeftWork, Analyze);

    private static void Analyze(NodeContext context, InProcess process)
    {
        var cancellation = context.CancellationToken;
        if (process.LeftWorkAt(context) is { SeesCaller: true } left
            && process.Spans.At(context.Node, acrossFunctions: false, cancellation) is { Ends: true } span
            && !FlowSuppression.MayPrecede(context.Node)
            && process.WriteIn(left, cancellation) is null
            && process.OutlivingActIn(left, cancellation) is { } act
            && process.IsAbout(context))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule,
                left.Name.GetLocation(),
                [act.Call.Syntax.GetLocation(), span.Call.GetLocation()],
                left.What,
                MessageText.Called(act.Call.TargetMethod, context.SemanticModel.Compilation),
                InProcess.LineOf(span.Call)));
        }
    }
}

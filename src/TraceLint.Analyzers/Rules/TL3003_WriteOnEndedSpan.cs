using Microsoft.CodeAnalysis;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL3003: background work writes on a span that has ended by then.
/// <para>Reports work that Task.Run, StartNew, the thread pool or a thread is handed and nobody waits for, and an async method of the
/// project that is called and not awaited, when it sets a tag, an event, a status, a link or a name on a span that a <c>using</c>
/// outside of it ends: on the captured variable, on the parameter it is passed as, or on Activity.Current where it starts no span
/// itself. Of a method only what comes after an await counts.</para>
/// <para>Stays silent when the task is awaited, returned, stored or handed on, when the method waits for anything that the work has a
/// hand in, about spans that no <c>using</c> ends, in code that does not trace, and in code that every rule is silent about.</para>
/// </summary>
internal sealed class TL3003_WriteOnEndedSpan : Rule
{
    internal const string Id = "TL3003";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Background work writes on a span that has ended",
        messageFormat: "Nobody waits for {0}, and it calls {1} on {2}, which has ended by then: start a span in the work",
        Category.InProcess,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A span is handed to the exporter when it ends. What background work writes on it afterwards is lost, or is there on one day and not on the next.",
        helpLinkUri: Repository.RulesPage + "#tl3003");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context) => InProcess.Register(context, InProcess.NamesOfLeftWork, Analyze);

    private static void Analyze(NodeContext context, InProcess process)
    {
        if (process.LeftWorkAt(context) is { } left && process.WriteIn(left, context.CancellationToken) is { } write && process.IsAbout(context))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule,
                left.Name.GetLocation(),
                [write.Call.GetLocation()],
                left.What,
                write.Member,
                write.Span?.Name ?? "Activity.Current"));
        }
    }
}

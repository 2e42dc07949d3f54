using Microsoft.CodeAnalysis;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL3003: fire-and-forget work writes to a span that has ended by then.
/// <para>Reports work that is passed to Task.Run, StartNew, the thread pool, a thread or, for a task that is made there, ContinueWith,
/// and that nothing waits for, and an async method of the project that is called and not awaited, when it sets an attribute, an event, a
/// status, a link or a name on a span that a <c>using</c> or a call outside of it ends: on the captured variable, on the parameter it is
/// passed as, or on Activity.Current where it starts no span itself. In a method, only code after an await counts.</para>
/// <para>Does not report when the task is awaited, returned, stored or passed on, when the method waits for anything that the work is
/// involved in, spans whose end is not visible, or code that does not trace.</para>
/// </summary>
internal sealed class TL3003_WriteOnEndedSpan : Rule
{
    internal const string Id = "TL3003";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Fire-and-forget work writes to a span that has ended",
        messageFormat: "Fire-and-forget {0} writes to {2} ({1}) after the span has ended; start a span in the work or wait for it",
        Category.InProcess,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A span is handed to the exporter when it ends. Attributes, events and status that background work sets "
            + "afterwards are lost, or exported only sometimes.",
        helpLinkUri: Repository.RulesPage + "#tl3003");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context) => InProcess.Register(
        context,
        static file => file.Calls.ContainsKey(InProcess.Continuation)
            ? InProcess.NamesOfLeftWork(file).Append(InProcess.Continuation)
            : InProcess.NamesOfLeftWork(file),
        Analyze);

    private static void Analyze(NodeContext context, InProcess process)
    {
        if (process.LeftWorkAt(context) is { } left
            && process.WriteIn(left, context.CancellationToken) is { } write
            && process.IsAbout(context))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule,
                left.Name.GetLocation(),
                [write.Call.GetLocation()],
                left.What,
                write.Member,
                write.Span?.Name is { } span ? MessageText.Quoted(span) : "Activity.Current"));
        }
    }
}

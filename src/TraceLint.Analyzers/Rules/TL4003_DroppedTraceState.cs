using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL4003: the trace state is dropped where the context is carried by hand.
/// <para>Reports a <c>traceparent</c> that is written with the <c>Id</c> of a span, and <c>ActivityContext.TryParse</c> of a remote
/// context with null for the state, in a method where the header is read.</para>
/// <para>Stays silent when the method mentions <c>tracestate</c> in any way, or injects; when the carrier came with a message or
/// goes to other code of the project; when it is an HTTP request, whose client writes the state itself, or a response; when the span may be missing, which is TL1004's question; when the context is only
/// linked to; when it goes to a log; and in code that every rule is silent about.</para>
/// </summary>
internal sealed class TL4003_DroppedTraceState : Rule
{
    internal const string Id = "TL4003";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "The trace state is dropped where the context is carried",
        messageFormat: "{0} carries the context without its trace state: {1}",
        Category.Sampling,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "W3C Trace Context has two headers. Whoever passes on traceparent has to pass on tracestate, in which vendors keep what they need: sampling priorities, their own ids.",
        helpLinkUri: Repository.RulesPage + "#tl4003");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context)
    {
        if (SpanStarts.In(context.Compilation) is not { } starts)
        {
            return;
        }

        var states = new DroppedStates(starts, context.CompilationContext);
        context.RegisterCallAction(DroppedStates.CalledNames, node => Analyze(node, states));
        context.RegisterEntryAction(TraceVocabulary.MayNameContextHeader, node => Analyze(node, states));
    }

    private static void Analyze(NodeContext context, DroppedStates states)
    {
        if (DroppedStates.MayBe(context.Node)
            && states.Find(context.Node, context.SemanticModel, context.CancellationToken) is { } found
            && !ForeignSpans.AreMadeAt(context.Node))
        {
            var location = found.Name is SimpleNameSyntax { Identifier: var name } ? name.GetLocation() : found.Name.GetLocation();
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule, location, found.Name.ToString(), found.Id is null ? "read tracestate beside traceparent" : "write TraceStateString beside Id"));
        }
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL4003: tracestate is dropped where the context is propagated by hand.
/// <para>Reports a <c>traceparent</c> that is written with the <c>Id</c> of a span, and <c>ActivityContext.TryParse</c> of a remote
/// context with null for the state, in a method in which the header is read.</para>
/// <para>Does not report when the method mentions <c>tracestate</c> in any way, or injects; when the carrier came with a message or is
/// passed to other code of the project; when it is an HTTP request, whose client writes the state itself, or a response; when the span
/// may be missing, which is about TL1004; or when the context is only linked or is logged.</para>
/// </summary>
internal sealed class TL4003_DroppedTraceState : Rule
{
    internal const string Id = "TL4003";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "tracestate is not propagated with traceparent",
        messageFormat: "{0} without tracestate; {1}",
        Category.Sampling,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "W3C Trace Context has two headers. Code that propagates traceparent has to propagate tracestate too, in which "
            + "vendors keep what they need: sampling priorities and ids of their own.",
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
                s_rule,
                location,
                What(found, context.SemanticModel.GetConstantValue(found.Name, context.CancellationToken)),
                found.Id is null ? "pass the tracestate header as well" : "write TraceStateString as well"));
        }
    }

    private static string What(DroppedState found, Optional<object?> header)
        => found.Id is null ? $"{found.Name} reads traceparent"
            : header.Value is string name ? $"{MessageText.Cut(name)} is written"
            : $"{found.Name} writes traceparent";
}

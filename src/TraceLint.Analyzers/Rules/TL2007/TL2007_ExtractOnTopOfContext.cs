using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL2007: <c>Extract</c> is called with a context that is not empty, so that it extracts nothing.
/// <para>Reports a call to <c>TextMapPropagator.Extract</c> whose first argument is the context of a span, or is so while there is one:
/// <c>Activity.Current?.Context ?? default</c>, also through locals.</para>
/// <para>Does not report when that context is empty, holds only baggage or comes from elsewhere (a parameter, another extraction); when
/// the carrier is an HTTP or gRPC request, whose context the server has extracted already; when only the baggage is used; when the
/// propagator is one for baggage or of the project; or when the same body sets <c>Activity.Current</c>.</para>
/// </summary>
internal sealed class TL2007_ExtractOnTopOfContext : Rule
{
    internal const string Id = "TL2007";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Extract is called with the current context and ignores the carrier",
        messageFormat: "{0} returns the given context unchanged while {1} is set; pass default",
        Category.Consume,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A propagator that is given a valid context returns it and does not read the carrier. The Activity that is "
            + "current when the message is processed becomes the parent, and the trace of the message is lost.",
        helpLinkUri: Repository.RulesPage + "#tl2007");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words { get; } = ["Extract"];

    public override void Start(RuleContext context)
    {
        if (OpenTelemetryApi.In(context.Compilation) is { } api)
        {
            context.RegisterCallAction(["Extract"], node => Analyze(node, api));
        }
    }

    private static void Analyze(NodeContext context, OpenTelemetryApi api)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        var cancellation = context.CancellationToken;
        if (call.CalledName() is { } name
            && context.SemanticModel.GetOperation(call, cancellation) is IInvocationOperation operation
            && api.ExtractionOf(operation) is { } extraction
            && GivenContext.SpanIn(extraction.Base, cancellation) is { } span
            && !ExtractionUse.IsForBaggage(extraction, cancellation)
            && !ExtractionUse.IsOfRequest(extraction, cancellation)
            && !ExtractionUse.IsByOtherPropagator(extraction, cancellation)
            && !CurrentSpan.IsSetAround(call))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule,
                name.Identifier.GetLocation(),
                [extraction.Base.Syntax.GetLocation(), span.Syntax.GetLocation()],
                name.Identifier.ValueText,
                MessageText.Span(span.Syntax.ToString())));
        }
    }
}

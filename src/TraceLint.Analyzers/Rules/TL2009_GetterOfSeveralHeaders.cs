using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;

namespace TraceLint.Rules;

/// <summary>
/// TL2009: a getter does not return the one value of the header that the propagator asks for.
/// <para>Reports an <c>Extract</c> from Kafka headers whose getter filters or loops over the headers and returns every one with the
/// name, or ignores the name and returns the header at some position.</para>
/// <para>Does not report when the getter takes one of them (<c>TakeLast</c>, <c>First</c>, a loop that stops, <c>TryGetLastBytes</c>)
/// or is not visible, nor about other carriers.</para>
/// </summary>
internal sealed class TL2009_GetterOfSeveralHeaders : Rule
{
    internal const string Id = "TL2009";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Propagator getter does not return exactly one header",
        messageFormat: "{0} uses a getter that {1}",
        Category.Consume,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A propagator accepts a trace header only when it is present exactly once. Kafka headers are appended, so that a "
            + "forwarded message may have two: with a getter that returns both, the propagator finds no remote parent.",
        helpLinkUri: Repository.RulesPage + "#tl2009");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words { get; } = ["Extract"];

    public override void Start(RuleContext context)
    {
        if (ConfluentKafka.In(context.Compilation) is { } kafka && OpenTelemetryApi.In(context.Compilation) is { } api)
        {
            var getters = new Getter(context.CompilationContext);
            context.RegisterCallAction(["Extract"], node => Analyze(node, kafka, api, getters));
        }
    }

    private static void Analyze(NodeContext context, ConfluentKafka kafka, OpenTelemetryApi api, Getter getters)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        var cancellation = context.CancellationToken;
        if (call.CalledName() is { } name
            && context.SemanticModel.GetOperation(call, cancellation)
                is IInvocationOperation { TargetMethod.TypeArguments: [var carrier] } operation
            && kafka.AreHeaders(carrier)
            && api.ExtractionOf(operation) is { } extraction
            && getters.FaultOf(extraction.Getter, cancellation) is var (fault, where))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule,
                name.Identifier.GetLocation(),
                [where.Syntax.GetLocation()],
                name.Identifier.ValueText,
                fault is GetterFault.ReturnsAll
                    ? "returns every header of the name, so nothing is extracted when traceparent is duplicated; return only the last one"
                    : "ignores the requested name; return only the header of that name"));
        }
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;

namespace TraceLint.Rules;

/// <summary>
/// TL2009: a getter does not hand a propagator the one value of the header it asks for.
/// <para>Reports an <c>Extract</c> from Kafka headers whose getter filters or loops over them and returns every one of the name,
/// or does not look at the name and returns the one at some place.</para>
/// <para>Stays silent when the getter takes one of them (<c>TakeLast</c>, <c>First</c>, a loop that ends, <c>TryGetLastBytes</c>), or
/// cannot be seen; about other carriers; and in code that every rule is silent about.</para>
/// </summary>
internal sealed class TL2009_GetterOfSeveralHeaders : Rule
{
    internal const string Id = "TL2009";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "A getter does not hand a propagator the one value it asks for",
        messageFormat: "{0} is handed a getter that {1}",
        Category.Consume,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "A propagator takes a trace header when it is there exactly once. Headers of a Kafka message are appended, so that a message which was forwarded may have two: a getter that returns both makes the propagator find none.",
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
            && context.SemanticModel.GetOperation(call, cancellation) is IInvocationOperation { TargetMethod.TypeArguments: [var carrier] } operation
            && kafka.AreHeaders(carrier)
            && api.ExtractionOf(operation) is { } extraction
            && getters.FaultOf(extraction.Getter, cancellation) is var (fault, where))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule,
                name.Identifier.GetLocation(),
                [where.Syntax.GetLocation()],
                name.Identifier.ValueText,
                fault is GetterFault.ReturnsAll ? "returns every header of a name: of two trace headers it takes none" : "ignores the name it is asked for: it gets the same header for every name"));
        }
    }
}

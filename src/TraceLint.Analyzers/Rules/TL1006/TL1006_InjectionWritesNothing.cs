using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL1006: an injection writes no trace context, whatever is current when it runs.
/// <para>Reports an <c>Inject</c> of a <c>BaggagePropagator</c> or of .NET's no-output propagator, one that is given a default context
/// or a null Activity, and one whose setter does nothing.</para>
/// <para>Does not report when the propagator, the context or the setter may be anything else on some path; when something else may
/// inject into the same carrier, or the carrier is that of an HTTP or gRPC request; when the propagator may be one of the project; when
/// the same body sets <c>Activity.Current</c>; or when baggage is added to a carrier that comes from elsewhere.</para>
/// </summary>
internal sealed class TL1006_InjectionWritesNothing : Rule
{
    internal const string Id = "TL1006";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Injection writes no trace context",
        messageFormat: "{0} writes no trace context because {1}; {2}",
        Category.Publish,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The call looks like an injection, but its propagator, its context or its setter is such that no traceparent is "
            + "written: the message is published without a context and its consumer starts a new trace.",
        helpLinkUri: Repository.RulesPage + "#tl1006");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words { get; } = ["Inject"];

    public override void Start(RuleContext context)
    {
        if (SpanModel.In(context.CompilationContext) is { } model && !PropagationApi.AllIn(context.Compilation).IsEmpty)
        {
            var others = new Lazy<OtherInjections>(() => new OtherInjections(model));
            context.RegisterCallAction(["Inject"], node => Analyze(node, model, others));
        }
    }

    private static void Analyze(NodeContext context, SpanModel model, Lazy<OtherInjections> others)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        var cancellation = context.CancellationToken;
        if (call.CalledName() is { } name
            && context.SemanticModel.GetOperation(call, cancellation) is IInvocationOperation operation
            && model.Empty.Find(operation, cancellation).FirstOrDefault() is { } found
            && !(found.Reason is EmptyReason.DefaultContext or EmptyReason.NullActivity && CurrentSpan.IsSetAround(call))
            && !others.Value.MayWrite(operation, found.MayWriteBaggage, cancellation))
        {
            var (because, advice) = WordsFor(found);
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule,
                name.Identifier.GetLocation(),
                [found.Operand.Syntax.GetLocation()],
                name.Identifier.ValueText,
                because,
                advice));
        }
    }

    private static (string Because, string Advice) WordsFor(EmptyInjection found) => found.Reason switch
    {
        EmptyReason.EmptySetter => ("the setter is empty", "write the entry to the carrier in the setter"),
        EmptyReason.NoOutputPropagator => ("the no-output propagator discards it", "use DistributedContextPropagator.Current"),
        EmptyReason.BaggagePropagator
            => ("BaggagePropagator writes only baggage", "use Propagators.DefaultTextMapPropagator, or add TraceContextPropagator"),
        EmptyReason.DefaultContext => ("the given context is default", "pass the context of Activity.Current"),
        EmptyReason.NullActivity => ("the given Activity is null", "pass Activity.Current"),
        var reason => throw new ArgumentOutOfRangeException(nameof(found), reason, "Every reason has words."),
    };
}

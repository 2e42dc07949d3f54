using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Engine;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL2008: a parent is set on an Activity that has started, or for which the sampler has decided.
/// <para>Reports a call to <c>Activity.SetParentId</c> on <c>Activity.Current</c>, on the result of <c>StartActivity</c>, <c>Start</c>
/// or a helper of the project that calls them, also through locals, and on a local that was started by an earlier statement. Reports
/// <c>SetParentId(text)</c> on the result of <c>CreateActivity</c> without a parent: the OpenTelemetry SDK draws the trace id there, and
/// records the span whatever the parent's flags are.</para>
/// <para>Does not report when the Activity may not have been started or created like that: it comes from <c>new</c>, a parameter, a
/// field, or code that is not visible. On a created one, does not report a text that is a constant or the id of another Activity, which
/// may be the current one, nor <c>SetParentId(traceId, spanId, flags)</c>, which replaces the trace id and the flags.</para>
/// </summary>
internal sealed class TL2008_ParentSetTooLate : Rule
{
    internal const string Id = "TL2008";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "SetParentId is called too late",
        messageFormat: "{0}; pass the parent context to {1}",
        Category.Consume,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An Activity gets its trace id and parent when it is started, and its sampling decision when it is created. "
            + "SetParentId does nothing after the start and does not say so: the span keeps its parent, and the trace of the message "
            + "ends at the sender. After CreateActivity, the OpenTelemetry SDK has drawn another trace id, and records the span even "
            + "if the parent is not sampled.",
        helpLinkUri: Repository.RulesPage + "#tl2008");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words { get; } = ["SetParentId"];

    public override void Start(RuleContext context)
    {
        if (SpanStarts.In(context.Compilation) is { } starts)
        {
            var decided = new DecidedSpans(context.CompilationContext);
            context.RegisterCallAction(["SetParentId"], node => Analyze(node, starts, decided));
        }
    }

    private static void Analyze(NodeContext context, SpanStarts starts, DecidedSpans decided)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        var cancellation = context.CancellationToken;
        if (call.CalledName() is { } name
            && context.SemanticModel.GetOperation(call, cancellation) is IInvocationOperation { Instance: { } span } operation
            && SymbolEqualityComparer.Default.Equals(operation.TargetMethod.ContainingType, starts.Activity)
            && decided.Of(call, cancellation) is { } found
            && (found.IsStarted || IsRemoteText(found.Set)))
        {
            var api = (found.By as InvocationExpressionSyntax)?.CalledName()?.Identifier.ValueText is "CreateActivity"
                ? "CreateActivity"
                : "StartActivity";
            var fault = found.IsStarted
                ? $"{name.Identifier.ValueText} is ignored on {Started(span)}"
                : $"{name.Identifier.ValueText} after CreateActivity comes after the sampling decision";
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule, name.Identifier.GetLocation(), [found.By.GetLocation()], fault, api));
        }
    }

    // The id of an Activity may be that of the current one, which the sampler has seen.
    private static bool IsRemoteText(ParentSet set)
        => set.Call.Method.Parameters.Length == 1
            && set.Call[0] is { Constant: null } text
            && !text.Is(Origin.OwnSpan);

    private static string Started(IOperation span) => span.OrAccessed()?.Syntax switch
    {
        IdentifierNameSyntax { Identifier.ValueText: var name } => $"{MessageText.Quoted(name)}, which has started",
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax } member
            => $"{MessageText.Span(member.ToString())}, which has started",
        _ => "an Activity that has started",
    };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL2008: a parent is set on an Activity that has started, whose trace is decided by then.
/// <para>Reports a call to <c>Activity.SetParentId</c> on <c>Activity.Current</c>, on the result of <c>StartActivity</c>, <c>Start</c>
/// or a helper of the project that calls them, also through locals, and on a local that was started by an earlier statement.</para>
/// <para>Does not report when the Activity may not have been started: it comes from <c>CreateActivity</c> or <c>new</c>, a parameter, a
/// field, or code that is not visible.</para>
/// </summary>
internal sealed class TL2008_ParentSetAfterStart : Rule
{
    internal const string Id = "TL2008";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "SetParentId is called on an Activity that has started",
        messageFormat: "{0} is ignored on {1}; pass the parent context to StartActivity",
        Category.Consume,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An Activity gets its trace id and parent when it is started. SetParentId does nothing after that and does not "
            + "say so: the span keeps its parent, and the trace of the message ends at the sender.",
        helpLinkUri: Repository.RulesPage + "#tl2008");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words { get; } = ["SetParentId"];

    public override void Start(RuleContext context)
    {
        if (SpanStarts.In(context.Compilation) is { } starts)
        {
            var compilation = context.CompilationContext;
            var started = new StartedSpan(new LiveSpans(starts, compilation), compilation);
            context.RegisterCallAction(["SetParentId"], node => Analyze(node, starts, started));
        }
    }

    private static void Analyze(NodeContext context, SpanStarts starts, StartedSpan started)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        var cancellation = context.CancellationToken;
        if (call.CalledName() is { } name
            && context.SemanticModel.GetOperation(call, cancellation) is IInvocationOperation { Instance: { } span } operation
            && SymbolEqualityComparer.Default.Equals(operation.TargetMethod.ContainingType, starts.Activity)
            && started.StartOf(span, cancellation) is { } start)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule, name.Identifier.GetLocation(), [start.GetLocation()], name.Identifier.ValueText, Started(span)));
        }
    }

    private static string Started(IOperation span) => span.OrAccessed()?.Syntax switch
    {
        IdentifierNameSyntax { Identifier.ValueText: var name } => $"{MessageText.Quoted(name)}, which has started",
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax } member
            => $"{MessageText.Span(member.ToString())}, which has started",
        _ => "an Activity that has started",
    };
}

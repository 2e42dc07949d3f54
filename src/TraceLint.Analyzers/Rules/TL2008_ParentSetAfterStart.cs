using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL2008: a parent is set after the span was started, when its trace has been decided.
/// <para>Reports a call of <c>Activity.SetParentId</c> on <c>Activity.Current</c>, on what <c>StartActivity</c>, <c>Start</c> or a
/// helper of the project that calls them returns, also through locals, and on a local that a statement before it
/// starts.</para>
/// <para>Stays silent when the span may not have been started: it comes from <c>CreateActivity</c> or <c>new</c>, a parameter,
/// a field or code that cannot be seen; and in code that every rule is silent about.</para>
/// </summary>
internal sealed class TL2008_ParentSetAfterStart : Rule
{
    internal const string Id = "TL2008";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "A parent is set after the span was started",
        messageFormat: "{0} comes too late: {1} has started by then, and has its trace",
        Category.Consume,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An Activity gets its trace when it is started. SetParentId does nothing after that, without a word: the span stays where it was, and the trace of the message it is about ends at the sender.",
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
            context.ReportDiagnostic(Diagnostic.Create(s_rule, name.Identifier.GetLocation(), [start.GetLocation()], name.Identifier.ValueText, NameOf(span)));
        }
    }

    private static string NameOf(IOperation span) => span.OrAccessed()?.Syntax switch
    {
        IdentifierNameSyntax { Identifier.ValueText: var name } => name,
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax } member => member.ToString(),
        _ => "the span",
    };
}

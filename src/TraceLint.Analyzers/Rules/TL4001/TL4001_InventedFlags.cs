using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Propagation;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL4001: the trace flags of a context, and with them the sampling decision, are hard-coded.
/// <para>Reports text of the form <c>00-{traceId}-{spanId}-01</c> or <c>-00</c>; <c>new ActivityContext(...)</c> that becomes a parent
/// or is returned as a remote one; and <c>SetParentId(...)</c>; when the flags are a constant and the ids are those of a context, a
/// span, or text that was received.</para>
/// <para>Does not report when an id is generated, so that a trace begins here; when the origin of the ids is not visible; when the
/// method asks whether something is sampled; when the context is only linked; or when what is put together happened in the past (<see
/// cref="ForeignSpans"/>) or is logged.</para>
/// </summary>
internal sealed class TL4001_InventedFlags : Rule
{
    internal const string Id = "TL4001";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Sampling flag is hard-coded",
        messageFormat: "Hard-coded {0} overrides the upstream sampling decision; propagate the TraceFlags",
        Category.Sampling,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The trace flags of a context say whether its trace is sampled. A constant says the same of every trace: "
            + "unsampled traces are recorded from here on, or sampled traces end here.",
        helpLinkUri: Repository.RulesPage + "#tl4001");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words { get; }
        = new[] { "00", "01", "ActivityTraceFlags" }.Concat(SpanStarts.Words).ToArray();

    public override void Start(RuleContext context)
    {
        if (context.Compilation.TypeNamed(SystemDiagnostics.Names.Activity) is not { } activity)
        {
            return;
        }

        var flags = new InventedFlags(activity, context.CompilationContext);
        context.RegisterCallAction(InventedFlags.CalledNames, node => Analyze(node, flags));
        context.RegisterCreationAction(["ActivityContext", ""], node => Analyze(node, flags));
        context.RegisterNodeAction(
            ["00", "01"],
            static node => InventedFlags.MayBe((ExpressionSyntax)node),
            node => Analyze(node, flags),
            SyntaxKind.AddExpression,
            SyntaxKind.InterpolatedStringExpression);
    }

    private static void Analyze(NodeContext context, InventedFlags flags)
    {
        var node = (ExpressionSyntax)context.Node;
        if (InventedFlags.MayBe(node)
            && flags.Find(node, context.SemanticModel, context.CancellationToken) is { } found
            && !SamplingDecisions.AreMadeAround(node)
            && !ForeignSpans.AreMadeAt(node))
        {
            context.ReportDiagnostic(Diagnostic.Create(s_rule, found.Flags.GetLocation(), What(found)));
        }
    }

    private static string What(InventedFlag found) => found switch
    {
        { IsText: true } => $"flag '{found.Value}' in traceparent",
        { Flags: MemberAccessExpressionSyntax { Name.Identifier.ValueText: ("None" or "Recorded") and var name } } => $"{name} flag",
        _ => $"flag value {MessageText.Quoted(found.Value)}",
    };
}

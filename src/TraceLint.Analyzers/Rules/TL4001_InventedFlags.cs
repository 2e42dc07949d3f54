using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Propagation;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL4001: the flags of a context, and with them the decision to sample, are made up.
/// <para>Reports text of the form <c>00-{traceId}-{spanId}-01</c> or <c>-00</c>; <c>new ActivityContext(...)</c> that becomes a
/// parent, or is returned as a remote one; and <c>SetParentId(...)</c>: where the flags are a constant and the ids are those of
/// a context, a span, or text that arrived.</para>
/// <para>Stays silent when an id is made up, so that a trace begins here; when it cannot be seen where the ids come from;
/// when the method asks whether something is sampled; when the context is only linked to; when what is put together has
/// happened before (<see cref="ForeignSpans"/>) or goes to a log; and in code that every rule is silent about.</para>
/// </summary>
internal sealed class TL4001_InventedFlags : Rule
{
    internal const string Id = "TL4001";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "The sampling flag is made up",
        messageFormat: "{0} as the flags, whatever was decided for the trace: the decision to sample is made up",
        Category.Sampling,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The flags of a context say whether its trace is sampled. A constant says that of every trace: those that nobody wanted are recorded from here on, or those that were wanted end here.",
        helpLinkUri: Repository.RulesPage + "#tl4001");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words { get; } = new[] { "00", "01", "ActivityTraceFlags" }.Concat(SpanStarts.Words).ToArray();

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
            context.ReportDiagnostic(Diagnostic.Create(s_rule, found.Flags.GetLocation(), found.What));
        }
    }
}

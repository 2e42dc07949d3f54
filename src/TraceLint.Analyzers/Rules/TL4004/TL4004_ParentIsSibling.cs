using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL4004: the parent of the current span is used as the parent of a new span, which becomes a sibling of the current one.
/// <para>Reports <c>ParentId</c> or <c>ParentSpanId</c> of <c>Activity.Current</c>, or of a span that a <c>using</c> around the call
/// has started, as the parent of <c>StartActivity</c>, <c>CreateActivity</c>, <c>SetParentId</c> or of a context that becomes a parent:
/// directly, through locals, or as a fallback.</para>
/// <para>Does not report spans that may have ended, a span that copies the current one (its name, start time or tags are read as well),
/// or code that asks whether the parent is remote.</para>
/// </summary>
internal sealed class TL4004_ParentIsSibling : Rule
{
    internal const string Id = "TL4004";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Span becomes a sibling of the current span instead of its child",
        messageFormat: "{0} of {1} as the parent makes the new span a sibling instead of a child; pass the Context of {1}",
        Category.Sampling,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "ParentId and ParentSpanId identify the parent of a span. Its own ids are Id and SpanId, and a child needs its "
            + "Context.",
        helpLinkUri: Repository.RulesPage + "#tl4004");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words { get; } = ["ParentId", "ParentSpanId"];

    public override void Start(RuleContext context)
    {
        if (SpanStarts.In(context.Compilation) is not { } starts)
        {
            return;
        }

        var parents = new SiblingParents(starts, context.CompilationContext);
        context.RegisterCallAction(SiblingParents.CalledNames, node => Analyze(node, parents));
        context.RegisterNodeAction(
            ["ParentSpanId"],
            SiblingParents.MayBe,
            node => Analyze(node, parents),
            SyntaxKind.ImplicitObjectCreationExpression,
            SyntaxKind.ObjectCreationExpression);
    }

    private static void Analyze(NodeContext context, SiblingParents parents)
    {
        var node = (ExpressionSyntax)context.Node;
        if (SiblingParents.MayBe(node)
            && parents.Find(node, context.SemanticModel, context.CancellationToken) is { } found
            && !ForeignSpans.AreMadeAt(node))
        {
            var span = MessageText.Span(found.Span.Syntax.ToString().TrimEnd('!'));
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule, LocationOf(node, found), [found.Read.Syntax.GetLocation()], found.Read.Property.Name, span));
        }
    }

    // The wrong member; the argument when the member is read elsewhere.
    private static Location LocationOf(ExpressionSyntax node, SiblingParent found)
        => node.Span.Contains(found.Read.Syntax.Span) ? found.Name.GetLocation()
            : node is InvocationExpressionSyntax call && call.CalledName() is { } name ? name.Identifier.GetLocation()
            : node.GetFirstToken().GetLocation();
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL4004: a span is parented on the parent of the one that runs, and becomes its sibling.
/// <para>Reports <c>ParentId</c> or <c>ParentSpanId</c> of <c>Activity.Current</c>, or of a span that a <c>using</c> around the
/// call has started, as the parent of <c>StartActivity</c>, <c>CreateActivity</c>, <c>SetParentId</c> or of a context that
/// becomes a parent: directly, through locals, or as what is taken when there is nothing else.</para>
/// <para>Stays silent about spans that may have ended, about a span that is made to be like the one that runs (its name, start
/// or tags are read as well), about code that asks whether the parent is remote, and in code that every rule is silent about.</para>
/// </summary>
internal sealed class TL4004_ParentIsSibling : Rule
{
    internal const string Id = "TL4004";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "A span is parented on the parent of the one that runs",
        messageFormat: "{0} is the span above {1}: the new span becomes a sibling of {1}, not its child",
        Category.Sampling,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "ParentId and ParentSpanId name the parent of a span. Its own id is Id, or SpanId, and what a child needs of it is its Context.",
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
            ["ParentSpanId"], SiblingParents.MayBe, node => Analyze(node, parents), SyntaxKind.ImplicitObjectCreationExpression, SyntaxKind.ObjectCreationExpression);
    }

    private static void Analyze(NodeContext context, SiblingParents parents)
    {
        var node = (ExpressionSyntax)context.Node;
        if (SiblingParents.MayBe(node)
            && parents.Find(node, context.SemanticModel, context.CancellationToken) is { } found
            && !ForeignSpans.AreMadeAt(node))
        {
            var span = found.Span.Syntax.ToString().TrimEnd('!');
            context.ReportDiagnostic(Diagnostic.Create(s_rule, LocationOf(node, found), [found.Read.Syntax.GetLocation()], found.Read.Property.Name, span));
        }
    }

    // The name that is wrong, unless it is read elsewhere.
    private static Location LocationOf(ExpressionSyntax node, SiblingParent found)
        => node.Span.Contains(found.Read.Syntax.Span) ? found.Name.GetLocation()
            : node is InvocationExpressionSyntax call && call.CalledName() is { } name ? name.Identifier.GetLocation()
            : node.GetFirstToken().GetLocation();
}

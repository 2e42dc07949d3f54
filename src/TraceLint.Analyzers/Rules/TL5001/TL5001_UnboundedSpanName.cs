using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Engine;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL5001: the name of a span contains an id or another value of high cardinality.
/// <para>Reports the name passed to <c>StartActivity</c>, <c>CreateActivity</c>, <c>new Activity</c>, the methods of OpenTelemetry's
/// <c>Tracer</c>, and methods of the project that start a span with that name, when it is composed with a Guid, an id, the path of a
/// request, a URI, a file path, an e-mail address, a user name, SQL, the time or the text of an exception.</para>
/// <para>Does not report values of low cardinality - topics, queues, operations, routes, methods, types, enums, <c>nameof</c>, and ids
/// of such things -, numbers that count, and values about which nothing is known.</para>
/// </summary>
internal sealed class TL5001_UnboundedSpanName : Rule
{
    internal const string Id = "TL5001";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Span name has high cardinality",
        messageFormat: "Span name contains {0} (high cardinality); use a constant name and set it as an attribute",
        Category.Names,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "Spans are grouped, searched and charted by name. A name that contains an id or another unbounded value puts "
            + "every span into a group of its own. Such a value belongs in an attribute of the span.",
        helpLinkUri: Repository.RulesPage + "#tl5001");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context)
    {
        if (SpanWrappers.In(context.CompilationContext) is not { } spans)
        {
            return;
        }

        var code = CodeBodies.In(context.CompilationContext);
        context.RegisterCallAction(spans.CalledNames, node => Analyze(node, spans, code));
        context.RegisterCreationAction(["Activity"], node => Analyze(node, spans, code));
    }

    private static void Analyze(NodeContext context, SpanWrappers spans, CodeBodies code)
    {
        var node = (ExpressionSyntax)context.Node;
        if (SpanNames.MayBe(node)
            && context.SemanticModel.GetOperation(node, context.CancellationToken) is { } operation
            && SpanNames.Of(operation, spans, context.CancellationToken) is { } name
            && UnboundedName.In(name, code, context.CancellationToken).FirstOrDefault() is { Value.Syntax: var value })
        {
            var location = node.Span.Contains(value.Span) && !value.ToString().Contains('\n') ? value : SpanNames.NameOf(node);
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule, location.GetLocation(), [value.GetLocation()], MessageText.Quoted(value.ToString())));
        }
    }
}

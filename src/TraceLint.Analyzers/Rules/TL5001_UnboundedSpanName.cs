using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL5001: the name of a span has an id or another unbounded value in it.
/// <para>Reports the name given to <c>StartActivity</c>, <c>CreateActivity</c>, <c>new Activity</c> and the methods of OpenTelemetry's
/// <c>Tracer</c>, when it is put together with a Guid, an id, the path of a request, a URI, a file's path, an e-mail address, a
/// user's name, SQL, the time or the text of an exception.</para>
/// <para>Stays silent about values of which there are few - topics, queues, operations, routes, methods, types, enums,
/// <c>nameof</c>, and ids of such things - about numbers that count, about values that nothing is known of, and in
/// code that every rule is silent about.</para>
/// </summary>
internal sealed class TL5001_UnboundedSpanName : Rule
{
    internal const string Id = "TL5001";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "The name of a span has an unbounded value in it",
        messageFormat: "{0} is part of the name of the span: make the name one of few, and {0} a tag",
        Category.Names,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        description: "Spans are grouped, searched and charted by name. A name that is different every time makes a group of each span; the value belongs in a tag, where it costs nothing.",
        helpLinkUri: Repository.RulesPage + "#tl5001");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context)
    {
        if (SpanStarts.In(context.Compilation) is not { } starts)
        {
            return;
        }

        context.RegisterCallAction(SpanStarts.CalledNames, node => Analyze(node, starts));
        context.RegisterCreationAction(["Activity"], node => Analyze(node, starts));
    }

    private static void Analyze(NodeContext context, SpanStarts starts)
    {
        var node = (ExpressionSyntax)context.Node;
        if (SpanNames.MayBe(node)
            && SpanNames.Of(context.SemanticModel.GetOperation(node, context.CancellationToken), starts) is { } name
            && UnboundedName.In(name, context.CancellationToken).FirstOrDefault() is { Value.Syntax: var value })
        {
            var location = node.Span.Contains(value.Span) && !value.ToString().Contains('\n') ? value : SpanNames.NameOf(node);
            context.ReportDiagnostic(Diagnostic.Create(s_rule, location.GetLocation(), [value.GetLocation()], value.ToString()));
        }
    }
}

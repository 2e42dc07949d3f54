using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL3006: an Activity is kept running across a yield.
/// <para>Reports a call that starts an Activity in an iterator when a <c>yield return</c> follows before it stops. The two kinds of
/// iterator fail in opposite ways: in an async iterator the Activity is current only until the first yield, which is reported when
/// something is awaited or started afterwards; in the other kind it is current in the loop of the consumer.</para>
/// <para>Does not report when the iterator sets <c>Activity.Current</c> itself, when the Activity is stopped before the first yield,
/// when an async iterator does nothing after its yields but wait for time, for channels or for what it passes the Activity to, or when
/// the iterator is used in the project only to fill lists.</para>
/// </summary>
internal sealed class TL3006_ActivityAcrossYield : Rule
{
    internal const string Id = "TL3006";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Activity is kept running across a yield",
        messageFormat: "{0} starts an Activity that is current {1}; restore Activity.Current around the yield",
        Category.InProcess,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An async iterator loses its Activity at the first yield, so that spans it starts afterwards have another parent;"
            + " an iterator that is not async leaks its Activity to the consumer, whose spans become its children.",
        helpLinkUri: Repository.RulesPage + "#tl3006");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context)
    {
        if (SpanWrappers.In(context.CompilationContext) is not { } spans)
        {
            return;
        }

        var yielded = new YieldedSpans(spans, context.CompilationContext);
        context.RegisterCallAction(spans.CalledNames, node => Analyze(node, yielded));
    }

    private static void Analyze(NodeContext context, YieldedSpans yielded)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.CalledName() is { } name
            && context.SemanticModel.GetOperation(call, context.CancellationToken) is IInvocationOperation operation
            && yielded.Of(operation, context.CancellationToken) is { } span)
        {
            var yield = span.Yields[0].GetLocation();
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule, name.Identifier.GetLocation(), new[] { yield }, name.Identifier.ValueText, Where(span, yield)));
        }
    }

    private static string Where(YieldedSpan span, Location yield)
        => span.IsAsync
            ? $"in {MessageText.Quoted(span.Iterator)} only until the yield on line {yield.GetMappedLineSpan().StartLinePosition.Line + 1}"
            : $"in the loop that enumerates {MessageText.Quoted(span.Iterator)}";
}

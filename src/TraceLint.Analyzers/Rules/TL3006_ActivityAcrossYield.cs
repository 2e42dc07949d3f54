using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL3006: an Activity is kept across a yield.
/// <para>Reports a call that starts an Activity in an iterator with a <c>yield return</c> inside the Activity's life. The two
/// kinds fail in opposite ways: in an async iterator it is current until the first yield only, which is reported where
/// something is awaited or started afterwards; in the other kind it is current in the loop of the consumer.</para>
/// <para>Stays silent when the iterator sets <c>Activity.Current</c> itself, when the Activity is stopped before the first
/// yield, when an async iterator does nothing after its yields but wait for time or channels or for what it hands the Activity, when all that an iterator of
/// the project is used for is to fill lists, and in code that every rule is silent about.</para>
/// </summary>
internal sealed class TL3006_ActivityAcrossYield : Rule
{
    internal const string Id = "TL3006";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "An Activity is kept across a yield",
        messageFormat: "{0} starts an Activity that is current {1}",
        Category.InProcess,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An async iterator loses its Activity at the first yield, so that what it starts afterwards has another parent; an iterator that is not async lends it to its consumer, whose spans become its children.",
        helpLinkUri: Repository.RulesPage + "#tl3006");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context)
    {
        if (SpanStarts.In(context.Compilation) is not { } starts)
        {
            return;
        }

        var yielded = new YieldedSpans(starts, context.CompilationContext);
        context.RegisterCallAction(SpanStarts.CalledNames, node => Analyze(node, yielded));
    }

    private static void Analyze(NodeContext context, YieldedSpans yielded)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.CalledName() is { } name
            && context.SemanticModel.GetOperation(call, context.CancellationToken) is IInvocationOperation operation
            && yielded.Of(operation, context.CancellationToken) is { } span)
        {
            var yield = span.Yields[0].GetLocation();
            context.ReportDiagnostic(Diagnostic.Create(s_rule, name.Identifier.GetLocation(), new[] { yield }, name.Identifier.ValueText, Where(span, yield)));
        }
    }

    private static string Where(YieldedSpan span, Location yield)
        => span.IsAsync
            ? $"only until the yield on line {yield.GetMappedLineSpan().StartLinePosition.Line + 1}: what {span.Iterator} starts after it has another parent"
            : $"in the loop of whoever enumerates {span.Iterator}: what that starts becomes its child";
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL3009: an Activity is started and not stopped on every path.
/// <para>Reports a call that starts an Activity that no other code has, when a loop starts the next one before it has stopped, when
/// nothing stops it, when a path returns without stopping it, or when the code before its stop may throw and no <c>finally</c> stops
/// it; a call of a method of the project that starts and returns an Activity, when nothing stops it; and an Activity that a function
/// which is not async passes to an async method of the project that stops it, so that it stays current in the caller.</para>
/// <para>Does not report an Activity in a <c>using</c>; one that is returned, stored, captured by a lambda or passed to code outside
/// the project; one that nothing stops while code that can reach it stops <c>Activity.Current</c>; or iterators, which belong to
/// TL3006.</para>
/// </summary>
internal sealed class TL3009_ActivityNotStopped : Rule
{
    internal const string Id = "TL3009";

    /// <summary>
    /// The property of a diagnostic about a span that is stopped, but in another flow: a <c>using</c> would end it too early.
    /// </summary>
    internal const string StoppedInAnotherFlow = nameof(StoppedInAnotherFlow);

    private static readonly ImmutableDictionary<string, string?> s_stoppedInAnotherFlow
        = ImmutableDictionary<string, string?>.Empty.Add(StoppedInAnotherFlow, null);

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Activity is not stopped on every path",
        messageFormat: "{0} starts an Activity that {1}",
        Category.InProcess,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An Activity that is not stopped is never exported, and stays current: spans started later in the same flow "
            + "become its children, in a trace that does not end.",
        helpLinkUri: Repository.RulesPage + "#tl3009");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context)
    {
        if (SpanWrappers.In(context.CompilationContext) is not { } spans)
        {
            return;
        }

        var leaks = new SpanLeaks(spans, context.CompilationContext);
        context.RegisterCallAction(spans.CalledNames, node => Analyze(node, leaks));
    }

    private static void Analyze(NodeContext context, SpanLeaks leaks)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call.CalledName() is { } name
            && context.SemanticModel.GetOperation(call, context.CancellationToken) is IInvocationOperation operation
            && leaks.Of(operation, context.CancellationToken) is { } leak)
        {
            var evidence = leak.Where is { } where ? new[] { where.GetLocation() } : null;
            var properties = leak.Kind is SpanLeakKind.OtherFlow ? s_stoppedInAnotherFlow : null;
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule, name.Identifier.GetLocation(), evidence, properties, name.Identifier.ValueText, Reason(leak)));
        }
    }

    private static string Reason(SpanLeak leak) => leak.Kind switch
    {
        SpanLeakKind.Loop => "still runs when the loop starts the next one as its child; stop it in each iteration",
        SpanLeakKind.Never => "is never stopped and so never exported; declare it with using",
        SpanLeakKind.SomePath when leak.Where is { } where
            => $"is not stopped before the return on line {LineOf(where)}; declare it with using",
        SpanLeakKind.OtherFlow when Called(leak) is { } name && MessageText.Quoted(name) is var stopper
            => $"stays current in the caller, because {stopper}, which stops it, is async; start it in {stopper}",
        SpanLeakKind.SomePath => "is not stopped on every path; declare it with using",
        _ => $"is not stopped when line {LineOf(leak.Where!)} throws; stop it with using or in a finally block",
    };

    private static string? Called(SpanLeak leak) => (leak.Where as InvocationExpressionSyntax)?.CalledName()?.Identifier.ValueText;

    private static int LineOf(SyntaxNode node) => node.GetLocation().GetMappedLineSpan().StartLinePosition.Line + 1;
}

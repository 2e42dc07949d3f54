using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL3009: an Activity is started and not stopped on every path.
/// <para>Reports a call that starts an Activity which nothing holds, or which only a local of the same function holds, when
/// a loop starts the next one before it has stopped, nothing stops it, a path returns without stopping it, or what runs
/// before its stop may throw and no <c>finally</c> stops it; and one that a function which is not async hands to an async
/// method of the project that stops it, so that it stays current for the caller.</para>
/// <para>Stays silent when the Activity is in a <c>using</c>; is returned, stored, captured by a lambda or handed to other
/// code, but for the project's own methods that only read it; when it is nowhere stopped and code that can reach it stops
/// <c>Activity.Current</c>; in iterators, which are TL3006's; and in code that every rule is silent about.</para>
/// </summary>
internal sealed class TL3009_ActivityNotStopped : Rule
{
    internal const string Id = "TL3009";

    /// <summary>The property of a diagnostic about a span that is stopped, but in another flow: a <c>using</c> would end it too early.</summary>
    internal const string StoppedInAnotherFlow = nameof(StoppedInAnotherFlow);

    private static readonly ImmutableDictionary<string, string?> s_stoppedInAnotherFlow = ImmutableDictionary<string, string?>.Empty.Add(StoppedInAnotherFlow, null);

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "An Activity is not stopped on every path",
        messageFormat: "{0} starts an Activity that {1}",
        Category.InProcess,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "An Activity that is not stopped is never exported, and stays current: what follows in the same flow becomes its child, in a trace that does not end.",
        helpLinkUri: Repository.RulesPage + "#tl3009");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context)
    {
        if (SpanStarts.In(context.Compilation) is not { } starts)
        {
            return;
        }

        var leaks = new SpanLeaks(starts, context.CompilationContext);
        context.RegisterCallAction(SpanStarts.CalledNames, node => Analyze(node, leaks));
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
            context.ReportDiagnostic(Diagnostic.Create(s_rule, name.Identifier.GetLocation(), evidence, properties, name.Identifier.ValueText, Reason(leak)));
        }
    }

    private static string Reason(SpanLeak leak) => leak.Kind switch
    {
        SpanLeakKind.Loop => "is still running when the loop starts the next one: each becomes the child of the one before",
        SpanLeakKind.Never => "nothing stops: it is never exported, and what follows becomes its child",
        SpanLeakKind.SomePath when leak.Where is { } where => $"is still running where line {LineOf(where)} returns",
        SpanLeakKind.OtherFlow when Called(leak) is { } stopper => $"{stopper} stops for itself alone, being async, so that it stays current for the caller: start it in {stopper}",
        SpanLeakKind.SomePath => "is still running where the method ends, on some path",
        _ => $"is not stopped when line {LineOf(leak.Where!)} throws: stop it with using, or in a finally block",
    };

    private static string? Called(SpanLeak leak) => (leak.Where as InvocationExpressionSyntax)?.CalledName()?.Identifier.ValueText;

    private static int LineOf(SyntaxNode node) => node.GetLocation().GetMappedLineSpan().StartLinePosition.Line + 1;
}

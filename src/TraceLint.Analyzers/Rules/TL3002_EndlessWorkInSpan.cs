using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL3002: work that never ends is started inside a live span, and stays in that one trace for ever.
/// <para>Reports a loop without an end that is handed to Task.Run, StartNew, the thread pool or a thread, a timer with a period, and
/// an async method that loops and is not awaited, and a loop right there whose rounds start spans, when a <c>using</c> around the place has started a span, or one around a call of the
/// method it is in, or when the method is called for a request.</para>
/// <para>Stays silent when the loop has an end of its own, when the task, thread or timer is awaited, returned, handed on or disposed,
/// when what ends it belongs to the method, when that completes the queue which is read, where the flow is suppressed or Activity.Current set before, about spans that are live by
/// other means than a <c>using</c>, and in code that every rule is silent about.</para>
/// </summary>
internal sealed class TL3002_EndlessWorkInSpan : Rule
{
    internal const string Id = "TL3002";

    private static readonly string[] s_hints = ["consume", "heartbeat", "listen", "loop", "monitor", "poll", "process", "pump", "receive", "refresh", "run", "watch", "work"];

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Endless work is started inside a span",
        messageFormat: "{0} never ends, and it is inside {1}: whatever it does belongs to that one trace",
        Category.InProcess,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Whatever is started takes the current span along. A loop or a timer that never ends keeps it for ever: all spans of all its rounds end up in one trace, that of whoever happened to start it.",
        helpLinkUri: Repository.RulesPage + "#tl3002");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words { get; } = RequestHandlers.Words.Concat(SpanStarts.Words).ToArray();

    public override bool OnlyWhereCodeTraces => true;

    public override void Start(RuleContext context)
    {
        var names = new NameFilter(static name => EndlessWork.CalledNames.Contains(name) || MayLoop(name));
        InProcess.Register(context, file => file.Calls.Keys.Where(names.Accepts), Analyze);
        InProcess.RegisterLoops(context, AnalyzeLoop);
    }

    private static void Analyze(NodeContext context, InProcess process)
    {
        var (node, cancellation) = (context.Node, context.CancellationToken);
        if (StartedAt(context, process) is not { } started || !process.IsAbout(context))
        {
            return;
        }

        var ambient = process.Callers.At(node, cancellation);
        if (ambient is null && !RequestSpan.IsLeftBehind(node, context.SemanticModel, cancellation))
        {
            return;
        }

        context.ReportDiagnostic(Diagnostic.Create(
            s_rule,
            started.Name.GetLocation(),
            new[] { started.Endless, ambient?.Span.Value, ambient?.Call }.OfType<SyntaxNode>().Select(static part => part.GetLocation()),
            $"{started.Api} starts a {(started.Endless is StatementSyntax ? "loop" : "timer")} that",
            ambient is null ? "the span of a request" : $"the span started on line {InProcess.LineOf(ambient.Span.Value)}"));
    }

    private static void AnalyzeLoop(NodeContext context, InProcess process)
    {
        var loop = (StatementSyntax)context.Node;
        if (process.Loops.Of(loop, context.CancellationToken) is { } span && process.IsAbout(context))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule, loop.GetFirstToken().GetLocation(), [span.Value.GetLocation()], "This loop", $"the span started on line {InProcess.LineOf(span.Value)}"));
        }
    }

    private static (SyntaxNode Name, string Api, SyntaxNode Endless)? StartedAt(NodeContext context, InProcess process)
    {
        var (node, cancellation) = (context.Node, context.CancellationToken);
        if (HandOffs.At(node, context.SemanticModel, cancellation) is { } handOff)
        {
            return EndlessWork.In(handOff, process.Context, cancellation) is { } endless ? (handOff.Name, handOff.Fact.Api, endless) : null;
        }

        return node is InvocationExpressionSyntax call && IsLeft(call) && call.CalledName() is { } name
            && MayLoop(name.Identifier.ValueText)
            && context.SemanticModel.GetOperation(call, cancellation) is IInvocationOperation { TargetMethod: { IsAsync: true } method } operation
            && EndlessWork.In(operation, process.Context, cancellation) is { } loop
                ? (name, method.Name, loop)
                : null;
    }

    private static bool MayLoop(string name)
        => name.EndsWith("Async", StringComparison.Ordinal) || Array.Exists(s_hints, hint => name.IndexOf(hint, StringComparison.OrdinalIgnoreCase) >= 0);

    // M(); and _ = M(); and _running = M();
    private static bool IsLeft(InvocationExpressionSyntax call)
        => call.Parent is ExpressionStatementSyntax || (call.Parent is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } assignment && assignment.Right == call);
}

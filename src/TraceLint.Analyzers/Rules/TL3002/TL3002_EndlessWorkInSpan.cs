using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL3002: work that never ends is started inside a live span and stays in that one trace forever.
/// <para>Reports an endless loop that is passed to Task.Run, StartNew, the thread pool or a thread, a periodic timer, an async method
/// that loops and is not awaited, and an endless loop in place whose iterations start spans, when a <c>using</c> around the place, or
/// around a call to the method it is in, has started a span, or when the method is called for a request.</para>
/// <para>Does not report when the loop has an end of its own, when the task, thread or timer is awaited, returned, passed on or
/// disposed, when the method owns what stops it or completes the queue that is read, where the flow is suppressed or
/// Activity.Current was set before, or spans that are live by other means than a <c>using</c>.</para>
/// </summary>
internal sealed class TL3002_EndlessWorkInSpan : Rule
{
    internal const string Id = "TL3002";

    private static readonly string[] s_hints =
    [
        "consume", "heartbeat", "listen", "loop", "monitor", "poll", "process", "pump", "receive", "refresh", "run", "watch", "work",
    ];

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Endless loop or timer is started inside a span",
        messageFormat: "{0} inside {1}, so all its spans join one trace; start it outside the span",
        Category.InProcess,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Work that is started inside a span keeps that span as its parent. With a loop or timer that never ends, the "
            + "spans of all its iterations end up in one trace: that of the request that happened to start it.",
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
            new[] { started.Endless, ambient?.Span.Call, ambient?.Call }.OfType<SyntaxNode>().Select(static part => part.GetLocation()),
            $"{started.Api} starts {(started.Endless is StatementSyntax ? "an endless loop" : "an endless timer")}",
            ambient is null ? "the span of a request" : StartedOn(ambient.Span.Call)));
    }

    private static void AnalyzeLoop(NodeContext context, InProcess process)
    {
        var loop = (StatementSyntax)context.Node;
        if (process.Loops.Of(loop, context.CancellationToken) is { } span && process.IsAbout(context))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule, loop.GetFirstToken().GetLocation(), [span.Call.GetLocation()], "This loop never ends", StartedOn(span.Call)));
        }
    }

    private static string StartedOn(SyntaxNode span) => $"the span started on line {InProcess.LineOf(span)}";

    private static (SyntaxNode Name, string Api, SyntaxNode Endless)? StartedAt(NodeContext context, InProcess process)
    {
        var (node, cancellation) = (context.Node, context.CancellationToken);
        if (HandOffs.At(node, context.SemanticModel, cancellation) is { } handOff)
        {
            return EndlessWork.In(handOff, process.Context, cancellation) is { } endless ? (handOff.Name, handOff.Fact.Api, endless) : null;
        }

        return node is InvocationExpressionSyntax call && IsLeft(call) && call.CalledName() is { } name
            && MayLoop(name.Identifier.ValueText)
            && context.SemanticModel.GetOperation(call, cancellation)
                is IInvocationOperation { TargetMethod: { IsAsync: true } method } operation
            && EndlessWork.In(operation, process.Context, cancellation) is { } loop
                ? (name, MessageText.Called(method, context.SemanticModel.Compilation), loop)
                : null;
    }

    private static bool MayLoop(string name)
        => name.EndsWith("Async", StringComparison.Ordinal)
            || Array.Exists(s_hints, hint => name.IndexOf(hint, StringComparison.OrdinalIgnoreCase) >= 0);

    // M(); and _ = M(); and _running = M(); and _running.Add(M());
    private static bool IsLeft(InvocationExpressionSyntax call)
        => call.Parent is ExpressionStatementSyntax
            || call.Parent is ArgumentSyntax
            {
                Parent.Parent: InvocationExpressionSyntax
                {
                    Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" }, Parent: ExpressionStatementSyntax
                }
            }
            || (call.Parent is AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax } assignment && assignment.Right == call);
}

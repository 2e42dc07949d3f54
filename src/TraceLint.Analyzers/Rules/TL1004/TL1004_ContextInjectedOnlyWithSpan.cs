using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL1004: the trace context is injected only when a span was created.
/// <para>Does not report where no Activity can be current outside the span (<see cref="RootSpans"/>).</para>
/// </summary>
internal sealed class TL1004_ContextInjectedOnlyWithSpan : Rule
{
    internal const string Id = "TL1004";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Trace context is injected only when a span was created",
        messageFormat: "{0} when {1} is null, so the context of Activity.Current is lost; inject that context instead",
        Category.Publish,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "StartActivity returns null when the source has no listener or the trace is unsampled, while Activity.Current "
            + "still holds the context that has to be propagated. Without it the receiver makes a sampling decision of its own.",
        helpLinkUri: Repository.RulesPage + "#tl1004");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context)
    {
        if (SpanModel.In(context.CompilationContext) is not { } model)
        {
            return;
        }

        var roots = new RootSpans(model);
        context.RegisterCallAction(new InjectingNames().In, node => Analyze(node, model, roots));
        context.RegisterEntryAction(TraceVocabulary.MayNameContextHeader, node => Analyze(node, model, roots));
    }

    private static void Analyze(NodeContext context, SpanModel model, RootSpans roots)
    {
        var node = context.Node;
        var isCandidate = Injection.IsCandidate(node);
        if (!isCandidate && !InjectingCall.IsCandidate(node))
        {
            return;
        }

        var injection = isCandidate ? model.InjectionAt(node, context.CancellationToken) : null;
        if ((injection is null && !InjectingCall.MayInject(node, model, context.SemanticModel, context.CancellationToken))
            || LostContext.At(node, model, context.CancellationToken) is not { } lost
            || (lost.Start is { } start && roots.Contain(start, context.CancellationToken)))
        {
            return;
        }

        var name = injection?.Name ?? ((InvocationExpressionSyntax)node).CalledName()!;
        var called = context.SemanticModel.GetSymbolInfo(name, context.CancellationToken).Symbol is IMethodSymbol method
            ? MessageText.Called(method, context.SemanticModel.Compilation)
            : (name as SimpleNameSyntax)?.Identifier.ValueText;
        context.ReportDiagnostic(LostContextDiagnostic.Create(s_rule, name, called, injection, lost));
    }
}

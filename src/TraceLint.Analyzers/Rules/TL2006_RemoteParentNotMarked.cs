using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Propagation;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL2006: a context that came from outside becomes the parent of a span without being marked remote.
/// <para>Reports <c>ActivityContext.TryParse</c> with three arguments, <c>Parse</c> and <c>new ActivityContext</c> without
/// <c>isRemote</c> whose text or ids visibly came from outside the process, and whose result becomes the parent of a span - here, or
/// where a method of the project is handed it or returns it to; and the <c>parentId</c> of <c>StartActivity</c> and
/// <c>CreateActivity</c> when that came from outside.</para>
/// <para>Stays silent when nothing shows where the text came from, when the context is only linked, or kept where it cannot be
/// followed, when <c>isRemote</c> is given, when the flags are a constant, and in code that every rule is silent about.</para>
/// </summary>
internal sealed class TL2006_RemoteParentNotMarked : Rule
{
    internal const string Id = "TL2006";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "A remote parent is not marked remote",
        messageFormat: "{0} does not mark the parent from outside as remote: when it is not sampled, {1} starts nothing, and what follows begins new traces",
        Category.Consume,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A span whose parent is not sampled is created only when the parent is remote: then it carries the decision on. A context that came from outside and does not say so makes StartActivity return null, and everything below starts new traces, which are sampled.",
        helpLinkUri: Repository.RulesPage + "#tl2006");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words { get; } = ["ActivityContext", "CreateActivity", "StartActivity"];

    public override void Start(RuleContext context)
    {
        if (SpanTypes.In(context.Compilation) is { } types && SpanStarts.In(context.Compilation) is { } starts)
        {
            var parents = new Parents(types, starts, context.CompilationContext);
            context.RegisterCallAction(["Parse", "TryParse"], parents.AnalyzeContext);
            context.RegisterCallAction(["CreateActivity", "StartActivity"], parents.AnalyzeStart);
            context.RegisterCreationAction(["ActivityContext"], parents.AnalyzeContext);
        }
    }

    private sealed class Parents
    {
        private readonly SpanTypes _types;
        private readonly SpanStarts _starts;
        private readonly OutsideValue _outside;
        private readonly ParentFlow _flow;

        public Parents(SpanTypes types, SpanStarts starts, CompilationContext compilation)
        {
            (_types, _starts) = (types, starts);
            _outside = new OutsideValue(compilation);
            _flow = new ParentFlow(starts, compilation);
        }

        public void AnalyzeContext(NodeContext context)
        {
            var cancellation = context.CancellationToken;
            if (UnmarkedContext.MayBe(context.Node)
                && UnmarkedContext.At(context.Node, _types.Context, context.SemanticModel, cancellation) is { } made
                && _flow.FirstStart(made.Result, cancellation) is { } start
                && made.Sources.Select(source => _outside.SignOf(source, cancellation)).FirstOrDefault(static sign => sign is not null) is { } sign)
            {
                Report(context, made.Name, start, sign);
            }
        }

        public void AnalyzeStart(NodeContext context)
        {
            var call = (InvocationExpressionSyntax)context.Node;
            var cancellation = context.CancellationToken;
            if (call.ArgumentList.Arguments.Count >= 3 && call.CalledName() is { } name
                && context.SemanticModel.GetOperation(call, cancellation) is IInvocationOperation operation
                && _starts.Of(operation) is { ParentId: { ConstantValue.HasValue: false } id }
                && _outside.SignOf(id, cancellation) is { } sign)
            {
                Report(context, name.Identifier, operation, sign, "parentId");
            }
        }

        private static void Report(NodeContext context, SyntaxToken name, IInvocationOperation start, IOperation sign, string? what = null)
            => context.ReportDiagnostic(Diagnostic.Create(
                s_rule, name.GetLocation(), [sign.Syntax.GetLocation(), start.Syntax.GetLocation()], what ?? name.ValueText, start.TargetMethod.Name));
    }
}

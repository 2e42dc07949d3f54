using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL2006: a context that came from outside the process becomes the parent of a span without being marked as remote.
/// <para>Reports <c>ActivityContext.TryParse</c> with three arguments, <c>Parse</c> and <c>new ActivityContext</c> without
/// <c>isRemote</c>, when the text or the ids visibly come from outside the process and the result becomes the parent of a span: in
/// place, or in a method of the project that receives it or gets it back; and the <c>parentId</c> of <c>StartActivity</c> and
/// <c>CreateActivity</c> when it comes from outside.</para>
/// <para>Does not report when the origin of the text is not visible, when the context is only linked or is stored where it cannot be
/// followed, when <c>isRemote</c> is given, or when the flags are a constant.</para>
/// </summary>
internal sealed class TL2006_RemoteParentNotMarked : Rule
{
    internal const string Id = "TL2006";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Remote parent is not marked as remote",
        messageFormat: "{0} does not mark the incoming context as a remote parent, so {1} returns null when it is unsampled; {2}",
        Category.Consume,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "Under an unsampled parent, StartActivity creates a span only when the parent is marked as remote: that span "
            + "carries the sampling decision on. When the incoming context is not marked, StartActivity returns null and the "
            + "spans below start new traces, with sampling decisions of their own.",
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
                && made.Sources.Select(source => _outside.SignOf(source, cancellation)).FirstOrDefault(static sign => sign is not null)
                    is { } sign)
            {
                Report(context, made.Name, made.Name.ValueText, start, sign, "pass isRemote: true");
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
                Report(context, name.Identifier, "parentId", operation, sign, "parse it with isRemote: true");
            }
        }

        private static void Report(
            NodeContext context, SyntaxToken name, string what, IInvocationOperation start, IOperation sign, string advice)
            => context.ReportDiagnostic(Diagnostic.Create(
                s_rule,
                name.GetLocation(),
                [sign.Syntax.GetLocation(), start.Syntax.GetLocation()],
                what,
                MessageText.Called(start.TargetMethod, context.SemanticModel.Compilation),
                advice));
    }
}

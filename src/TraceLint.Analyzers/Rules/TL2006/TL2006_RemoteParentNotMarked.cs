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
        if (SpanTypes.In(context.Compilation) is { } types)
        {
            var parents = new RemoteParents(context.CompilationContext);
            context.RegisterCallAction(["Parse", "TryParse"], node => AnalyzeContext(node, types, parents));
            context.RegisterCreationAction(["ActivityContext"], node => AnalyzeContext(node, types, parents));
            context.RegisterCallAction(["CreateActivity", "StartActivity"], node => AnalyzeStart(node, parents));
        }
    }

    private static void AnalyzeContext(NodeContext context, SpanTypes types, RemoteParents parents)
    {
        if (UnmarkedContext.NameOf(context.Node, types.Context, context.SemanticModel, context.CancellationToken) is { } name
            && parents.FromContext(context.Node, context.CancellationToken) is { } parent)
        {
            Report(context, name, name.ValueText, parent, "pass isRemote: true");
        }
    }

    private static void AnalyzeStart(NodeContext context, RemoteParents parents)
    {
        var call = (InvocationExpressionSyntax)context.Node;
        if (call is { ArgumentList.Arguments.Count: >= 3 } && call.CalledName() is { } name
            && context.SemanticModel.GetOperation(call, context.CancellationToken) is IInvocationOperation { Arguments: var arguments }
            && arguments.Any(IsParentText)
            && parents.FromText(call, context.CancellationToken) is { } parent)
        {
            Report(context, name.Identifier, "parentId", parent, "parse it with isRemote: true");
        }
    }

    private static bool IsParentText(IArgumentOperation argument)
        => argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Name: "parentId", Value.ConstantValue.HasValue: false };

    private static void Report(NodeContext context, SyntaxToken name, string what, RemoteParent parent, string advice)
        => context.ReportDiagnostic(Diagnostic.Create(
            s_rule,
            name.GetLocation(),
            [parent.Source.Syntax.GetLocation(), parent.Start.Operation.Syntax.GetLocation()],
            what,
            MessageText.Called(parent.Start.Call.Method, context.SemanticModel.Compilation),
            advice));
}

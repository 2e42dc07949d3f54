using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL3008: an await inside a SuppressFlow block.
/// <para>Reports the first <c>await</c>, <c>await foreach</c> or <c>await using</c> inside a <c>using</c> of
/// <c>ExecutionContext.SuppressFlow()</c>: once it suspends, the end of the block throws InvalidOperationException.</para>
/// <para>Does not report awaits in lambdas and local functions of the block, which run elsewhere; after Undo or RestoreFlow; awaits of
/// what is visibly completed; or code that does not trace.</para>
/// </summary>
internal sealed class TL3008_AwaitInsideSuppressFlow : Rule
{
    internal const string Id = "TL3008";

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "await inside a SuppressFlow block",
        messageFormat: "await inside the SuppressFlow block of line {0} may resume on another thread, where Dispose throws; await after "
            + "the block",
        Category.InProcess,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "The AsyncFlowControl that SuppressFlow returns has to be disposed on the same thread and in the same execution "
            + "context. After an await that suspends, both have changed, and Dispose throws InvalidOperationException.",
        helpLinkUri: Repository.RulesPage + "#tl3008");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => FlowSuppression.Words;

    public override bool OnlyWhereCodeTraces => true;

    public override void Start(RuleContext context)
        => InProcess.RegisterNodes(
            context, Words, static node => SuppressedAwait.KeywordOf(node).RawKind != 0, Analyze,
            SyntaxKind.AwaitExpression, SyntaxKind.ForEachStatement, SyntaxKind.LocalDeclarationStatement, SyntaxKind.UsingStatement);

    private static void Analyze(NodeContext context, InProcess process)
    {
        if (SuppressedAwait.KeywordOf(context.Node) is { RawKind: not 0 } keyword
            && FlowSuppression.Around(context.Node, context.SemanticModel, context.CancellationToken) is { } scope
            && SuppressedAwait.IsFirst(context.Node, scope)
            && process.IsAbout(context))
        {
            context.ReportDiagnostic(Diagnostic.Create(s_rule, keyword.GetLocation(), [scope.GetLocation()], InProcess.LineOf(scope)));
        }
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// TL3012: a span ends before its work.
/// <para>Reports a span in a <c>using</c>, or stopped in a <c>finally</c>, of a function that is neither async nor an iterator, when the
/// function returns from inside it a task or an asynchronous sequence that comes from a call made there and need not be complete by
/// then; and a span in a <c>using</c> with nothing in it.</para>
/// <para>Does not report tasks that are certainly complete, by their API or because the project's own code completes them before it
/// returns; tasks that were started elsewhere or cannot be followed (parameters, fields, generic results); tasks that are waited for or
/// asked whether they are complete, or passed to a continuation together with the span; returns after the span was stopped or another
/// one made current, where the span is null, or in a <c>catch</c>; delegates that are returned; an empty <c>using</c> with a comment in
/// it, or alone in another one, or whose span has tags, links, a parent or a start time.</para>
/// </summary>
internal sealed class TL3012_SpanEndsBeforeWork : Rule
{
    internal const string Id = "TL3012";

    /// <summary>The property of a diagnostic about a task that can be awaited in place of being returned.</summary>
    internal const string ReturnsTask = nameof(ReturnsTask);

    private static readonly ImmutableDictionary<string, string?> s_returnsTask =
        ImmutableDictionary<string, string?>.Empty.Add(ReturnsTask, null);

    private static readonly DiagnosticDescriptor s_rule = new(
        Id,
        title: "Span ends before its work",
        messageFormat: "The span from {0} {1}",
        Category.InProcess,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "A using or finally ends its span where the method returns. The returned task goes on without it: the span shows neither how "
            + "long the work took nor that it failed, and spans that the work starts become children of one that has ended.",
        helpLinkUri: Repository.RulesPage + "#tl3012");

    public override DiagnosticDescriptor Descriptor => s_rule;

    public override IReadOnlyCollection<string> Words => SpanStarts.Words;

    public override void Start(RuleContext context)
    {
        if (SpanStarts.In(context.Compilation) is not { } starts)
        {
            return;
        }

        var ends = new EarlyEnds(starts, context.CompilationContext);
        context.RegisterScopeAction(node => Analyze(node, ends));
    }

    private static void Analyze(NodeContext context, EarlyEnds ends)
    {
        if (ends.Of((StatementSyntax)context.Node, context.SemanticModel, context.CancellationToken) is { } end)
        {
            context.ReportDiagnostic(Diagnostic.Create(
                s_rule,
                end.Name.GetLocation(),
                end.Returned is { } returned ? [returned.GetLocation()] : null,
                end.Kind is EarlyEndKind.Task ? s_returnsTask : null,
                NameOf(end.Name, context),
                Reason(end)));
        }
    }

    private static string Reason(EarlyEnd end) => end.Kind switch
    {
        EarlyEndKind.Task => $"ends before the task from {Work(end)} completes; {Advice(end.Function)}",
        EarlyEndKind.Sequence => $"ends before the sequence from {Work(end)} is read; start the span where the sequence is read",
        _ => "covers no work, because its 'using' is empty; put the work inside the 'using'",
    };

    private static string Advice(SyntaxNode? function) => function switch
    {
        AnonymousFunctionExpressionSyntax => "make the lambda async and await the task",
        LocalFunctionStatementSyntax => "make the local function async and await the task",
        MethodDeclarationSyntax => "make the method async and await the task",
        _ => "start the span in an async method that awaits the task",
    };

    private static string Work(EarlyEnd end) => end.Work is { } work ? MessageText.Quoted(work) : "the call";

    // The call, the type or the variable that the span comes from.
    private static string NameOf(SyntaxNode node, NodeContext context)
    {
        if (node is not SimpleNameSyntax { Identifier.ValueText: var name })
        {
            return "using";
        }

        return context.SemanticModel.GetSymbolInfo(node, context.CancellationToken).Symbol switch
        {
            IMethodSymbol method => MessageText.Called(method, context.SemanticModel.Compilation),
            INamedTypeSymbol => name,
            _ => MessageText.Quoted(name),
        };
    }
}

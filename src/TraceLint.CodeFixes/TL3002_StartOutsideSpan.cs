using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Editing;
using TraceLint.Flow;
using TraceLint.Model;
using TraceLint.Propagation;
using TraceLint.Rules;

namespace TraceLint;

/// <summary>
/// TL3002: starts endless work without the current span. An API that captures the context is called with the flow suppressed. An async
/// method runs in its caller's context until it first suspends, even with the flow suppressed, so <c>Activity.Current</c> is set to
/// null while it is called.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL3002_StartOutsideSpan))]
public sealed class TL3002_StartOutsideSpan : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL3002_EndlessWorkInSpan.Id);

    private protected override string Title => "Start the work without the current span";

    private protected override string EquivalenceKey => "TL3002.StartOutside";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root
            || model.Compilation.TypeNamed(SystemDiagnostics.Names.Activity) is not { } activity
            || model.Compilation.TypeNamed(FlowTable.Names.ExecutionContext) is not { } executionContext)
        {
            return null;
        }

        var imports = Imports.Of(document, root, model);
        var names = new FreshNames(model);
        var wrapping = new Wrapping(LineEnding.Of(root.SyntaxTree.GetText(cancellation)));
        var edits = new StatementEdits(root);
        foreach (var diagnostic in diagnostics)
        {
            var site = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            // Only an expression statement can be moved into a block: a variable or a returned value is needed where it is.
            if (site.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax statement
                || site.Ancestors()
                    .TakeWhile(ancestor => ancestor != statement)
                    .Any(static ancestor => ancestor is AnonymousFunctionExpressionSyntax)
                || Suspends(statement))
            {
                continue;
            }

            if (!IsAsyncCall(site, model, cancellation))
            {
                var resource = $"{imports.Name(executionContext, statement.SpanStart)}.SuppressFlow()";
                edits.Add(statement, changed => [wrapping.InUsing(statement, changed, resource)]);
            }
            else if (StatementEdits.IsInList(statement))
            {
                var current = $"{imports.Name(activity, statement.SpanStart)}.Current";
                var scope = statement.Parent is GlobalStatementSyntax { Parent: { } program } ? program : statement.Parent!;
                var ambient = names.ForLocal(scope, statement.SpanStart, "ambient", "current");
                edits.Add(statement, changed => [.. Wrapping.Around(
                    changed,
                    [wrapping.Line($"var {ambient} = {current};"), wrapping.Line($"{current} = null;")],
                    changed,
                    [wrapping.Line($"{current} = {ambient};")])]);
            }
        }

        return edits.IsEmpty ? null : document.WithSyntaxRoot(imports.AddTo(edits.Apply()));
    }

    private static bool IsAsyncCall(SyntaxNode site, SemanticModel model, CancellationToken cancellation)
    {
        var start = site.FirstAncestorOrSelf<ExpressionSyntax>(
            static node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax);
        return start is InvocationExpressionSyntax call
            && model.GetOperation(call, cancellation) is IInvocationOperation { TargetMethod.IsAsync: true };
    }

    private static bool Suspends(StatementSyntax statement)
        => statement.DescendantNodes(static node => node is not AnonymousFunctionExpressionSyntax)
            .Any(static node => node is AwaitExpressionSyntax);
}

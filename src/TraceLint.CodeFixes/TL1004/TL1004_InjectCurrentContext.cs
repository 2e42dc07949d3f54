using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Editing;
using TraceLint.Flow;
using TraceLint.Rules;
using TraceLint.Spans;

namespace TraceLint;

/// <summary>
/// TL1004: injects the current context where no span was created. The injected expression falls back to <c>Activity.Current</c>; the
/// injection moves out of a null check of the span, and what else concerns the span stays inside.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL1004_InjectCurrentContext))]
public sealed class TL1004_InjectCurrentContext : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL1004_ContextInjectedOnlyWithSpan.Id);

    private protected override string Title => "Inject the current trace context when there is no span";

    private protected override string EquivalenceKey => "TL1004.InjectCurrent";

    // The diagnostics are fixed one after another, each on the result of the one before, because they may share a guard, a local or a
    // statement.
    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root)
        {
            return null;
        }

        var nodes = diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start)
            .Select(diagnostic => NodeAt(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true)))
            .OfType<SyntaxNode>().Distinct().ToList();
        var rewritten = document.WithSyntaxRoot(
            root.TrackNodes(nodes.Concat(nodes.Select(EnclosingBody.Of).OfType<SyntaxNode>()).Distinct()));
        var isChanged = false;
        foreach (var node in nodes)
        {
            if (await RewriteAsync(rewritten, node, cancellation).ConfigureAwait(false) is { } next)
            {
                (rewritten, isChanged) = (next, true);
            }
        }

        return isChanged ? rewritten : null;
    }

    private static async Task<Document?> RewriteAsync(Document document, SyntaxNode original, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root
            || root.GetCurrentNode(original) is not { } node
            || await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || SpansIn(model, document) is not { } spans
            || LostContext.At(node, spans, cancellation) is not { } lost)
        {
            return null;
        }

        var imports = Imports.Of(document, root, model);
        var site = new SpanSite(node, lost, spans, model, imports, cancellation);
        return SpanRewrite.Of(site) is { } edit && edit(root) is CompilationUnitSyntax changed
            ? await CheckedAsync(document.WithSyntaxRoot(imports.AddTo(changed)), model, original, cancellation).ConfigureAwait(false)
            : null;
    }

    private static SpanModel? SpansIn(SemanticModel model, Document document)
        => SpanModel.In(CompilationContext.For(
            model.Compilation, document.Project.AnalyzerOptions, TL1004_ContextInjectedOnlyWithSpan.Id));

    // A rewrite that has new errors or nullable warnings, or in which the context is still lost, is not offered.
    private static async Task<Document?> CheckedAsync(
        Document rewritten, SemanticModel before, SyntaxNode original, CancellationToken cancellation)
    {
        var after = (await rewritten.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var root = await after.SyntaxTree.GetRootAsync(cancellation).ConfigureAwait(false);
        var isLost = root.GetCurrentNode(original) is { } node
            && SpansIn(after, rewritten) is { } spans
            && LostContext.At(node, spans, cancellation) is not null;
        return !isLost && Problems(after, original, cancellation) <= Problems(before, original, cancellation) ? rewritten : null;
    }

    private static int Problems(SemanticModel model, SyntaxNode original, CancellationToken cancellation)
    {
        var body = EnclosingBody.Of(original) is { } before ? model.SyntaxTree.GetRoot(cancellation).GetCurrentNode(before) : null;
        return CompileCheck.ErrorsAndNullWarnings(model, body?.Span, cancellation);
    }

    // The node that injects. The reported node is the name of the called method, or the name of the header.
    private static SyntaxNode? NodeAt(SyntaxNode reported)
        => reported.AncestorsAndSelf().FirstOrDefault(node
            => node is InvocationExpressionSyntax or AssignmentExpressionSyntax or InitializerExpressionSyntax
                && !(node is InvocationExpressionSyntax call && !call.Expression.Span.Contains(reported.Span)));
}

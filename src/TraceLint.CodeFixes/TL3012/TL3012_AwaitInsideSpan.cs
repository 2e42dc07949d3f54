using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Rules;

namespace TraceLint;

/// <summary>
/// TL3012: makes the function async and awaits the returned task, so that the using ends the span after the work. All of its returns
/// change; when one of them cannot, or the function cannot be async, there is no fix.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL3012_AwaitInsideSpan))]
public sealed class TL3012_AwaitInsideSpan : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL3012_SpanEndsBeforeWork.Id);

    private protected override string Title => "Make the method async and await the task";

    private protected override string EquivalenceKey => "TL3012.Await";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root)
        {
            return null;
        }

        var rewrite = new AsyncRewrite(root, model, cancellation);
        foreach (var diagnostic in diagnostics)
        {
            if (diagnostic.Properties.ContainsKey(TL3012_SpanEndsBeforeWork.ReturnsTask)
                && FunctionGraphs.FunctionAround(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true))
                    is { } function)
            {
                rewrite.Add(function);
            }
        }

        return rewrite.IsEmpty ? null : document.WithSyntaxRoot(rewrite.Apply());
    }
}

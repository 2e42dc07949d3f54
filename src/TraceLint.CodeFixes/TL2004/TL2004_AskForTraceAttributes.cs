using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Editing;
using TraceLint.Rules;

namespace TraceLint;

/// <summary>
/// TL2004: requests all attributes, or adds the attributes of the context to an existing list. A URL argument becomes a request.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL2004_AskForTraceAttributes))]
public sealed class TL2004_AskForTraceAttributes : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL2004_ReceiveWithoutTraceAttributes.Id);

    private protected override string Title => "Request the trace context attributes";

    private protected override string EquivalenceKey => "TL2004.Ask";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root)
        {
            return null;
        }

        var rewrite = new ReceiveRewrite(model, Imports.Of(document, root, model));
        foreach (var diagnostic in diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            // A request that is created in another file cannot be fixed by an edit of this document.
            if (diagnostic.AdditionalLocations[0] is { SourceTree: { } tree, SourceSpan: var span } && tree == root.SyntaxTree
                && root.FindNode(span, getInnermostNodeForTie: true) is ExpressionSyntax where)
            {
                rewrite.Add(where);
            }
        }

        return rewrite.Apply(root) is { } rewritten ? document.WithSyntaxRoot(rewritten) : null;
    }
}

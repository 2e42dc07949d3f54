using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Editing;
using TraceLint.Flow;

namespace TraceLint;

/// <summary>The base of fixes that replace one node per diagnostic.</summary>
public abstract class ReplacingFix : TraceCodeFix
{
    private protected sealed override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root)
        {
            return null;
        }

        var context = CompilationContext.For(model.Compilation, document.Project.AnalyzerOptions, FixableDiagnosticIds[0]);
        var imports = Imports.Of(document, root, model);
        var replacements = new Dictionary<SyntaxNode, SyntaxNode>();
        foreach (var diagnostic in diagnostics)
        {
            var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            if (Replace(node, model, context, imports, cancellation) is { } edit)
            {
                replacements[edit.Old] = edit.New.WithTriviaFrom(edit.Old);
            }
        }

        return replacements.Count == 0
            ? null
            : document.WithSyntaxRoot(imports.AddTo(root.ReplaceNodes(replacements.Keys, (original, _) => replacements[original])));
    }

    /// <summary>The edit for a diagnostic.</summary>
    /// <param name="reported">The innermost node of the diagnostic's location.</param>
    /// <returns>Null when no edit is correct.</returns>
    private protected abstract Replacement? Replace(
        SyntaxNode reported, SemanticModel model, CompilationContext context, Imports imports, CancellationToken cancellation);
}

/// <summary>A node and its replacement.</summary>
internal sealed record Replacement(SyntaxNode Old, SyntaxNode New);

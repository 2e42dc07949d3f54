using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Editing;
using TraceLint.Rules;

namespace TraceLint;

/// <summary>TL2008: passes the parent to the call that starts the span, or sets it before that call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL2008_PassParentAtStart))]
public sealed class TL2008_PassParentAtStart : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL2008_ParentSetTooLate.Id);

    private protected override string Title => "Pass the parent context when starting the Activity";

    private protected override string EquivalenceKey => "TL2008.PassParent";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root)
        {
            return null;
        }

        var names = new FreshNames(model);
        var (edits, imports) = (new InsertedStatements(root, names), Imports.Of(document, root, model));
        var rewrite = new LateParentRewrite(model, edits, imports, names, cancellation);
        foreach (var diagnostic in diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } set
                && diagnostic.AdditionalLocations[0] is { SourceTree: { } tree, SourceSpan: var span } && tree == root.SyntaxTree
                && root.FindNode(span, getInnermostNodeForTie: true) is ExpressionSyntax start)
            {
                rewrite.Add(set, start);
            }
        }

        return edits.IsEmpty ? null : document.WithSyntaxRoot(imports.AddTo(edits.Apply()));
    }
}

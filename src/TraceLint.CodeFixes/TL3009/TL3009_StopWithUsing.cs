using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Editing;
using TraceLint.Rules;

namespace TraceLint;

/// <summary>
/// TL3009: declares the Activity with <c>using</c>. Existing calls of Stop do no harm, because only the first stop counts. There is no
/// fix where the variable is assigned again, where the declaration cannot have a using, and where the Activity must start elsewhere.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL3009_StopWithUsing))]
public sealed class TL3009_StopWithUsing : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL3009_ActivityNotStopped.Id);

    private protected override string Title => "Stop the Activity with using";

    private protected override string EquivalenceKey => "TL3009.Using";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root)
        {
            return null;
        }

        var names = new FreshNames(model);
        var rewrites = new Dictionary<StatementSyntax, LocalDeclarationStatementSyntax>();
        foreach (var diagnostic in diagnostics)
        {
            if (!diagnostic.Properties.ContainsKey(TL3009_ActivityNotStopped.StoppedInAnotherFlow)
                && root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call
                && HeldSpan.DeclarationOf(call, model, names, cancellation) is var (statement, declaration)
                && statement.Parent is BlockSyntax or GlobalStatementSyntax)
            {
                rewrites[statement] = declaration;
            }
        }

        // From last to first, because a using that needs a block takes in the statements after it.
        root = root.TrackNodes(rewrites.Keys);
        foreach (var rewrite in rewrites.OrderByDescending(static rewrite => rewrite.Key.SpanStart))
        {
            if (root.GetCurrentNode(rewrite.Key) is { } current)
            {
                root = UsingScope.Give(root, current, current as LocalDeclarationStatementSyntax ?? rewrite.Value);
            }
        }

        return rewrites.Count == 0 ? null : document.WithSyntaxRoot(root);
    }
}

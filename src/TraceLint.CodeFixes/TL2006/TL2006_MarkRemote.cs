using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Editing;
using TraceLint.Rules;

namespace TraceLint;

/// <summary>TL2006: marks the context as remote where it is created, or creates a remote copy of it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL2006_MarkRemote))]
public sealed class TL2006_MarkRemote : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL2006_RemoteParentNotMarked.Id);

    private protected override string Title => "Mark the parent as remote";

    private protected override string EquivalenceKey => "TL2006.MarkRemote";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not CompilationUnitSyntax root)
        {
            return null;
        }

        var imports = Imports.Of(document, root, model);
        var rewrite = new RemoteParentRewrite(model, imports, new FreshNames(model), cancellation);
        foreach (var diagnostic in diagnostics.OrderBy(static diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            var name = root.FindToken(diagnostic.Location.SourceSpan.Start).Parent;
            var made = name?.FirstAncestorOrSelf<ExpressionSyntax>(
                static node => node is InvocationExpressionSyntax or ObjectCreationExpressionSyntax);
            if (made is not null)
            {
                rewrite.Add(made);
            }
        }

        return rewrite.Apply(root) is { } rewritten ? document.WithSyntaxRoot(imports.AddTo(rewritten)) : null;
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Rules;

namespace TraceLint;

/// <summary>TL2007: makes the propagator extract on top of an empty context.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL2007_ExtractFromDefault))]
public sealed class TL2007_ExtractFromDefault : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL2007_ExtractOnTopOfContext.Id);

    private protected override string Title => "Pass default to Extract";

    private protected override string EquivalenceKey => "TL2007.Default";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root)
        {
            return null;
        }

        var bases = diagnostics
            .Select(diagnostic => root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true))
            .OfType<ExpressionSyntax>();
        return document.WithSyntaxRoot(root.ReplaceNodes(
            bases, static (context, _) => SyntaxFactory.LiteralExpression(SyntaxKind.DefaultLiteralExpression).WithTriviaFrom(context)));
    }
}

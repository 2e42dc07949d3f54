using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Model;
using TraceLint.Rules;

namespace TraceLint;

/// <summary>TL2005: adds the headers to the list of fields, if the list is a literal.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL2005_KeepHeaders))]
public sealed class TL2005_KeepHeaders : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL2005_HeadersLeftOutOfConsumeResult.Id);

    private protected override string Title => "Include the headers";

    private protected override string EquivalenceKey => "TL2005.KeepHeaders";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root)
        {
            return null;
        }

        var lists = diagnostics
            .Select(diagnostic => root.FindNode(diagnostic.AdditionalLocations[0].SourceSpan, getInnermostNodeForTie: true))
            .OfType<LiteralExpressionSyntax>()
            .ToList();
        return lists.Count == 0 ? null : document.WithSyntaxRoot(root.ReplaceNodes(lists, static (list, _) => WithHeaders(list)));
    }

    private static LiteralExpressionSyntax WithHeaders(LiteralExpressionSyntax list)
    {
        var text = SyntaxFactory.Literal(KafkaConsumerSettings.WithHeaders(list.Token.ValueText));
        return SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, text).WithTriviaFrom(list);
    }
}

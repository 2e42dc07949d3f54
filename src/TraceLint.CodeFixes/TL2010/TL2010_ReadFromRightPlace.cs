using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Flow;
using TraceLint.Rules;

namespace TraceLint;

/// <summary>
/// TL2010: reads the message attributes in place of the system attributes, or spells the name of a header as propagators do.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL2010_ReadFromRightPlace))]
public sealed class TL2010_ReadFromRightPlace : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL2010_ContextReadFromWrongPlace.Id);

    private protected override string Title => "Read the header where propagators write it";

    private protected override string EquivalenceKey => "TL2010.ReadHeader";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root)
        {
            return null;
        }

        var attributes = new MessageAttributesRewrite(model, cancellation);
        var edits = new Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>>();
        foreach (var diagnostic in diagnostics)
        {
            switch (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true))
            {
                case LiteralExpressionSyntax literal:
                    foreach (var same in SameLookups(literal))
                    {
                        edits[same] = static name => SyntaxFactory.LiteralExpression(
                            SyntaxKind.StringLiteralExpression,
                            SyntaxFactory.Literal(((LiteralExpressionSyntax)name).Token.ValueText.ToLowerInvariant())).WithTriviaFrom(name);
                    }

                    break;
                case IdentifierNameSyntax { Identifier.ValueText: "Attributes" } member when attributes.Of(member) is { } rewrite:
                    foreach (var edit in rewrite)
                    {
                        edits[edit.Node] = edit.Rewrite;
                    }

                    break;
            }
        }

        return edits.Count == 0
            ? null
            : document.WithSyntaxRoot(root.ReplaceNodes(edits.Keys, (original, rewritten) => edits[original](rewritten)));
    }

    // The lookups of a header in one body are only right together.
    private static IEnumerable<LiteralExpressionSyntax> SameLookups(LiteralExpressionSyntax name)
        => HeaderLookup.Of(name) is not { } lookup
            ? []
            : (EnclosingBody.Of(name) ?? name).DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>()
                .Where(other => other.Token.ValueText == name.Token.ValueText
                    && HeaderLookup.Of(other) is { } same
                    && SyntaxFactory.AreEquivalent(same.Subject, lookup.Subject));
}

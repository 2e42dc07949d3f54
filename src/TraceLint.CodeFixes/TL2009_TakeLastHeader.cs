using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Rules;

namespace TraceLint;

/// <summary>TL2009: makes a getter that filters headers by name return only the last one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL2009_TakeLastHeader))]
public sealed class TL2009_TakeLastHeader : TraceCodeFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL2009_GetterOfSeveralHeaders.Id);

    private protected override string Title => "Return only the last header";

    private protected override string EquivalenceKey => "TL2009.TakeLast";

    private protected override async Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        if (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is not { } root)
        {
            return null;
        }

        var filters = diagnostics
            .Select(static diagnostic => diagnostic.AdditionalLocations[0])
            .Where(where => where.SourceTree == root.SyntaxTree)
            .Select(where => root.FindNode(where.SourceSpan, getInnermostNodeForTie: true))
            .Where(static node => node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access }
                && access.Name.Identifier.ValueText is "Where")
            .Distinct()
            .ToList();
        var last = HasTakeLast(model.Compilation) ? ".TakeLast(1)" : ".Reverse().Take(1)";
        return filters.Count == 0 ? null : document.WithSyntaxRoot(root.ReplaceNodes(
            filters, (_, filter) => SyntaxFactory.ParseExpression(filter.WithoutTrivia() + last).WithTriviaFrom(filter)));
    }

    // Missing in .NET Framework and .NET Standard 2.0.
    private static bool HasTakeLast(Compilation compilation)
        => compilation.GetTypesByMetadataName(typeof(Enumerable).FullName!).Any(static type => !type.GetMembers("TakeLast").IsEmpty);
}

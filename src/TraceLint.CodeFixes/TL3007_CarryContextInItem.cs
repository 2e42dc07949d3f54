using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using TraceLint.Editing;
using TraceLint.Rules;

namespace TraceLint;

/// <summary>
/// TL3007: the item keeps the context that it is made in, and whatever starts a span for it makes that the parent. The type of
/// the item, what puts it on the queue and what takes it off are mostly in three files.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL3007_CarryContextInItem))]
public sealed class TL3007_CarryContextInItem : TraceSolutionFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL3007_QueuedItemWithoutContext.Id);

    private protected override string Title => "Store the current trace context in the item";

    private protected override string EquivalenceKey => "TL3007.CarryContext";

    private protected override async Task<Solution?> RewriteAsync(Solution solution, IReadOnlyList<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var rewrite = new QueuedItemRewrite(solution);
        foreach (var diagnostic in diagnostics)
        {
            await rewrite.AddAsync(diagnostic, cancellation).ConfigureAwait(false);
        }

        return await rewrite.ApplyAsync(cancellation).ConfigureAwait(false);
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using TraceLint.Rules;

namespace TraceLint;

/// <summary>
/// TL3007: the item stores the context in which it is created, and the reader's span gets that context as its parent. The type of the
/// item, the writer and the reader are usually in three files.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TL3007_CarryContextInItem))]
public sealed class TL3007_CarryContextInItem : TraceSolutionFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(TL3007_QueuedItemWithoutContext.Id);

    private protected override string Title => "Store the current trace context in the item";

    private protected override string EquivalenceKey => "TL3007.CarryContext";

    private protected override async Task<Solution?> RewriteAsync(
        Solution solution, IReadOnlyList<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var rewrite = new QueuedItemRewrite(solution);
        foreach (var diagnostic in diagnostics)
        {
            await rewrite.AddAsync(diagnostic, cancellation).ConfigureAwait(false);
        }

        return await rewrite.ApplyAsync(cancellation).ConfigureAwait(false);
    }
}

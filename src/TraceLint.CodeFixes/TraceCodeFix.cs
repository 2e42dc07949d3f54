using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using TraceLint.Editing;

namespace TraceLint;

/// <summary>
/// The base of every fix: constant keys, and all diagnostics of a document mended in one pass, whether it is one of them
/// or Fix All in document, project or solution. A fix that can call code of the project offers that first.
/// </summary>
public abstract class TraceCodeFix : CodeFixProvider
{
    /// <summary>What the user picks.</summary>
    private protected abstract string Title { get; }

    /// <summary>Rule id and action: what Fix All groups by. Never the title, which may be reworded.</summary>
    private protected abstract string EquivalenceKey { get; }

    /// <summary>The action that is offered before the other, where the project has a helper for it; null when there is no such action.</summary>
    private protected virtual (string Title, string EquivalenceKey)? HelperAction => null;

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider()
        => FixAllProvider.Create(async (context, document, diagnostics)
            => await MendAndFormatAsync(
                document,
                diagnostics,
                context.CodeActionEquivalenceKey == HelperAction?.EquivalenceKey ? MendWith.HelperOrCode : MendWith.Code,
                context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (HelperAction is { } helper)
            {
                await OfferAsync(context, diagnostic, helper.Title, helper.EquivalenceKey, MendWith.Helper).ConfigureAwait(false);
            }

            await OfferAsync(context, diagnostic, Title, EquivalenceKey, MendWith.Code).ConfigureAwait(false);
        }
    }

    private async Task OfferAsync(CodeFixContext context, Diagnostic diagnostic, string title, string equivalenceKey, MendWith with)
    {
        if (await MendAndFormatAsync(context.Document, ImmutableArray.Create(diagnostic), with, context.CancellationToken).ConfigureAwait(false) is { } mended)
        {
            context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(mended), equivalenceKey), diagnostic);
        }
    }

    private async Task<Document?> MendAndFormatAsync(Document document, ImmutableArray<Diagnostic> diagnostics, MendWith with, CancellationToken cancellation)
        => await FailedFix.OrNothingAsync(async () => await MendAsync(document, diagnostics, with, cancellation).ConfigureAwait(false) is { } mended
            ? await FileLayout.ApplyAsync(document, mended, cancellation).ConfigureAwait(false)
            : null).ConfigureAwait(false);

    /// <summary>Mends what can be mended.</summary>
    /// <returns>The changed document; null when no correct edit of that kind exists for any of the diagnostics.</returns>
    private protected abstract Task<Document?> MendAsync(Document document, ImmutableArray<Diagnostic> diagnostics, MendWith with, CancellationToken cancellation);
}

/// <summary>What to mend with.</summary>
internal enum MendWith
{
    /// <summary>Code that does it.</summary>
    Code,

    /// <summary>A call of a helper that the project has.</summary>
    Helper,

    /// <summary>A helper where there is one in reach, code elsewhere: for Fix All.</summary>
    HelperOrCode,
}

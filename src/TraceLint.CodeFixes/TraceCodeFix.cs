using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Formatting;
using TraceLint.Editing;

namespace TraceLint;

/// <summary>
/// The base of every fix: one action, one constant key, and all diagnostics of a document mended in one pass, whether it
/// is one of them or Fix All in document, project or solution.
/// </summary>
public abstract class TraceCodeFix : CodeFixProvider
{
    /// <summary>What the user picks.</summary>
    private protected abstract string Title { get; }

    /// <summary>Rule id and action: what Fix All groups by. Never the title, which may be reworded.</summary>
    private protected abstract string EquivalenceKey { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider()
        => FixAllProvider.Create(async (context, document, diagnostics)
            => await MendAndFormatAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await MendAndFormatAsync(context.Document, ImmutableArray.Create(diagnostic), context.CancellationToken).ConfigureAwait(false) is { } mended)
            {
                context.RegisterCodeFix(CodeAction.Create(Title, _ => Task.FromResult(mended), EquivalenceKey), diagnostic);
            }
        }
    }

    // Left to itself, the formatter ends lines as the machine does, not as the document does.
    private async Task<Document?> MendAndFormatAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        if (await MendAsync(document, diagnostics, cancellation).ConfigureAwait(false) is not { } mended)
        {
            return null;
        }

        var text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        var options = await mended.GetOptionsAsync(cancellation).ConfigureAwait(false);
        return await Formatter.FormatAsync(
            mended, Formatter.Annotation, options.WithChangedOption(FormattingOptions.NewLine, LanguageNames.CSharp, LineEnding.Of(text)), cancellation).ConfigureAwait(false);
    }

    /// <summary>Mends what can be mended.</summary>
    /// <returns>The changed document; null when no correct edit exists for any of the diagnostics.</returns>
    private protected abstract Task<Document?> MendAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation);
}

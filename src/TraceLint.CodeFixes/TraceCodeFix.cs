using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Editing;

namespace TraceLint;

/// <summary>
/// The base of all fixes. Equivalence keys are constant, and all diagnostics of a document are fixed in one pass, be it a single one or
/// Fix All in a document, project or solution. A fix that can call a helper of the project offers that first. A file that belongs to
/// several projects or target frameworks gets one text, which is offered only if it compiles in all of them.
/// </summary>
public abstract class TraceCodeFix : CodeFixProvider
{
    /// <summary>The title of the action.</summary>
    private protected abstract string Title { get; }

    /// <summary>The rule id and the action, by which Fix All groups. Not the title, which may be reworded.</summary>
    private protected abstract string EquivalenceKey { get; }

    /// <summary>The action that is offered first where the project has a helper; null when the fix has no such action.</summary>
    private protected virtual (string Title, string EquivalenceKey)? HelperAction => null;

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new AllFiles(this);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await LinkedDocuments.OfAsync(context.Document, context.CancellationToken).ConfigureAwait(false) is not { } file)
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            // Whoever takes the first action of the first diagnostic for a whole solution, as `dotnet format` does, calls helpers wherever
            // there are some, also if there is none for that diagnostic.
            var key = HelperAction is { } helper
                && !await OfferAsync(context, file, diagnostic, helper.Title, helper.EquivalenceKey, FixWith.Helper).ConfigureAwait(false)
                    ? helper.EquivalenceKey
                    : EquivalenceKey;
            await OfferAsync(context, file, diagnostic, Title, key, FixWith.Code).ConfigureAwait(false);
        }
    }

    private async Task<bool> OfferAsync(
        CodeFixContext context, LinkedDocuments file, Diagnostic diagnostic, string title, string equivalenceKey, FixWith with)
    {
        var here = await file.TranslateAsync([diagnostic], context.Document.Id, context.CancellationToken).ConfigureAwait(false);
        if (await FixAsync(file, here.ToImmutableArray(), with, context.CancellationToken).ConfigureAwait(false) is not { } text)
        {
            return false;
        }

        var changed = file.WithText(text, context.Document.Project.Solution);
        context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(changed), equivalenceKey), diagnostic);
        return true;
    }

    // The fix is computed in one of the linked documents, for all of them. The next document is tried for the diagnostics that could not
    // be fixed in the previous ones, such as those in code that only it compiles.
    private async Task<SourceText?> FixAsync(
        LinkedDocuments file, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
    {
        SourceText? text = null;
        foreach (var linked in file.Documents)
        {
            if (diagnostics.IsEmpty)
            {
                break;
            }

            var (document, here) = await file.PrepareAsync(linked, diagnostics, cancellation).ConfigureAwait(false);
            if (await FixInAsync(document, file, here, text, with, cancellation).ConfigureAwait(false) is { } changed)
            {
                text = changed;
                var spans = here.Select(static diagnostic => diagnostic.Location.SourceSpan).ToImmutableHashSet();
                diagnostics = diagnostics.RemoveAll(diagnostic => spans.Contains(diagnostic.Location.SourceSpan));
            }
        }

        return text;
    }

    // A diagnostic whose fix does not compile must not prevent the fix of the others.
    private async Task<SourceText?> FixInAsync(
        Document document,
        LinkedDocuments file,
        ImmutableArray<Diagnostic> diagnostics,
        SourceText? soFar,
        FixWith with,
        CancellationToken cancellation)
    {
        if (diagnostics.IsEmpty
            || await RewriteAndFormatAsync(document, diagnostics, with, cancellation).ConfigureAwait(false) is not { } rewritten)
        {
            return null;
        }

        var text = await rewritten.GetTextAsync(cancellation).ConfigureAwait(false);
        var isWhole = soFar is null && !file.HasDirectives;
        if ((isWhole ? text : TextMerge.Merge(file.Text, soFar ?? file.Text, text)) is { } merged
            && await CompilesAsync(file, merged, cancellation).ConfigureAwait(false))
        {
            return merged;
        }

        if (diagnostics.Length == 1)
        {
            return null;
        }

        var good = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var diagnostic in diagnostics)
        {
            var only = ImmutableArray.Create(diagnostic);
            if (await FixInAsync(document, file, only, soFar, with, cancellation).ConfigureAwait(false) is not null)
            {
                good.Add(diagnostic);
            }
        }

        return good.Count < diagnostics.Length
            ? await FixInAsync(document, file, good.ToImmutable(), soFar, with, cancellation).ConfigureAwait(false)
            : null;
    }

    private static async Task<bool> CompilesAsync(LinkedDocuments file, SourceText text, CancellationToken cancellation)
    {
        foreach (var document in file.Documents)
        {
            if (await CompileCheck.HasNewErrorsAsync(document, document.WithText(text), cancellation).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<Document?> RewriteAndFormatAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation)
        => await FailedFix.OrNothingAsync(async ()
            => await RewriteAsync(document, diagnostics, with, cancellation).ConfigureAwait(false) is { } rewritten
                ? await FileLayout.ApplyAsync(document, rewritten, cancellation).ConfigureAwait(false)
                : null).ConfigureAwait(false);

    /// <summary>Fixes as many of the diagnostics as possible.</summary>
    /// <returns>The changed document; null when there is no correct edit for any of the diagnostics.</returns>
    private protected abstract Task<Document?> RewriteAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, FixWith with, CancellationToken cancellation);

    /// <summary>Fixes file by file, with all linked documents of a file at once, which Roslyn's own provider does not do.</summary>
    private sealed class AllFiles(TraceCodeFix fix) : DeferredFixAll(fix.Title)
    {
        protected override async Task<Solution> FixAsync(FixAllContext context)
        {
            var with = context.CodeActionEquivalenceKey == fix.HelperAction?.EquivalenceKey ? FixWith.HelperOrCode : FixWith.Code;
            var (solution, changed) = (context.Solution, context.Solution);
            var reported = (await FixAllDiagnostics.OfAsync(context).ConfigureAwait(false))
                .Where(diagnostic => solution.GetDocument(diagnostic.Location.SourceTree) is not null)
                .ToLookup(diagnostic => solution.GetDocument(diagnostic.Location.SourceTree)!.Id);
            var done = new HashSet<DocumentId>();
            foreach (var id in reported.Select(static same => same.Key).Where(done.Add))
            {
                var document = solution.GetDocument(id)!;
                if (await LinkedDocuments.OfAsync(document, context.CancellationToken).ConfigureAwait(false) is not { } file)
                {
                    continue;
                }

                var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
                foreach (var linked in file.Documents.Select(static linked => linked.Id))
                {
                    done.Add(linked);
                    var here = reported.Contains(linked)
                        ? reported[linked]
                        : await context.GetDocumentDiagnosticsAsync(solution.GetDocument(linked)!).ConfigureAwait(false);
                    diagnostics.AddRange(await file.TranslateAsync(here, linked, context.CancellationToken).ConfigureAwait(false));
                }

                if (await fix.FixAsync(file, diagnostics.ToImmutable(), with, context.CancellationToken).ConfigureAwait(false) is { } text)
                {
                    changed = file.WithText(text, changed);
                }
            }

            return changed;
        }
    }
}

/// <summary>The code that a fix inserts.</summary>
internal enum FixWith
{
    /// <summary>Code that calls the propagator.</summary>
    Code,

    /// <summary>A call of a helper of the project.</summary>
    Helper,

    /// <summary>A call of a helper where one is accessible, code elsewhere; for Fix All.</summary>
    HelperOrCode,
}

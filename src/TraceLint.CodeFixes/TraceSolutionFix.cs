using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Editing;

namespace TraceLint;

/// <summary>
/// The base of fixes that edit several documents at once. As in <see cref="TraceCodeFix"/>, equivalence keys are constant, a single
/// diagnostic is fixed in the same way as all of them, and a file that belongs to several projects or target frameworks gets one text,
/// which compiles in all of them.
/// </summary>
public abstract class TraceSolutionFix : CodeFixProvider
{
    /// <summary>The title of the action.</summary>
    private protected abstract string Title { get; }

    /// <summary>The rule id and the action, by which Fix All groups. Not the title, which may be reworded.</summary>
    private protected abstract string EquivalenceKey { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new AllAtOnce(this);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            var solution = context.Document.Project.Solution;
            var one = ImmutableArray.Create(diagnostic);
            if (await FixAsync(solution, one, context.CancellationToken).ConfigureAwait(false) is { } rewritten)
            {
                context.RegisterCodeFix(CodeAction.Create(Title, _ => Task.FromResult<Solution>(rewritten), EquivalenceKey), diagnostic);
            }
        }
    }

    /// <summary>Fixes as many of the diagnostics as possible.</summary>
    /// <returns>The changed solution, with the same documents; null when there is no correct edit for any of the diagnostics.</returns>
    private protected abstract Task<Solution?> RewriteAsync(
        Solution solution, IReadOnlyList<Diagnostic> diagnostics, CancellationToken cancellation);

    // The rewritten solution, with the layout of each file kept; null when nothing can be fixed or the fix fails.
    private Task<Solution?> RewriteInShapeAsync(Solution solution, IReadOnlyList<Diagnostic> diagnostics, CancellationToken cancellation)
        => FailedFix.OrNothingAsync(async () => await RewriteAsync(solution, diagnostics, cancellation).ConfigureAwait(false) is { } changed
            ? await LaidOutAsync(solution, changed, cancellation).ConfigureAwait(false)
            : null);

    private static async Task<Solution> LaidOutAsync(Solution solution, Solution rewritten, CancellationToken cancellation)
    {
        var changed = rewritten.GetChanges(solution).GetProjectChanges().SelectMany(static project => project.GetChangedDocuments());
        foreach (var id in changed.ToList())
        {
            var (before, after) = (solution.GetDocument(id)!, rewritten.GetDocument(id)!);
            var document = await FileLayout.ApplyAsync(before, after, cancellation).ConfigureAwait(false);
            rewritten = rewritten.WithDocumentText(id, await document.GetTextAsync(cancellation).ConfigureAwait(false));
        }

        return rewritten;
    }

    private async Task<Solution?> FixAsync(Solution solution, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var (turns, turn) = (1, 0);
        for (; turn < turns; turn++)
        {
            var moved = new Dictionary<(string, string?, TextSpan), Diagnostic>();
            foreach (var diagnostic in diagnostics)
            {
                if (solution.GetDocument(diagnostic.Location.SourceTree) is { } document
                    && await LinkedDocuments.OfAsync(document, cancellation).ConfigureAwait(false) is { AreEqual: true } file)
                {
                    turns = Math.Max(turns, file.Documents.Length);
                    var project = file.Documents[Math.Min(turn, file.Documents.Length - 1)].Project;
                    if (await LinkedDocuments.MoveAsync(diagnostic, project, cancellation).ConfigureAwait(false) is { } inProject)
                    {
                        moved[(diagnostic.Id, document.FilePath, diagnostic.Location.SourceSpan)] = inProject;
                    }
                }
            }

            if (moved.Count > 0
                && await RewriteInShapeAsync(solution, [.. moved.Values], cancellation).ConfigureAwait(false) is { } rewritten
                && await LinkedDocuments.SpreadAsync(rewritten, solution, cancellation).ConfigureAwait(false) is { } spread)
            {
                return spread;
            }
        }

        // A diagnostic whose fix does not compile must not prevent the fix of the others.
        var good = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var diagnostic in diagnostics.Length > 1 ? diagnostics : ImmutableArray<Diagnostic>.Empty)
        {
            if (await FixAsync(solution, ImmutableArray.Create(diagnostic), cancellation).ConfigureAwait(false) is not null)
            {
                good.Add(diagnostic);
            }
        }

        return good.Count > 0 && good.Count < diagnostics.Length
            ? await FixAsync(solution, good.ToImmutable(), cancellation).ConfigureAwait(false)
            : null;
    }

    private sealed class AllAtOnce(TraceSolutionFix fix) : DeferredFixAll(fix.Title)
    {
        protected override async Task<Solution> FixAsync(FixAllContext context)
        {
            var diagnostics = await FixAllDiagnostics.OfAsync(context).ConfigureAwait(false);
            return await fix.FixAsync(context.Solution, diagnostics, context.CancellationToken).ConfigureAwait(false) ?? context.Solution;
        }
    }
}

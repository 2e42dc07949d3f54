using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using TraceLint.Editing;

namespace TraceLint;

/// <summary>
/// The base of fixes whose edits belong together and stand in more than one document. As with <see cref="TraceCodeFix"/>,
/// the keys are constant, and one diagnostic is mended in the way in which all of them are.
/// </summary>
public abstract class TraceSolutionFix : CodeFixProvider
{
    /// <summary>What the user picks.</summary>
    private protected abstract string Title { get; }

    /// <summary>Rule id and action: what Fix All groups by. Never the title, which may be reworded.</summary>
    private protected abstract string EquivalenceKey { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new AllAtOnce(this);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await ActionAsync(context.Document.Project.Solution, [diagnostic], context.CancellationToken).ConfigureAwait(false) is { } action)
            {
                context.RegisterCodeFix(action, diagnostic);
            }
        }
    }

    /// <summary>Mends what can be mended.</summary>
    /// <returns>The changed solution, without documents more or less; null when no correct edit exists for any of the diagnostics.</returns>
    private protected abstract Task<Solution?> MendAsync(Solution solution, IReadOnlyList<Diagnostic> diagnostics, CancellationToken cancellation);

    private async Task<CodeAction?> ActionAsync(Solution solution, IReadOnlyList<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var mended = await FailedFix.OrNothingAsync(async () => await MendAsync(solution, diagnostics, cancellation).ConfigureAwait(false) is { } changed
            ? await LaidOutAsync(solution, changed, cancellation).ConfigureAwait(false)
            : null).ConfigureAwait(false);
        return mended is null ? null : CodeAction.Create(Title, _ => Task.FromResult(mended), EquivalenceKey);
    }

    private static async Task<Solution> LaidOutAsync(Solution solution, Solution mended, CancellationToken cancellation)
    {
        foreach (var id in mended.GetChanges(solution).GetProjectChanges().SelectMany(static project => project.GetChangedDocuments()).ToList())
        {
            var document = await FileLayout.ApplyAsync(solution.GetDocument(id)!, mended.GetDocument(id)!, cancellation).ConfigureAwait(false);
            mended = mended.WithDocumentText(id, await document.GetTextAsync(cancellation).ConfigureAwait(false));
        }

        return mended;
    }

    private sealed class AllAtOnce(TraceSolutionFix fix) : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
            => await fix.ActionAsync(context.Solution, await DiagnosticsOf(context).ConfigureAwait(false), context.CancellationToken).ConfigureAwait(false);

        private static async Task<IReadOnlyList<Diagnostic>> DiagnosticsOf(FixAllContext context)
        {
            switch (context.Scope)
            {
                case FixAllScope.Document when context.Document is { } document:
                    return await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);
                case FixAllScope.Project:
                    return await context.GetAllDiagnosticsAsync(context.Project).ConfigureAwait(false);
                default:
                    var all = ImmutableArray.CreateBuilder<Diagnostic>();
                    foreach (var project in context.Solution.Projects)
                    {
                        all.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
                    }

                    return all.ToImmutable();
            }
        }
    }
}

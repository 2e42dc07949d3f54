using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace TraceLint.Editing;

/// <summary>
/// A Fix All whose edit is computed when the action is applied: <c>dotnet format</c> asks for one per project and warns about each null.
/// </summary>
/// <param name="title">The title of the action.</param>
internal abstract class DeferredFixAll(string title) : FixAllProvider
{
    public sealed override Task<CodeAction?> GetFixAsync(FixAllContext context)
        => Task.FromResult<CodeAction?>(CodeAction.Create(
            title, cancellation => FixAsync(context.WithCancellationToken(cancellation)), context.CodeActionEquivalenceKey));

    /// <summary>Fixes everything in the scope.</summary>
    /// <returns>The changed solution; the same one when nothing can be fixed.</returns>
    protected abstract Task<Solution> FixAsync(FixAllContext context);
}

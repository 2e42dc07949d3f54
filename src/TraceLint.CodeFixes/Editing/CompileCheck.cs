using Microsoft.CodeAnalysis;

namespace TraceLint.Editing;

/// <summary>Checks that the result of a fix compiles. A fix is not offered if it does not, whatever the fix has overlooked.</summary>
internal static class CompileCheck
{
    /// <summary>Whether a changed document has errors that it did not have before.</summary>
    public static async Task<bool> HasNewErrorsAsync(Document before, Document after, CancellationToken cancellation)
    {
        var errors = await ErrorsAsync(after, cancellation).ConfigureAwait(false);
        if (errors.Count == 0)
        {
            return false;
        }

        var old = await ErrorsAsync(before, cancellation).ConfigureAwait(false);
        return errors.Any(error => !old.TryGetValue(error.Key, out var count) || error.Value > count);
    }

    /// <summary>The number of errors and nullable warnings, by which a fix chooses between two texts.</summary>
    public static int ErrorsAndNullWarnings(SemanticModel model, Microsoft.CodeAnalysis.Text.TextSpan? span, CancellationToken cancellation)
        => model.GetDiagnostics(span, cancellation).Count(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Error
            || diagnostic.Id.StartsWith("CS86", StringComparison.Ordinal) || diagnostic.Id.StartsWith("CS87", StringComparison.Ordinal));

    // Includes warnings that the project treats as errors.
    private static async Task<Dictionary<string, int>> ErrorsAsync(Document document, CancellationToken cancellation)
        => await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is { } model
            ? model.GetDiagnostics(cancellationToken: cancellation)
                .Where(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Error)
                .GroupBy(static diagnostic => diagnostic.Id)
                .ToDictionary(static same => same.Key, static same => same.Count())
            : [];
}

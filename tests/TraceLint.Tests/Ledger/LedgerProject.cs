using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Tests.Catalog;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Ledger;

/// <summary>A project and what all rules together say about it.</summary>
/// <param name="Compilation">The project.</param>
/// <param name="Setup">Its settings; null when it has none.</param>
/// <param name="NameOf">What a file of the project is called in the ledger.</param>
internal sealed record LedgerProject(CSharpCompilation Compilation, Setup? Setup, Func<string, string> NameOf)
{
    /// <summary>
    /// One line a diagnostic: the place, the rule and its message, the evidence, and the fixes that are offered. There is one for a rule
    /// that throws, too.
    /// </summary>
    public async Task<IReadOnlyList<string>> LinesAsync()
    {
        try
        {
            return await LinesOfAsync(CodeProject.Of(Compilation, Setup));
        }
        catch (RuleException exception)
        {
            return [$"{NameOf(Compilation.SyntaxTrees[0].FilePath)}: a rule throws {exception.InnerException!.GetType().Name}"];
        }
    }

    private async Task<IReadOnlyList<string>> LinesOfAsync(Project project)
    {
        var diagnostics = await Analysis.RunAsync((await project.GetCompilationAsync())!, project.AnalyzerOptions);
        var lines = new List<string>();
        foreach (var diagnostic in diagnostics)
        {
            var evidence = diagnostic.AdditionalLocations.Select(location => $"see {Place(location, diagnostic.Location)}");
            var fixes = (await FixesAsync(project, diagnostic)).Select(static title => $"fix: {title}");
            var report = $"{Place(diagnostic.Location, null)}: {diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
            lines.Add(string.Join(" | ", [report, .. evidence, .. fixes]));
        }

        return lines;
    }

    private static async Task<IReadOnlyList<string>> FixesAsync(Project project, Diagnostic diagnostic)
    {
        var titles = new List<string>();
        if (project.GetDocument(diagnostic.Location.SourceTree) is { } document)
        {
            foreach (var fix in RuleCatalog.Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                var offers = new CodeFixContext(document, diagnostic, (action, _) => titles.Add(action.Title), CancellationToken.None);
                await fix.RegisterCodeFixesAsync(offers);
            }
        }

        return titles;
    }

    // Evidence in the same file is told by its line alone.
    private string Place(Location location, Location? beside)
    {
        var place = location.GetLineSpan();
        var start = $"{place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1}";
        return place.Path == beside?.GetLineSpan().Path ? start : $"{(place.Path is { Length: > 0 } path ? NameOf(path) : "")}({start})";
    }
}

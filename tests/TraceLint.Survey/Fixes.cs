using System.Collections.Immutable;
using System.Globalization;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Survey;

/// <summary>What fixing one document led to.</summary>
/// <param name="Document">The document as it was.</param>
/// <param name="Ids">The rules that reported there and have a fixer.</param>
/// <param name="Titles">The actions that were applied, in order.</param>
/// <param name="Changes">The changed lines by document, usually of this one alone.</param>
/// <param name="NewErrors">Compile errors that the code did not have before.</param>
/// <param name="NewWarnings">Compiler warnings that it did not have before, and mixed line endings.</param>
/// <param name="Remaining">What these rules still report in the document.</param>
internal sealed record FixResult(
    Document Document,
    IReadOnlyList<string> Ids,
    IReadOnlyList<string> Titles,
    IReadOnlyList<(string Path, IReadOnlyList<string> Hunks)> Changes,
    IReadOnlyList<string> NewErrors,
    IReadOnlyList<string> NewWarnings,
    IReadOnlyList<Diagnostic> Remaining);

/// <summary>
/// Applies fixes in memory, each document on its own, the way dotnet format does: the first action that is offered, to the
/// whole document where its fixer has a Fix All.
/// </summary>
internal sealed class Fixes(Rules rules, Report report)
{
    private const int ContextLines = 2;

    private readonly HashSet<string> _fixed = [];

    private ImmutableArray<DiagnosticAnalyzer> Analyzers => rules.Analyzers;

    public async Task ApplyAsync(Project project, IReadOnlyCollection<Diagnostic> diagnostics)
    {
        foreach (var inFile in diagnostics.Where(HasFixer).GroupBy(diagnostic => diagnostic.Location.SourceTree).OrderBy(inFile => inFile.Key?.FilePath, StringComparer.Ordinal))
        {
            // A file may be compiled in several projects.
            if (project.GetDocument(inFile.Key) is not { } document || !_fixed.Add(document.FilePath!))
                continue;

            try
            {
                report.PrintFix(await FixAsync(document, [.. inFile.Select(diagnostic => diagnostic.Id).Distinct().Order(StringComparer.Ordinal)]));
            }
            catch (Exception exception)
            {
                report.Failure($"fixing {document.FilePath} threw {exception}");
            }
        }
    }

    private bool HasFixer(Diagnostic diagnostic) => rules.Fixers.Any(fixer => fixer.FixableDiagnosticIds.Contains(diagnostic.Id));

    private async Task<FixResult> FixAsync(Document document, IReadOnlyList<string> ids)
    {
        var titles = new List<string>();
        var applied = new HashSet<(CodeFixProvider, string, int)>();
        var fixedDocument = document;
        while (await NextAsync(fixedDocument, ids, applied) is { } next)
        {
            titles.Add(next.Title);
            fixedDocument = next.Solution.GetDocument(document.Id)
                ?? throw new InvalidOperationException($"'{next.Title}' takes the document away.");
        }

        var before = document.Project.Solution;
        var after = fixedDocument.Project.Solution;
        var changes = new List<(string, IReadOnlyList<string>)>();
        var newErrors = new List<string>();
        var newWarnings = new List<string>();
        foreach (var projectChanges in after.GetChanges(before).GetProjectChanges())
        {
            newErrors.AddRange(projectChanges.GetAddedDocuments().Concat(projectChanges.GetRemovedDocuments())
                .Select(changed => $"document {changed} is added or removed, which dotnet format loses"));
            foreach (var id in projectChanges.GetChangedDocuments())
            {
                var (oldDocument, newDocument) = (before.GetDocument(id)!, after.GetDocument(id)!);
                changes.Add((oldDocument.FilePath!, await DiffAsync(oldDocument, newDocument)));
                newErrors.AddRange(await NewDiagnosticsAsync(oldDocument, newDocument, DiagnosticSeverity.Error));
                newWarnings.AddRange(await NewDiagnosticsAsync(oldDocument, newDocument, DiagnosticSeverity.Warning));
                if (LineEndings(await newDocument.GetTextAsync()) > LineEndings(await oldDocument.GetTextAsync()))
                    newWarnings.Add("lines end in different ways");
            }
        }

        return new FixResult(document, ids, titles, changes, newErrors, newWarnings, await AnalyzeAsync(fixedDocument, ids));
    }

    /// <summary>
    /// The first action that is offered in the document, carried out. A Fix All is carried out once; without one, an action
    /// may come again as long as it leaves less to fix each time.
    /// </summary>
    private async Task<(Solution Solution, string Title)?> NextAsync(Document document, IReadOnlyList<string> ids, HashSet<(CodeFixProvider, string, int)> applied)
    {
        var diagnostics = await AnalyzeAsync(document, ids);
        foreach (var fixer in rules.Fixers)
        {
            foreach (var diagnostic in diagnostics.Where(diagnostic => fixer.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                if (await FirstActionAsync(fixer, document, diagnostic) is not { } action)
                    continue;

                var fixAll = await FixAllAsync(fixer, document, diagnostic, action);
                if (!applied.Add((fixer, action.EquivalenceKey ?? action.Title, fixAll is null ? diagnostics.Length : 0)))
                    continue;
                if (await CarryOutAsync(fixAll ?? action) is { } solution)
                    return (solution, action.Title);
                report.Failure($"'{action.Title}' changes nothing in {document.FilePath}");
            }
        }

        return null;
    }

    private async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Document document, IReadOnlyList<string> ids) =>
        [.. (await Analysis.AnalyzeAsync(document, Analyzers, AnalyzerFailure))
            .Where(diagnostic => ids.Contains(diagnostic.Id))
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan)];

    private static async Task<CodeAction?> FirstActionAsync(CodeFixProvider fixer, Document document, Diagnostic diagnostic)
    {
        CodeAction? first = null;
        await fixer.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => first ??= action, CancellationToken.None));
        while (first is { NestedActions: [var nested, ..] })
            first = nested;
        return first;
    }

    private async Task<CodeAction?> FixAllAsync(CodeFixProvider fixer, Document document, Diagnostic diagnostic, CodeAction action)
    {
        if (fixer.GetFixAllProvider() is not { } provider || !provider.GetSupportedFixAllScopes().Contains(FixAllScope.Document))
            return null;

        return await provider.GetFixAsync(new FixAllContext(
            document, fixer, FixAllScope.Document, action.EquivalenceKey, [diagnostic.Id], new Diagnostics(this), CancellationToken.None));
    }

    private static async Task<Solution?> CarryOutAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        return operations.OfType<ApplyChangesOperation>().SingleOrDefault()?.ChangedSolution;
    }

    private static async Task<IReadOnlyList<string>> DiffAsync(Document before, Document after)
    {
        var diff = InlineDiffBuilder.Diff((await before.GetTextAsync()).ToString(), (await after.GetTextAsync()).ToString(), ignoreWhiteSpace: false);
        var lines = new List<string>();
        var lastPrinted = -1;
        for (var i = 0; i < diff.Lines.Count; i++)
        {
            if (!diff.Lines.Skip(i - ContextLines).Take(Math.Min(i, ContextLines) + 1 + ContextLines).Any(line => line.Type != ChangeType.Unchanged))
                continue;
            if (lastPrinted != i - 1 || lines.Count == 0)
                lines.Add($"@@ {diff.Lines[i].Position?.ToString(CultureInfo.InvariantCulture) ?? "-"}");

            lines.Add(diff.Lines[i].Type switch
            {
                ChangeType.Inserted => "+" + diff.Lines[i].Text,
                ChangeType.Deleted => "-" + diff.Lines[i].Text,
                _ => " " + diff.Lines[i].Text,
            });
            lastPrinted = i;
        }

        return lines;
    }

    private static int LineEndings(SourceText text) =>
        text.Lines.Select(line => text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak))).Where(ending => ending.Length > 0).Distinct().Count();

    /// <summary>What the compiler says of the code now and did not say before, wherever in the document it was.</summary>
    private static async Task<IEnumerable<string>> NewDiagnosticsAsync(Document before, Document after, DiagnosticSeverity severity)
    {
        var old = (await DiagnosticsAsync(before, severity)).GroupBy(Text).ToDictionary(same => same.Key, same => same.Count());
        return (await DiagnosticsAsync(after, severity)).GroupBy(Text)
            .Where(same => same.Count() > old.GetValueOrDefault(same.Key))
            .Select(same => $"{same.Key} (line {same.First().Location.GetLineSpan().StartLinePosition.Line + 1} of the result)");

        static string Text(Diagnostic diagnostic) => $"{diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";
    }

    private static async Task<IEnumerable<Diagnostic>> DiagnosticsAsync(Document document, DiagnosticSeverity severity) =>
        (await document.GetSemanticModelAsync())!.GetDiagnostics().Where(diagnostic => diagnostic.Severity == severity);

    private void AnalyzerFailure(Exception exception, DiagnosticAnalyzer analyzer) => report.AnalyzerFailure(exception, analyzer);

    /// <summary>Tells a Fix All what is to be fixed in the document at hand.</summary>
    private sealed class Diagnostics(Fixes fixes) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            await Analysis.AnalyzeAsync(document, fixes.Analyzers, fixes.AnalyzerFailure);

        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await Analysis.Start(project, (await project.GetCompilationAsync(cancellationToken))!, fixes.Analyzers, fixes.AnalyzerFailure)
                .GetAnalyzerDiagnosticsAsync(cancellationToken);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}

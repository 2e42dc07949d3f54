using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Host;
using TraceLint.Rules;
using TraceLint.Tests.Catalog;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Robustness.Linked;

/// <summary>
/// A project with several target frameworks, as a workspace shows it: one project each, and the same files in all of them. The first
/// one defines FRAMEWORK0, the next one FRAMEWORK1.
/// </summary>
internal sealed class LinkedProjects
{
    private readonly DiagnosticAnalyzer _rule;
    private readonly CodeFixProvider _fix;

    private LinkedProjects(Solution solution, DiagnosticAnalyzer rule, CodeFixProvider fix) => (Solution, _rule, _fix) = (solution, rule, fix);

    public Solution Solution { get; }

    public IEnumerable<Project> Projects => Solution.Projects;

    public static LinkedProjects Create<TRule, TFix>(string source, params Setup[] setups)
        where TRule : Rule, new()
        where TFix : CodeFixProvider, new()
        => Create(new TraceLintAnalyzer([new TRule()]), new TFix(), source, setups);

    public static LinkedProjects Create(DiagnosticAnalyzer rule, CodeFixProvider fix, string source, params Setup[] setups)
    {
        var workspace = new AdhocWorkspace();
        var solution = workspace.CurrentSolution;
        for (var i = 0; i < setups.Length; i++)
        {
            var (setup, project) = (setups[i], ProjectId.CreateNewId());
            solution = solution.AddProject(ProjectInfo.Create(
                project,
                VersionStamp.Default,
                $"Code(framework{i})",
                setup.Assembly,
                LanguageNames.CSharp,
                "/src/Code.csproj",
                compilationOptions: new CSharpCompilationOptions(
                    setup.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                    allowUnsafe: true,
                    specificDiagnosticOptions: RuleCatalog.OffByDefault,
                    nullableContextOptions: setup.Nullable ? NullableContextOptions.Enable : NullableContextOptions.Disable),
                parseOptions: new CSharpParseOptions(setup.Language, preprocessorSymbols: [$"FRAMEWORK{i}"]),
                metadataReferences: setup.References));
            foreach (var (name, text) in setup.MoreFiles.Prepend(("Code.cs", source)))
            {
                solution = solution.AddDocument(DocumentId.CreateNewId(project), name, SourceText.From(text), filePath: "/src/" + name);
            }

            if (setup.Config.Length > 0)
            {
                solution = solution.AddAnalyzerConfigDocument(
                    DocumentId.CreateNewId(project), ".globalconfig", SourceText.From($"is_global = true\n{setup.Config}"), filePath: "/src/.globalconfig");
            }

            if (setup.EditorConfig.Length > 0)
            {
                solution = solution.AddAnalyzerConfigDocument(
                    DocumentId.CreateNewId(project), ".editorconfig", SourceText.From($"root = true\n{setup.EditorConfig}"), filePath: "/src/.editorconfig");
            }

            if (setup.Declarations.Length > 0)
            {
                solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(project), "TraceLint.Test.txt", SourceText.From(setup.Declarations), filePath: "/src/TraceLint.Test.txt");
            }
        }

        Assert.True(workspace.TryApplyChanges(solution));
        return new(workspace.CurrentSolution, rule, fix);
    }

    /// <summary>The text of all files, where each project has the same.</summary>
    public string Text => Assert.Single(Projects.Select(TextOf).Distinct());

    /// <summary>The errors that the compiler reports in all projects.</summary>
    public async Task<IReadOnlyList<string>> ErrorsAsync()
    {
        var errors = new List<string>();
        foreach (var project in Projects)
        {
            var all = (await project.GetCompilationAsync())!.GetDiagnostics();
            errors.AddRange(all.Where(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Error).Select(error => $"{project.Name}: {error}"));
        }

        return errors;
    }

    /// <summary>What the rule reports, project by project.</summary>
    public async Task<IReadOnlyList<(Project Project, ImmutableArray<Diagnostic> Reported)>> AnalyzeAsync()
    {
        var reported = new List<(Project, ImmutableArray<Diagnostic>)>();
        foreach (var project in Projects)
        {
            var all = await (await project.GetCompilationAsync())!.WithAnalyzers([_rule], project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync();
            reported.Add((project, [.. all.Where(diagnostic => _fix.FixableDiagnosticIds.Contains(diagnostic.Id) && diagnostic.Location.IsInSource).OrderBy(static diagnostic => diagnostic.Location.SourceSpan)]));
        }

        return reported;
    }

    public async Task<int> CountReportedAsync() => (await AnalyzeAsync()).Sum(static project => project.Reported.Length);

    /// <summary>
    /// What Fix All in the solution leaves on the disk, as <c>dotnet format</c> runs it: it must not depend on the project that asks, and what it
    /// writes to the documents of one file must not differ.
    /// </summary>
    public async Task<LinkedProjects> FixAllAsync()
    {
        var fixes = new List<LinkedProjects>();
        foreach (var project in Projects)
        {
            fixes.Add(await FixAllAsync(project) is { } action ? new(await SavedAsync(action), _rule, _fix) : this);
        }

        _ = Assert.Single(fixes.Select(static fix => fix.Text).Distinct());
        return fixes[0];
    }

    /// <summary>What Fix All in the solution makes of the files of each project, before they are saved.</summary>
    public async Task<IReadOnlyList<string>> TextsAfterFixAllAsync()
        => [.. (await ChangedAsync((await FixAllAsync(Projects.First()))!)).Projects.Select(TextOf)];

    /// <summary>The same with another text in one of the projects: what a tool has before it saves what another fix has changed.</summary>
    public LinkedProjects Change(int project, Func<string, string> change)
    {
        var document = Projects.ElementAt(project).Documents.First();
        return new(Solution.WithDocumentText(document.Id, SourceText.From(change($"{document.GetTextAsync().Result}"))), _rule, _fix);
    }

    private async Task<CodeAction?> FixAllAsync(Project project)
    {
        var reported = (await AnalyzeAsync()).ToDictionary(static project => project.Project.Id, static project => project.Reported);
        return await _fix.GetFixAllProvider()!.GetFixAsync(new FixAllContext(
            project.Documents.First(), _fix, FixAllScope.Solution, (string)Catalog.RuleCatalog.Property(_fix, "EquivalenceKey"), _fix.FixableDiagnosticIds, new Known(reported), CancellationToken.None));
    }

    /// <summary>What is offered for the first diagnostic of each project: title and text of all files, which must be the same in all documents.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<(string Title, string Text)>>> OfferedAsync()
    {
        var offered = new List<IReadOnlyList<(string, string)>>();
        foreach (var (project, reported) in await AnalyzeAsync())
        {
            if (reported is [var first, ..])
            {
                var actions = new List<CodeAction>();
                await _fix.RegisterCodeFixesAsync(new CodeFixContext(project.GetDocument(first.Location.SourceTree)!, first, (action, _) => actions.Add(action), CancellationToken.None));
                var fixes = new List<(string, string)>();
                foreach (var action in actions)
                {
                    fixes.Add((action.Title, new LinkedProjects(await ChangedAsync(action), _rule, _fix).Text));
                }

                offered.Add(fixes);
            }
        }

        return offered;
    }

    private static async Task<Solution> ChangedAsync(CodeAction action)
        => (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    private static string TextOf(Project project)
        => string.Concat(project.Documents.OrderBy(static document => document.Name).Select(static document => $"{document.GetTextAsync().Result}\n"));

    // A document of a file that only others were changed of has their text as soon as they are saved.
    private async Task<Solution> SavedAsync(CodeAction action)
    {
        var changed = await ChangedAsync(action);
        var saved = changed;
        foreach (var file in changed.Projects.SelectMany(static project => project.Documents).GroupBy(static document => document.FilePath))
        {
            var texts = new HashSet<string>();
            foreach (var document in file)
            {
                var text = (await document.GetTextAsync()).ToString();
                if (text != (await Solution.GetDocument(document.Id)!.GetTextAsync()).ToString())
                {
                    texts.Add(text);
                }
            }

            Assert.InRange(texts.Count, 0, 1);
            foreach (var document in file.Where(_ => texts.Count == 1))
            {
                saved = saved.WithDocumentText(document.Id, SourceText.From(texts.Single()));
            }
        }

        return saved;
    }

    private sealed class Known(Dictionary<ProjectId, ImmutableArray<Diagnostic>> reported) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>(reported[project.Id]);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
            => Task.FromResult(reported[document.Project.Id].Where(diagnostic => document.Project.Solution.GetDocument(diagnostic.Location.SourceTree)?.Id == document.Id));

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Host;
using TraceLint.Tests.Catalog;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Robustness.Containers;

/// <summary>Runs all rules and all fixes over programs in containers, counts them, and notes every exception and every fix that breaks code.</summary>
/// <param name="fixesEverything">Whether every diagnostic is fixed, or one for each fix and compilation.</param>
internal sealed class ContainerRun(bool fixesEverything)
{
    private static readonly ImmutableDictionary<string, ReportDiagnostic> s_allRules
        = RuleCatalog.Descriptors.ToImmutableDictionary(static descriptor => descriptor.Id, static descriptor => ReportDiagnostic.Warn);

    private readonly ConcurrentDictionary<string, (int Programs, int Compiled)> _containers = new();
    private int _reported;
    private int _fixed;

    /// <summary>What went wrong, with the name of the program.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();

    public IReadOnlyDictionary<string, (int Programs, int Compiled)> Containers => _containers;

    public int Programs => _containers.Values.Sum(static one => one.Programs);

    /// <summary>The programs that have no compile error.</summary>
    public int Compiled => _containers.Values.Sum(static one => one.Compiled);

    public int Reported => _reported;

    public int Fixed => _fixed;

    /// <summary>Puts a program into containers and analyzes all of these in one compilation; a program with settings in one each.</summary>
    /// <param name="containers">One or two for each file: the outer one and what is inside.</param>
    public async Task WrapAsync(Snippet snippet, IReadOnlyList<(Container Outer, Container? Inner)> containers)
    {
        var options = new CSharpParseOptions(snippet.Setup.Language);
        var isAlone = snippet.Setup.Declarations.Length > 0 || snippet.Setup.Config.Length > 0;
        var files = new List<(string Name, string Source)>();
        for (var i = 0; i < containers.Count; i++)
        {
            var (outer, inner) = containers[i];
            var name = isAlone ? null : $"Wrapped{i}";
            files.Add((inner is null ? outer.Name : $"{outer.Name} + {inner.Name}", inner is null
                ? ContainerRewriter.Wrap(snippet.Source, outer, name, options)
                : ContainerRewriter.Wrap(snippet.Source, outer, inner, name, options)));
            files.AddRange(snippet.Setup.MoreFiles.Select(file => ("", ContainerRewriter.Beside(file.Source, name, options))));
            if (isAlone)
            {
                await RunAsync(snippet, files, OutputKind.DynamicallyLinkedLibrary);
                files.Clear();
            }
        }

        if (files.Count > 0)
        {
            await RunAsync(snippet, files, OutputKind.DynamicallyLinkedLibrary);
        }
    }

    /// <summary>Makes a program with top-level statements of it and analyzes that.</summary>
    public Task WrapInProgramAsync(Snippet snippet)
    {
        var options = new CSharpParseOptions(snippet.Setup.Language);
        return RunAsync(snippet, [("program", ContainerRewriter.Program(snippet.Source, options)), .. snippet.Setup.MoreFiles.Select(static file => ("", file.Source))], OutputKind.ConsoleApplication);
    }

    private async Task RunAsync(Snippet snippet, IReadOnlyList<(string Container, string Source)> files, OutputKind kind)
    {
        try
        {
            using var workspace = new AdhocWorkspace();
            var project = ProjectOf(workspace, snippet.Setup, files.Select(static file => file.Source), kind);
            var compilation = (await project.GetCompilationAsync())!;
            var compiled = new HashSet<SyntaxTree>();
            foreach (var (document, container) in project.Documents.Zip(files))
            {
                var tree = (await document.GetSyntaxTreeAsync())!;
                if (container.Container.Length == 0)
                {
                    continue;
                }

                var isCompiled = ErrorsIn(compilation.GetSemanticModel(tree)).Count == 0;
                if (isCompiled)
                {
                    compiled.Add(tree);
                }

                _containers.AddOrUpdate(container.Container, _ => (1, isCompiled ? 1 : 0), (_, known) => (known.Programs + 1, known.Compiled + (isCompiled ? 1 : 0)));
            }

            var analysis = compilation.WithAnalyzers([new TraceLintAnalyzer()], new CompilationWithAnalyzersOptions(
                project.AnalyzerOptions, (exception, _, _) => Fail(snippet, files, exception.ToString()), concurrentAnalysis: false, logAnalyzerExecutionTime: false));
            var diagnostics = await analysis.GetAnalyzerDiagnosticsAsync();
            Interlocked.Add(ref _reported, diagnostics.Length);
            foreach (var diagnostic in diagnostics.Where(static diagnostic => diagnostic.Id == TL9002_RuleFailed.Descriptor.Id))
            {
                Fail(snippet, files, diagnostic.Properties[TL9002_RuleFailed.ExceptionProperty]!);
            }

            foreach (var fix in RuleCatalog.Fixes)
            {
                Diagnostic[] fixable = [.. diagnostics.Where(diagnostic => fix.FixableDiagnosticIds.Contains(diagnostic.Id) && diagnostic.Location.IsInSource)];
                foreach (var diagnostic in fixesEverything || fixable.Length < 2 ? fixable : [fixable[snippet.Source.Length % fixable.Length]])
                {
                    var tree = diagnostic.Location.SourceTree!;
                    await FixAsync(snippet, files, fix, project.GetDocument(tree)!, diagnostic, compiled.Contains(tree));
                }
            }
        }
        catch (Exception exception)
        {
            Fail(snippet, files, exception.ToString());
        }
    }

    private async Task FixAsync(
        Snippet snippet, IReadOnlyList<(string, string)> files, CodeFixProvider fix, Document document, Diagnostic diagnostic, bool isCompiled)
    {
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        foreach (var action in actions)
        {
            Interlocked.Increment(ref _fixed);
            var changed = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
            foreach (var id in changed.GetChanges(document.Project.Solution).GetProjectChanges().SelectMany(static project => project.GetChangedDocuments()))
            {
                var (before, after) = ((await document.Project.GetDocument(id)!.GetSyntaxTreeAsync())!, changed.GetDocument(id)!);
                List<Diagnostic> errors = isCompiled ? [.. ErrorsIn((await after.GetSemanticModelAsync())!)]
                    : before.GetDiagnostics().Any() ? []
                    : [.. (await after.GetSyntaxTreeAsync())!.GetDiagnostics()];
                if (errors.Count > 0)
                {
                    Fail(snippet, files, $"{fix.GetType().Name} breaks code: {string.Join("\n", errors)}\n{await after.GetTextAsync()}");
                }
            }
        }
    }

    private static List<Diagnostic> ErrorsIn(SemanticModel model) => [.. model.GetDiagnostics().Where(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Error)];

    private void Fail(Snippet snippet, IReadOnlyList<(string Container, string Source)> files, string problem)
        => Failures.Enqueue($"{snippet.Name} in {string.Join(", ", files.Select(static file => file.Container).Where(static name => name.Length > 0))}: {problem}");

    private static Project ProjectOf(AdhocWorkspace workspace, Setup setup, IEnumerable<string> context, OutputKind kind)
    {
        Analysis.Empty(setup.References);
        var id = ProjectId.CreateNewId();
        var documents = context.Select((source, index) => DocumentInfo.Create(
            DocumentId.CreateNewId(id), $"Test{index}.cs", loader: TextLoader.From(TextAndVersion.Create(SourceText.From(source), VersionStamp.Default)), filePath: $"/0/Test{index}.cs"));
        var compilation = new CSharpCompilationOptions(kind, nullableContextOptions: setup.Nullable ? NullableContextOptions.Enable : NullableContextOptions.Disable, concurrentBuild: false)
            .WithSpecificDiagnosticOptions(s_allRules);
        var solution = workspace.CurrentSolution.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, setup.Assembly, setup.Assembly, LanguageNames.CSharp, compilationOptions: compilation,
            parseOptions: new CSharpParseOptions(setup.Language), documents: documents, metadataReferences: setup.References));
        if (setup.Config.Length > 0)
        {
            solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), ".globalconfig", SourceText.From($"is_global = true\n{setup.Config}"), filePath: "/.globalconfig");
        }

        if (setup.EditorConfig.Length > 0)
        {
            solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), ".editorconfig", SourceText.From($"root = true\n{setup.EditorConfig}"), filePath: "/.editorconfig");
        }

        if (setup.Declarations.Length > 0)
        {
            solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(id), "TraceLint.Test.txt", SourceText.From(setup.Declarations), filePath: "/TraceLint.Test.txt");
        }

        return solution.GetProject(id)!;
    }
}

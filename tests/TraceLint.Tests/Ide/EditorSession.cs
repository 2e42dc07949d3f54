using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Host;
using TraceLint.Tests.Catalog;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Ide;

/// <summary>
/// A solution that is open in an editor. It is edited as an IDE edits it, and asked for what an IDE asks: the squiggles of a document
/// or of a part of it, the light bulb, its previews. One analyzer lives as long as the session; each snapshot is analyzed anew.
/// </summary>
internal sealed class EditorSession : IDisposable
{
    private const string EditorConfig = "/.editorconfig";
    private readonly Editor _workspace = new();
    private readonly TraceLintAnalyzer _analyzer = new();
    private readonly Stack<Solution> _undo = new();
    private Solution? _undone;

    public EditorSession(Setup setup, params IEnumerable<(string Name, string Text)> files)
        => Add("Service", setup, files);

    public Solution Solution => _workspace.CurrentSolution;

    /// <summary>Adds a project that other projects reference from then on.</summary>
    public void AddReferenced(string name, Setup setup, params IEnumerable<(string Name, string Text)> files)
    {
        var others = Solution.ProjectIds;
        var added = Add(name, setup, files);
        Apply(others.Aggregate(Solution, (solution, other) => solution.AddProjectReference(other, new ProjectReference(added))));
    }

    public Document Document(string name)
        => Solution.Projects.SelectMany(static project => project.Documents).Single(document => document.Name == name);

    public string Text(string name) => TextOf(Document(name)).ToString();

    public static SourceText TextOf(TextDocument document) => document.GetTextAsync().GetAwaiter().GetResult();

    /// <summary>Types a text, one character after the other.</summary>
    /// <param name="position">Where the first one goes.</param>
    /// <returns>What has been typed, after each character.</returns>
    public IEnumerable<string> Type(string name, int position, string text)
    {
        for (var length = 1; length <= text.Length; length++)
        {
            Change(name, new TextChange(new TextSpan(position + length - 1, 0), text.Substring(length - 1, 1)));
            yield return text[..length];
        }
    }

    /// <summary>Replaces a text that stands in the document once.</summary>
    public void Replace(string name, string old, string text)
    {
        var start = PositionOf(name, old);
        Assert.True(Text(name).IndexOf(old, start + 1, StringComparison.Ordinal) < 0, $"'{old}' stands there twice.");
        Change(name, new TextChange(new TextSpan(start, old.Length), text));
    }

    public void AddDocument(string name, string text)
        => Apply(Solution.AddDocument(
            DocumentId.CreateNewId(Solution.ProjectIds[0]), name, SourceText.From(text), filePath: "/" + name));

    public void RemoveDocument(string name) => Apply(Solution.RemoveDocument(Document(name).Id));

    /// <summary>Writes the .editorconfig of the first project.</summary>
    public void Configure(string text)
    {
        var project = Solution.Projects.First();
        var (id, content) = (project.AnalyzerConfigDocuments.FirstOrDefault()?.Id, SourceText.From("root = true\n" + text));
        Apply(id is null
            ? Solution.AddAnalyzerConfigDocument(
                DocumentId.CreateNewId(project.Id), ".editorconfig", content, filePath: EditorConfig)
            : Solution.WithAnalyzerConfigDocumentText(id, content));
    }

    /// <summary>Writes the declaration file of the first project.</summary>
    public void Declare(string text)
    {
        var project = Solution.Projects.First();
        var (id, content) = (project.AdditionalDocuments.FirstOrDefault()?.Id, SourceText.From(text));
        Apply(id is null
            ? Solution.AddAdditionalDocument(
                DocumentId.CreateNewId(project.Id), "TraceLint.OrderFlow.txt", content, filePath: "/TraceLint.OrderFlow.txt")
            : Solution.WithAdditionalDocumentText(id, content));
    }

    /// <summary>Takes back the last edit.</summary>
    public void Undo()
    {
        _undone = Solution;
        Show(_undo.Pop());
    }

    /// <summary>Makes the edit again that was taken back.</summary>
    public void Redo() => Apply(_undone!);

    public int PositionOf(string name, string text)
        => Text(name).IndexOf(text, StringComparison.Ordinal) is var position and >= 0
            ? position
            : throw new ArgumentException($"'{text}' does not stand in {name}.");

    /// <summary>The span of the only method of a name.</summary>
    public TextSpan SpanOf(string name, string method)
        => Document(name).GetSyntaxRootAsync().GetAwaiter().GetResult()!.DescendantNodes()
            .OfType<MethodDeclarationSyntax>().Single(one => one.Identifier.ValueText == method).FullSpan;

    /// <summary>A snapshot to ask; an IDE makes one for each version of a project.</summary>
    public async Task<Snapshot> SnapshotAsync(string name, AnalyzerOptions? options = null)
    {
        var project = Document(name).Project;
        return new Snapshot((await project.GetCompilationAsync())!, options ?? project.AnalyzerOptions, _analyzer);
    }

    /// <summary>The diagnostics of a document, or those that touch a part of it.</summary>
    public async Task<ImmutableArray<Diagnostic>> SquigglesAsync(string name, TextSpan? visible = null)
        => await (await SnapshotAsync(name)).SquigglesAsync((await Document(name).GetSyntaxTreeAsync())!, visible);

    /// <summary>The same as "id text", in their order.</summary>
    public async Task<IReadOnlyList<string>> SquiggledAsync(string name)
    {
        var text = Text(name);
        return [.. (await SquigglesAsync(name)).Select(one
            => $"{one.Id} {text.Substring(one.Location.SourceSpan.Start, one.Location.SourceSpan.Length)}")];
    }

    /// <summary>What the light bulb offers where a diagnostic is.</summary>
    public async Task<IReadOnlyList<CodeAction>> LightBulbAsync(Diagnostic diagnostic, CancellationToken cancellation = default)
    {
        var (document, actions) = (Solution.GetDocument(diagnostic.Location.SourceTree)!, new List<CodeAction>());
        foreach (var fix in RuleCatalog.Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), cancellation));
        }

        return actions;
    }

    /// <summary>The solution that the preview of an action shows.</summary>
    public static async Task<Solution> PreviewAsync(CodeAction action)
        => (await action.GetPreviewOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    public async Task ApplyAsync(CodeAction action)
        => Apply((await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution);

    /// <summary>Chooses Fix All in document.</summary>
    /// <param name="action">The action that it repeats.</param>
    public async Task FixAllAsync(string name, Diagnostic diagnostic, CodeAction action)
    {
        var fix = RuleCatalog.Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id));
        var reported = (await SquigglesAsync(name)).Where(one => one.Id == diagnostic.Id);
        var all = new FixAllContext(
            Document(name),
            fix,
            FixAllScope.Document,
            action.EquivalenceKey!,
            [diagnostic.Id],
            new Reported(reported),
            CancellationToken.None);
        await ApplyAsync((await fix.GetFixAllProvider()!.GetFixAsync(all))!);
    }

    /// <summary>The compile errors of all projects.</summary>
    public async Task<IReadOnlyList<string>> ErrorsAsync()
    {
        var errors = new List<string>();
        foreach (var project in Solution.Projects)
        {
            errors.AddRange((await project.GetCompilationAsync())!.GetDiagnostics()
                .Where(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Error)
                .Select(static diagnostic => diagnostic.ToString()));
        }

        return errors;
    }

    /// <summary>Opens a file anew that is stored with other bytes.</summary>
    public void Store(string name, string text, Encoding encoding)
        => Show(Solution.WithDocumentText(Document(name).Id, SourceText.From(text, encoding)));

    private ProjectId Add(string name, Setup setup, IEnumerable<(string Name, string Text)> files)
    {
        Analysis.Empty(setup.References);
        var id = ProjectId.CreateNewId();
        var kind = setup.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        var nullable = setup.Nullable ? NullableContextOptions.Enable : NullableContextOptions.Disable;
        var options = new CSharpCompilationOptions(kind, specificDiagnosticOptions: Catalog.RuleCatalog.OffByDefault, nullableContextOptions: nullable);
        Show(Solution.AddProject(ProjectInfo.Create(
            id,
            VersionStamp.Default,
            name,
            name,
            LanguageNames.CSharp,
            compilationOptions: options,
            parseOptions: new CSharpParseOptions(setup.Language),
            metadataReferences: setup.References,
            documents: files.Select(file => DocumentInfo.Create(
                DocumentId.CreateNewId(id),
                file.Name,
                loader: TextLoader.From(TextAndVersion.Create(SourceText.From(file.Text), VersionStamp.Default)),
                filePath: $"/{name}/{file.Name}")))));
        return id;
    }

    private void Change(string name, TextChange change)
        => Apply(Solution.WithDocumentText(Document(name).Id, TextOf(Document(name)).WithChanges(change)));

    private void Apply(Solution changed)
    {
        _undo.Push(Solution);
        Show(changed);
    }

    public void Dispose() => _workspace.Dispose();

    private void Show(Solution solution) => _workspace.Show(solution);

    private sealed class Editor() : Workspace(MefHostServices.DefaultHost, "Editor")
    {
        public void Show(Solution solution) => SetCurrentSolution(solution);
    }

    private sealed class Reported(IEnumerable<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
            => Task.FromResult(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult(Enumerable.Empty<Diagnostic>());
    }
}

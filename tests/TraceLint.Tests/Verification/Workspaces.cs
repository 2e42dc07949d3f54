using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Tests.Catalog;

namespace TraceLint.Tests.Verification;

/// <summary>Projects in a workspace: what all rules say about one, and what one fix makes of it.</summary>
internal static class Workspaces
{
    /// <summary>A project of a snippet.</summary>
    public static Project ProjectOf(Snippet snippet) => Project(
        snippet.Setup.MoreFiles.Prepend(("Test0.cs", snippet.Source)), snippet.Setup.References, snippet.Setup);

    /// <summary>A project of files that are compiled with references.</summary>
    public static Project Project(IEnumerable<(string Name, string Source)> files, ImmutableArray<MetadataReference> references, Setup setup)
    {
        Analysis.Empty(references);
        var id = ProjectId.CreateNewId();
        var kind = setup.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        var options = new CSharpCompilationOptions(kind, nullableContextOptions: setup.Nullable ? NullableContextOptions.Enable : NullableContextOptions.Disable);
        var solution = new AdhocWorkspace().CurrentSolution
            .AddProject(ProjectInfo.Create(id, VersionStamp.Default, setup.Assembly, setup.Assembly, LanguageNames.CSharp, metadataReferences: references))
            .WithProjectCompilationOptions(id, options)
            .WithProjectParseOptions(id, new CSharpParseOptions(setup.Language));
        foreach (var (name, source) in files)
        {
            solution = solution.AddDocument(DocumentId.CreateNewId(id), name, SourceText.From(source), filePath: "/" + name);
        }

        if (setup.Declarations.Length > 0)
        {
            solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(id), "TraceLint.Test.txt", SourceText.From(setup.Declarations), filePath: "/TraceLint.Test.txt");
        }

        if (setup.Config.Length > 0)
        {
            solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), ".globalconfig", SourceText.From($"is_global = true\n{setup.Config}"), filePath: "/.globalconfig");
        }

        if (setup.EditorConfig.Length > 0)
        {
            solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), ".editorconfig", SourceText.From($"root = true\n{setup.EditorConfig}"), filePath: "/.editorconfig");
        }

        return solution.GetProject(id)!;
    }

    /// <summary>What all rules say about a project.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnosticsOf(Project project)
    {
        var compilation = await project.GetCompilationAsync();
        return await Analysis.RunAsync(compilation!, project.AnalyzerOptions);
    }

    /// <summary>The project after the first fix that is offered for a diagnostic; null when there is none.</summary>
    public static async Task<Project?> FixAsync(Project project, Diagnostic diagnostic)
    {
        CodeAction? first = null;
        if (project.GetDocument(diagnostic.Location.SourceTree) is { } document
            && RuleCatalog.Fixes.FirstOrDefault(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)) is { } fix)
        {
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => first ??= action, CancellationToken.None));
        }

        return first is null ? null : (await first.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().First().ChangedSolution.GetProject(project.Id);
    }
}

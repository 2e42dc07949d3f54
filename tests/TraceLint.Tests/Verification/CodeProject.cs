using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TraceLint.Tests.Verification;

/// <summary>Makes a project of a workspace, as an IDE and <c>dotnet format</c> have it, of what is compiled.</summary>
internal static class CodeProject
{
    public static Project Of(CSharpCompilation compilation, Setup? setup = null)
    {
        var id = ProjectId.CreateNewId();
        var project = ProjectInfo.Create(
            id,
            VersionStamp.Default,
            compilation.AssemblyName!,
            compilation.AssemblyName!,
            LanguageNames.CSharp,
            compilationOptions: compilation.Options,
            parseOptions: compilation.SyntaxTrees.First().Options,
            metadataReferences: compilation.References,
            documents: compilation.SyntaxTrees.Select(tree => File(id, tree.FilePath, tree.ToString())),
            additionalDocuments: Files(id, ("/TraceLint.Test.txt", setup?.Declarations)));
        return new AdhocWorkspace().AddProject(project.WithAnalyzerConfigDocuments(Files(
            id,
            ("/.globalconfig", setup is { Config: { Length: > 0 } config } ? $"is_global = true\n{config}" : null),
            ("/.editorconfig", setup is { EditorConfig: { Length: > 0 } sections } ? $"root = true\n{sections}" : null))));
    }

    private static IEnumerable<DocumentInfo> Files(ProjectId project, params (string Path, string? Text)[] files)
        => files.Where(static file => !string.IsNullOrEmpty(file.Text)).Select(file => File(project, file.Path, file.Text!));

    private static DocumentInfo File(ProjectId project, string path, string text) => DocumentInfo.Create(
        DocumentId.CreateNewId(project), path, filePath: path, loader: TextLoader.From(TextAndVersion.Create(Microsoft.CodeAnalysis.Text.SourceText.From(text), VersionStamp.Default)));
}

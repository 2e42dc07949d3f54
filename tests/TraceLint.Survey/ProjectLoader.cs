using System.Text;
using System.Xml;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Survey;

/// <summary>
/// Makes one workspace of all projects under a folder. A source file belongs to the nearest project above it; projects
/// that reference each other are compiled against each other's source.
/// </summary>
internal sealed class ProjectLoader(References references, Rules rules)
{
    private static readonly EnumerationOptions s_files = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    private static readonly HashSet<string> s_skippedDirectories = new(["bin", "obj", "node_modules", ".git", ".vs"], StringComparer.OrdinalIgnoreCase);

    /// <param name="folder">An absolute path.</param>
    /// <param name="problem">Told about what could not be read.</param>
    public AdhocWorkspace Load(string folder, Action<string> problem)
    {
        var projectFiles = Walk(folder, descend: _ => true, "*.csproj").ToList();
        var projectDirectories = projectFiles.Select(file => Path.GetDirectoryName(file)!).ToHashSet();

        var projects = new Dictionary<string, ForeignProject>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in projectFiles)
        {
            try
            {
                projects[file] = ForeignProject.Read(file, directory => Walk(directory, child => !projectDirectories.Contains(child), "*.cs"));
            }
            catch (Exception exception) when (exception is XmlException or IOException or ArgumentException)
            {
                problem($"{file} is left out: {exception.Message}");
            }
        }

        var closures = projects.Keys.ToDictionary(file => file, file => Closure(file, projects), StringComparer.OrdinalIgnoreCase);
        var ids = projects.Keys.ToDictionary(file => file, file => ProjectId.CreateNewId(file), StringComparer.OrdinalIgnoreCase);

        var workspace = new AdhocWorkspace();
        workspace.AddSolution(SolutionInfo.Create(
            SolutionId.CreateNewId(), VersionStamp.Default, projects: projects.Select(project => ToInfo(project.Key, project.Value, projects, closures, ids))));
        return workspace;
    }

    private ProjectInfo ToInfo(
        string file, ForeignProject project, Dictionary<string, ForeignProject> projects, Dictionary<string, HashSet<string>> closures, Dictionary<string, ProjectId> ids)
    {
        var id = ids[file];
        var closure = closures[file].Select(reference => projects[reference]).Append(project).ToList();
        var metadata = references.For(
            closure.SelectMany(reference => reference.Packages).ToHashSet(StringComparer.OrdinalIgnoreCase),
            closure.SelectMany(reference => reference.Namespaces).ToHashSet(),
            closure.Select(reference => reference.AssemblyName).ToHashSet(StringComparer.OrdinalIgnoreCase),
            text => closure.Any(reference => reference.Mentions(text)));

        // Two projects that (also by mistake) reference each other cannot be compiled against each other.
        var projectReferences = closures[file].Where(reference => !closures[reference].Contains(file)).Select(reference => new ProjectReference(ids[reference]));

        var generatedPath = Path.Combine(project.File.Directory, "obj", "TraceLint.Survey.g.cs");
        var documents = project.Sources.Append((Path: generatedPath, Text: SourceText.From(project.GeneratedSource, Encoding.UTF8)));

        return ProjectInfo
            .Create(
                id, VersionStamp.Default, project.File.Name, project.AssemblyName, LanguageNames.CSharp, file,
                compilationOptions: project.CompilationOptions.WithSpecificDiagnosticOptions(rules.Severities),
                parseOptions: project.ParseOptions,
                documents: documents.Select(document => ToDocument(id, document.Path, TextLoader.From(TextAndVersion.Create(document.Text, VersionStamp.Default, document.Path)))),
                projectReferences: projectReferences,
                metadataReferences: metadata,
                additionalDocuments: Walk(project.File.Directory, _ => true, "TraceLint.*.txt").Select(path => ToDocument(id, path, new FileTextLoader(path, Encoding.UTF8))))
            .WithAnalyzerConfigDocuments(EditorConfigs(project).Select(path => ToDocument(id, path, new FileTextLoader(path, Encoding.UTF8))));
    }

    private static DocumentInfo ToDocument(ProjectId project, string path, TextLoader text) =>
        DocumentInfo.Create(DocumentId.CreateNewId(project, path), Path.GetFileName(path), loader: text, filePath: path);

    private static HashSet<string> Closure(string file, Dictionary<string, ForeignProject> projects)
    {
        var closure = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Stack<string>([file]);
        while (open.TryPop(out var current))
        {
            foreach (var reference in projects[current].ProjectReferences)
            {
                if (projects.ContainsKey(reference) && closure.Add(reference))
                    open.Push(reference);
            }
        }

        closure.Remove(file);
        return closure;
    }

    private static IEnumerable<string> EditorConfigs(ForeignProject project)
    {
        var directories = project.Sources.Select(source => Path.GetDirectoryName(source.Path)).Append(project.File.Directory);
        var seen = new HashSet<string>();
        foreach (var start in directories)
        {
            for (var directory = start; directory is not null && seen.Add(directory); directory = Path.GetDirectoryName(directory))
            {
                if (Path.Combine(directory, ".editorconfig") is var path && File.Exists(path))
                    yield return path;
            }
        }
    }

    private static IEnumerable<string> Walk(string directory, Func<string, bool> descend, string pattern)
    {
        foreach (var file in Directory.EnumerateFiles(directory, pattern, s_files).Order(StringComparer.Ordinal))
            yield return file;

        foreach (var child in Directory.EnumerateDirectories(directory, "*", s_files).Order(StringComparer.Ordinal))
        {
            if (s_skippedDirectories.Contains(Path.GetFileName(child)) || !descend(child))
                continue;
            foreach (var file in Walk(child, descend, pattern))
                yield return file;
        }
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Survey;

/// <summary>
/// What csc is given for one project: texts, options and references, and nothing that was ever parsed or bound. The
/// projects it references stand ready as declarations, which all compiles share as they would share assemblies on disk.
/// </summary>
internal sealed class CompilerInput
{
    private static readonly HashSet<string> s_messageLibraries = ["AWSSDK.SQS", "Confluent.Kafka", "RabbitMQ.Client"];

    private readonly string _assemblyName;
    private readonly IReadOnlyList<(string Path, SourceText Text)> _sources;
    private readonly IReadOnlyList<MetadataReference> _references;
    private readonly CSharpParseOptions _parseOptions;
    private readonly CSharpCompilationOptions _compilationOptions;

    private CompilerInput(Project project, IReadOnlyList<(string Path, SourceText Text)> sources, IReadOnlyList<MetadataReference> references)
    {
        _assemblyName = project.AssemblyName;
        _sources = sources;
        _references = references;
        _parseOptions = (CSharpParseOptions)project.ParseOptions!;
        _compilationOptions = (CSharpCompilationOptions)project.CompilationOptions!;
        AnalyzerOptions = project.AnalyzerOptions;
        HasMessageLibrary = CSharpCompilation.Create(assemblyName: null, references: references).ReferencedAssemblyNames.Any(assembly => s_messageLibraries.Contains(assembly.Name));
    }

    /// <summary>Whether it references a library that messages are published with: without one, most rules register nothing.</summary>
    public bool HasMessageLibrary { get; }

    public AnalyzerOptions AnalyzerOptions { get; }

    /// <summary>The paths of the source files with their numbers of lines.</summary>
    public IEnumerable<(string Path, int Lines)> Files => _sources.Select(source => (source.Path, source.Text.Lines.Count));

    /// <param name="solution">The projects. None of them is compiled by its workspace.</param>
    public static async Task<IReadOnlyList<CompilerInput>> ReadAsync(Solution solution)
    {
        var inputs = new List<CompilerInput>();
        var declarations = new Dictionary<ProjectId, MetadataReference>();
        var graph = solution.GetProjectDependencyGraph();
        foreach (var id in graph.GetTopologicallySortedProjects())
        {
            var project = solution.GetProject(id)!;
            var sources = new List<(string, SourceText)>();
            foreach (var document in project.Documents)
                sources.Add((document.FilePath!, await document.GetTextAsync()));

            var input = new CompilerInput(project, sources, [.. project.MetadataReferences, .. project.ProjectReferences.Select(reference => declarations[reference.ProjectId])]);
            inputs.Add(input);
            if (graph.GetProjectsThatDirectlyDependOnThisProject(id).Any())
                declarations[id] = input.Declare();
        }

        return inputs;
    }

    /// <summary>The references as csc opens them: a file that other compilations know comes with what they have read of it.</summary>
    public ImmutableArray<MetadataReference> Reopen() =>
        [.. _references.Select(reference => reference is PortableExecutableReference { FilePath: { } path } && File.Exists(path) ? MetadataReference.CreateFromFile(path) : reference)];

    /// <summary>Parses everything and makes a compilation of it.</summary>
    public CSharpCompilation Create(IEnumerable<MetadataReference> references) => CSharpCompilation.Create(
        _assemblyName,
        _sources.AsParallel().AsOrdered().Select(source => CSharpSyntaxTree.ParseText(source.Text, _parseOptions, source.Path)),
        references,
        _compilationOptions);

    /// <summary>An image of the declarations would be nearer to a build, but cannot be made of code with errors.</summary>
    private CompilationReference Declare()
    {
        var compilation = Create(_references);
        compilation.GetDeclarationDiagnostics();
        return compilation.ToMetadataReference();
    }
}

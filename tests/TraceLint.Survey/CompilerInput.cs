using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Survey;

/// <summary>
/// What the compiler server has of one project before it compiles it: texts, options and open references, and nothing
/// that was parsed or bound. The projects it references stand ready as declarations, as their assemblies would on disk.
/// </summary>
internal sealed class CompilerInput
{
    private static readonly HashSet<string> s_messageLibraries = ["AWSSDK.SQS", "Confluent.Kafka", "RabbitMQ.Client"];

    private readonly string _assemblyName;
    private readonly IReadOnlyList<(string Path, SourceText Text)> _context;
    private readonly IReadOnlyList<MetadataReference> _references;
    private readonly CSharpParseOptions _parseOptions;
    private readonly CSharpCompilationOptions _compilationOptions;

    private CompilerInput(Project project, IReadOnlyList<(string Path, SourceText Text)> context, IReadOnlyList<MetadataReference> references)
    {
        _assemblyName = project.AssemblyName;
        _context = context;
        _references = references;
        _parseOptions = (CSharpParseOptions)project.ParseOptions!;
        _compilationOptions = (CSharpCompilationOptions)project.CompilationOptions!;
        AnalyzerOptions = CompilerOptions.For(project.AnalyzerOptions, context.Select(source => source.Path));
        HasMessageLibrary = CSharpCompilation.Create(assemblyName: null, references: references).ReferencedAssemblyNames.Any(assembly => s_messageLibraries.Contains(assembly.Name));
    }

    /// <summary>Whether it references a library that messages are published with: without one, most rules register nothing.</summary>
    public bool HasMessageLibrary { get; }

    public AnalyzerOptions AnalyzerOptions { get; }

    /// <summary>The paths of the source files with their numbers of lines.</summary>
    public IEnumerable<(string Path, int Lines)> Files => _context.Select(source => (source.Path, source.Text.Lines.Count));

    /// <param name="solution">The projects. None of them is compiled by its workspace.</param>
    public static async Task<IReadOnlyList<CompilerInput>> ReadAsync(Solution solution)
    {
        var inputs = new List<CompilerInput>();
        var declarations = new Dictionary<ProjectId, MetadataReference>();
        var files = new Dictionary<MetadataReference, MetadataReference>();
        var graph = solution.GetProjectDependencyGraph();
        foreach (var id in graph.GetTopologicallySortedProjects())
        {
            var project = solution.GetProject(id)!;
            var context = new List<(string, SourceText)>();
            foreach (var document in project.Documents)
                context.Add((document.FilePath!, await document.GetTextAsync()));

            // Declarations keep alive what was read of their files. For the compiles these are opened once more, and read each time.
            foreach (var reference in project.MetadataReferences)
                files.TryAdd(reference, reference is PortableExecutableReference { FilePath: { } path } && File.Exists(path) ? MetadataReference.CreateFromFile(path) : reference);

            var projects = project.ProjectReferences.Select(reference => declarations[reference.ProjectId]).ToList();
            var input = new CompilerInput(project, context, [.. project.MetadataReferences.Select(reference => files[reference]), .. projects]);
            inputs.Add(input);
            if (graph.GetProjectsThatDirectlyDependOnThisProject(id).Any())
            {
                var declaration = input.Create([.. project.MetadataReferences, .. projects]);
                declaration.GetDeclarationDiagnostics();
                declarations[id] = declaration.ToMetadataReference();
            }
        }

        return inputs;
    }

    /// <summary>Parses everything and makes a compilation that nothing was asked of yet.</summary>
    public CSharpCompilation Create() => Create(_references);

    private CSharpCompilation Create(IEnumerable<MetadataReference> references) => CSharpCompilation.Create(
        _assemblyName,
        _context.AsParallel().AsOrdered().Select(source => CSharpSyntaxTree.ParseText(source.Text, _parseOptions, source.Path)),
        references,
        _compilationOptions);
}

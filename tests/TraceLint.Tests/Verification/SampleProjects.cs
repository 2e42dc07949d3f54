using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TraceLint.Tests.Verification;

/// <summary>The services in tests/Samples and the cases in Cases, compiled as their builds would. Paths are relative to these folders.</summary>
internal static class SampleProjects
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private const string WebUsings = Usings + """

        global using System.Net.Http.Json;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    private static readonly MetadataReference[] s_references = [.. References.Newest, .. References.AspNetCore];

    /// <summary>The projects of OrderFlow, but for the demo.</summary>
    public static IReadOnlyList<CSharpCompilation> OrderFlow()
    {
        var messaging = OrderFlow("Messaging", OutputKind.DynamicallyLinkedLibrary, Usings);
        // What a generator adds to it is not here: it cannot be emitted.
        var library = messaging.ToMetadataReference();
        return
        [
            messaging,
            OrderFlow("Api", OutputKind.ConsoleApplication, WebUsings, [library, .. References.OpenTelemetryHosting]),
            OrderFlow("Printer", OutputKind.ConsoleApplication, Usings),
            OrderFlow("Shipping", OutputKind.DynamicallyLinkedLibrary, Usings, library),
            OrderFlow("Worker", OutputKind.DynamicallyLinkedLibrary, Usings, library),
        ];
    }

    public static CSharpCompilation DecoyProgram() => Decoys(OutputKind.ConsoleApplication, "Decoys", Image(DecoyLibrary()));

    public static CSharpCompilation DecoyLibrary() => Decoys(OutputKind.DynamicallyLinkedLibrary, "Decoys.Library");

    /// <summary>Whatever instruments a client keeps rules silent in the whole of its project, so each way is one of its own.</summary>
    public static IEnumerable<string> WaysToInstrument => Directory.EnumerateDirectories(Repo.File("tests", "Samples", "Decoys", "Decoys.Instrumented"))
        .Select(static path => Path.GetFileName(path)).Where(static name => name is not ("bin" or "obj")).Order(StringComparer.Ordinal);

    public static CSharpCompilation InstrumentedDecoys(string way = "") => Decoys(OutputKind.DynamicallyLinkedLibrary, Path.Combine("Decoys.Instrumented", way));

    /// <summary>Files of Cases as one project.</summary>
    public static CSharpCompilation Cases(OutputKind kind, params IEnumerable<string> files)
        => Compile("Cases", kind, WebUsings, files.Select(static file => (file, Repo.Text(["tests", "TraceLint.Tests", "Cases", .. file.Split('/')]))));

    /// <summary>The same, of text that is already read.</summary>
    public static CSharpCompilation Compile(string name, OutputKind kind, IEnumerable<(string Path, string Text)> files, params MetadataReference[] more)
        => Compile(name, kind, WebUsings, files, more);

    /// <summary>The files of a folder of Cases, as they are called in it.</summary>
    public static IEnumerable<string> CaseFiles(string folder) => Directory.EnumerateFiles(Repo.File("tests", "TraceLint.Tests", "Cases", folder), "*.cs", SearchOption.AllDirectories)
        .Select(static path => Relative(path, "TraceLint.Tests", "Cases")).Order(StringComparer.Ordinal);

    /// <summary>Whether the Roslyn of these tests can compile a file: the oldest does not speak the newest language.</summary>
    public static bool IsUnderstood(string path) => !Depth.IsOldestRoslyn || !path.Split('/').Contains("CSharp14");

    /// <summary>What a project that references this one is compiled against.</summary>
    public static MetadataReference Image(CSharpCompilation library)
    {
        using var image = new MemoryStream();
        var result = library.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static CSharpCompilation OrderFlow(string project, OutputKind kind, string usings, params MetadataReference[] more)
        => Compile($"OrderFlow.{project}", kind, usings, FilesIn("OrderFlow", $"OrderFlow.{project}"), more);

    private static CSharpCompilation Decoys(OutputKind kind, string folder, params MetadataReference[] more)
        => Compile(folder.Split(Path.DirectorySeparatorChar)[0], kind, Usings, FilesIn("Decoys", folder).Where(static file => IsUnderstood(file.Path)), more);

    private static IEnumerable<(string Path, string Text)> FilesIn(params string[] folder)
        => Repo.Sources(["tests", "Samples", .. folder]).Select(static path => (Relative(path, "Samples"), File.ReadAllText(path)));

    private static CSharpCompilation Compile(string name, OutputKind kind, string usings, IEnumerable<(string Path, string Text)> files, params MetadataReference[] more)
        => CSharpCompilation.Create(
            name,
            files.Append(("Usings.cs", usings)).Select(static file => Parse(file.Item2, file.Item1)),
            [.. s_references, .. more],
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));

    private static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview), path);

    private static string Relative(string path, params string[] folder)
        => Path.GetRelativePath(Repo.File(["tests", .. folder]), path).Replace(Path.DirectorySeparatorChar, '/');
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Boundaries;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Robustness;

/// <summary>The code in tests/Samples/Decoys publishes as it should, in every way that people write it: no rule may speak.</summary>
public class DecoyTests
{
    private const string Program = "Decoys";
    private const string Library = "Decoys.Library";
    private const string Instrumented = "Decoys.Instrumented";

    private static readonly HashSet<string> s_publishNames = new(StringComparer.Ordinal) { "Produce", "ProduceAsync", "SendMessageAsync", "SendMessageBatchAsync" };

    // What ImplicitUsings gives to the real projects.
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private const string Canary = """
        using Amazon.SQS;
        using Confluent.Kafka;

        internal static class Canary
        {
            public static void Publish(IProducer<string, string> producer) => producer.Produce("canary", new Message<string, string> { Value = "sings" });
            public static void Send(IAmazonSQS sqs) => sqs.SendMessageAsync("canary", "sings");
        }
        """;

    /// <summary>Whatever instruments a client keeps rules silent in the whole of its project, so each way is one of its own.</summary>
    public static TheoryData<string> WaysToInstrument
        => [.. Directory.EnumerateDirectories(Folder(Instrumented)).Select(static path => Path.GetFileName(path)).Where(static name => name is not ("bin" or "obj")).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task Program_IsSilent() => await AssertSilentButAwakeAsync(CompileProgram());

    [Fact]
    public async Task Library_IsSilent() => await AssertSilentButAwakeAsync(CompileLibrary());

    [Theory]
    [MemberData(nameof(WaysToInstrument))]
    public async Task InstrumentedProject_IsSilent(string way) => await AssertSilentAsync(Compile(OutputKind.DynamicallyLinkedLibrary, Instrumented, way));

    [Fact]
    public void ThereAreEnoughOfThem()
    {
        var sites = new[] { CompileProgram(), CompileLibrary(), Compile(OutputKind.DynamicallyLinkedLibrary, Instrumented) }.SelectMany(PublishesIn).ToList();
        Assert.True(sites.Count >= 250, $"{sites.Count} publishes");
        Assert.True(sites.Select(static site => site.SyntaxTree).Distinct().Count() >= 35);
    }

    [Fact]
    public void ThereAreEnoughLifetimes()
    {
        var calls = CompileProgram().SyntaxTrees
            .Where(static tree => tree.FilePath.Contains("Lifetimes", StringComparison.Ordinal))
            .SelectMany(static tree => tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
            .Count(static call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "StartActivity" or "Start" });
        Assert.True(calls >= 50, $"{calls} spans and processes");
    }

    [Fact]
    public void WorkIsHandedOverOftenEnough()
    {
        var compilation = CompileProgram();
        var sites = compilation.SyntaxTrees.Where(static tree => tree.FilePath.Contains("Background", StringComparison.Ordinal))
            .SelectMany(tree => tree.GetRoot().DescendantNodes().Where(node => HandOffs.At(node, compilation.GetSemanticModel(tree), CancellationToken.None) is not null));
        Assert.True(sites.Count() >= 40);
    }

    [Fact]
    public void ThereAreEnoughConsumers()
        => Assert.True(CompileProgram().SyntaxTrees.SelectMany(static tree => tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()).Count(static call
            => call.SyntaxTree.FilePath.Contains("Consumers", StringComparison.Ordinal) && call.Expression.ToString().EndsWith("Activity", StringComparison.Ordinal)) >= 40);

    // Rules that have fallen asleep would pass: here, the canary has to be heard.
    private static async Task AssertSilentButAwakeAsync(CSharpCompilation compilation)
    {
        var canary = Parse(Canary, "Canary.cs");
        var diagnostics = await RunAsync(compilation.AddSyntaxTrees(canary));
        AssertNone(diagnostics.Where(diagnostic => diagnostic.Location.SourceTree != canary));
        Assert.Equal(["TL1001", "TL1002"], diagnostics.Select(static diagnostic => diagnostic.Id).Order());
    }

    private static async Task AssertSilentAsync(CSharpCompilation compilation) => AssertNone(await RunAsync(compilation));

    // Many publishes here write traceparent alone: that joins the trace, and is what TL4003, which only informs, is about.
    private static async Task<ImmutableArray<Diagnostic>> RunAsync(CSharpCompilation compilation)
    {
        AssertNone(compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity is DiagnosticSeverity.Error));
        return (await Analysis.RunAsync(compilation)).RemoveAll(static diagnostic => diagnostic.Id == "TL4003");
    }

    private static void AssertNone(IEnumerable<Diagnostic> diagnostics)
    {
        var lines = diagnostics.Select(Line).Order(StringComparer.Ordinal).ToList();
        // Assert.Empty would not show them all.
        Assert.True(lines.Count == 0, string.Join('\n', lines));
    }

    // As a build would print it, without the machine's part of the path.
    private static string Line(Diagnostic diagnostic)
    {
        var place = diagnostic.Location.GetLineSpan();
        return $"{Path.GetRelativePath(Folder(), place.Path)}({place.StartLinePosition.Line + 1}): {diagnostic.Id}: {diagnostic.GetMessage(null)}";
    }

    private static IEnumerable<InvocationExpressionSyntax> PublishesIn(Compilation compilation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var call in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (model.GetSymbolInfo(call).Symbol is IMethodSymbol { Locations: [{ IsInSource: false }] } method && s_publishNames.Contains(method.Name))
                {
                    yield return call;
                }
            }
        }
    }

    private static CSharpCompilation CompileProgram()
    {
        using var image = new MemoryStream();
        Assert.True(CompileLibrary().Emit(image).Success);
        return Compile(OutputKind.ConsoleApplication, Program).AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
    }

    private static CSharpCompilation CompileLibrary() => Compile(OutputKind.DynamicallyLinkedLibrary, Library);

    private static CSharpCompilation Compile(OutputKind kind, string project, string folder = "")
        => CSharpCompilation.Create(
            project,
            Repo.Sources("tests", "Samples", "Decoys", project, folder).Where(IsUnderstood).Select(static path => Parse(File.ReadAllText(path), path)).Append(Parse(Usings, "Usings.cs")),
            References.Newest.AddRange(References.AspNetCore),
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));

    private static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview), path);

    // The oldest Roslyn does not speak the newest language.
    private static bool IsUnderstood(string path)
        => !Depth.IsOldestRoslyn || !path.Split(Path.DirectorySeparatorChar).Contains("CSharp14");

    private static string Folder(params string[] parts) => Repo.File(["tests", "Samples", "Decoys", .. parts]);
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TraceLint.Model;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Robustness;

/// <summary>The code in tests/Samples/Decoys publishes as it should, in every way that people write it: no rule may speak.</summary>
public class DecoyTests
{
    private static readonly HashSet<string> s_publishNames = new(StringComparer.Ordinal) { "Produce", "ProduceAsync", "SendMessageAsync", "SendMessageBatchAsync" };

    private const string Canary = """
        using Amazon.SQS;
        using Confluent.Kafka;

        internal static class Canary
        {
            public static void Publish(IProducer<string, string> producer) => producer.Produce("canary", new Message<string, string> { Value = "sings" });
            public static void Send(IAmazonSQS sqs) => sqs.SendMessageAsync("canary", "sings");
        }
        """;

    public static TheoryData<string> WaysToInstrument => [.. SampleProjects.WaysToInstrument];

    [Fact]
    public async Task Program_IsSilent() => await AssertSilentButAwakeAsync(SampleProjects.DecoyProgram());

    [Fact]
    public async Task Library_IsSilent() => await AssertSilentButAwakeAsync(SampleProjects.DecoyLibrary());

    [Theory]
    [MemberData(nameof(WaysToInstrument))]
    public async Task InstrumentedProject_IsSilent(string way) => await AssertSilentAsync(SampleProjects.InstrumentedDecoys(way));

    [Fact]
    public void ThereAreEnoughOfThem()
    {
        CSharpCompilation[] projects = [SampleProjects.DecoyProgram(), SampleProjects.DecoyLibrary(), SampleProjects.InstrumentedDecoys()];
        var sites = projects.SelectMany(PublishesIn).ToList();
        Assert.True(sites.Count >= 250, $"{sites.Count} publishes");
        Assert.True(sites.Select(static site => site.SyntaxTree).Distinct().Count() >= 35);
    }

    [Fact]
    public void ThereAreEnoughLifetimes()
    {
        var calls = SampleProjects.DecoyProgram().SyntaxTrees
            .Where(static tree => tree.FilePath.Contains("Lifetimes", StringComparison.Ordinal))
            .SelectMany(static tree => tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
            .Count(static call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "StartActivity" or "Start" });
        Assert.True(calls >= 50, $"{calls} spans and processes");
    }

    [Fact]
    public void WorkIsHandedOverOftenEnough()
    {
        var compilation = SampleProjects.DecoyProgram();
        var sites = compilation.SyntaxTrees.Where(static tree => tree.FilePath.Contains("Background", StringComparison.Ordinal))
            .SelectMany(tree => tree.GetRoot().DescendantNodes().Where(node => HandOffs.At(node, compilation.GetSemanticModel(tree), CancellationToken.None) is not null));
        Assert.True(sites.Count() >= 40);
    }

    [Fact]
    public void ThereAreEnoughConsumers()
    {
        var calls = SampleProjects.DecoyProgram().SyntaxTrees
            .Where(static tree => tree.FilePath.Contains("Consumers", StringComparison.Ordinal))
            .SelectMany(static tree => tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
            .Count(static call => call.Expression.ToString().EndsWith("Activity", StringComparison.Ordinal));
        Assert.True(calls >= 40, $"{calls} spans");
    }

    // Rules that have fallen asleep would pass: here, the canary has to be heard.
    private static async Task AssertSilentButAwakeAsync(CSharpCompilation compilation)
    {
        var canary = CSharpSyntaxTree.ParseText(Canary, new CSharpParseOptions(LanguageVersion.Preview), "Canary.cs");
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

    // As a build would print it.
    private static string Line(Diagnostic diagnostic)
    {
        var place = diagnostic.Location.GetLineSpan();
        return $"{place.Path}({place.StartLinePosition.Line + 1}): {diagnostic.Id}: {diagnostic.GetMessage(null)}";
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
}

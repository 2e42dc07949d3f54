using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Host;
using TraceLint.Propagation;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Facts;

/// <summary>What is added to a library, and what is not.</summary>
public class FactsGeneratorTests
{
    private const string Bus = """
        public class Bus(IProducer<string, string> producer)
        {
            public void Publish(Message<string, string> message) => producer.Produce("orders", message);
        }
        """;

    private const string Line = "publish M:Bus.Publish(Confluent.Kafka.Message{System.String,System.String}) carrier=message";

    [Fact]
    public void Facts_AreAddedAsOneAttribute()
    {
        var tree = Assert.Single(Run(FactLibrary.Compile(Bus)).GeneratedTrees);

        Assert.EndsWith("TraceLint.Facts.g.cs", tree.FilePath, StringComparison.Ordinal);
        Assert.Contains($"""[assembly: global::System.Reflection.AssemblyMetadata("TraceLint.Facts", "1\n{Line}")]""", tree.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Also in the reference assembly, which is what a build of the projects that reference it reads.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Facts_AreInTheFile(bool isReferenceAssembly)
    {
        var library = FactLibrary.Generate(FactLibrary.Compile(Bus));
        using var image = new MemoryStream();
        Assert.True(library.Emit(image, options: new(metadataOnly: isReferenceAssembly, includePrivateMembers: !isReferenceAssembly)).Success);

        Assert.Equal(["Publish"], NamesIn(MetadataReference.CreateFromImage(image.ToArray())));
    }

    [Fact]
    public void NothingToSay_AddsNothing() => Assert.Empty(Run(FactLibrary.Compile("public class Order { }")).GeneratedTrees);

    [Fact]
    public void TestProject_GetsNothing()
        => Assert.Empty(Run(FactLibrary.Compile(Bus, FactLibrary.Name, References.Named("xunit.core"))).GeneratedTrees);

    [Theory]
    [InlineData("false", 0)]
    [InlineData("False", 0)]
    [InlineData("true", 1)]
    [InlineData("", 1)]
    public void Property_TurnsItOff(string value, int files)
        => Assert.Equal(files, Run(FactLibrary.Compile(Bus), new Options(value)).GeneratedTrees.Length);

    [Fact]
    public void NoSuchAttribute_AddsNothing()
    {
        var library = CSharpCompilation.Create(
            "Old", [CSharpSyntaxTree.ParseText("class Bus { void Inject() { } }")], [References.NewestKafka], new(OutputKind.DynamicallyLinkedLibrary));

        Assert.Empty(Run(library).GeneratedTrees);
    }

    /// <summary>An edit that changes no fact changes no output.</summary>
    [Fact]
    public void OtherEdit_LeavesTheOutputAsItIs()
    {
        var library = FactLibrary.Compile(Bus);
        var driver = CSharpGeneratorDriver.Create([new FactsGenerator().AsSourceGenerator()], driverOptions: new(default, trackIncrementalGeneratorSteps: true))
            .RunGenerators(library)
            .RunGenerators(library.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Other { void Produce() { } }")));

        var output = driver.GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(static step => step.Value).SelectMany(static step => step.Outputs);
        Assert.All(output, static one => Assert.Equal(IncrementalStepRunReason.Cached, one.Reason));
    }

    private static GeneratorDriverRunResult Run(Compilation library, AnalyzerConfigOptionsProvider? options = null)
        => CSharpGeneratorDriver.Create([new FactsGenerator().AsSourceGenerator()], optionsProvider: options).RunGenerators(library).GetRunResult();

    private static IEnumerable<string> NamesIn(MetadataReference library)
        => ReferencedFacts.Of(Analysis.Compile([], References.Newest).AddReferences(library))
            .NamesOf(TraceLint.Configuration.DeclarationKind.Publish, CancellationToken.None);

    /// <summary>The MSBuild property.</summary>
    private sealed class Options(string facts) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions => new Global(facts);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Global("");

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Global("");

        private sealed class Global(string facts) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
            {
                value = key == "build_property.TraceLintFacts" && facts.Length > 0 ? facts : null;
                return value is not null;
            }
        }
    }
}

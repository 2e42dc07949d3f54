using TraceLint.Package.Tests.Scene;
using TraceLint.Package.Tests.Tools;

namespace TraceLint.Package.Tests;

/// <summary>One property chooses how strict the rules are, and whatever a user says of a rule comes before it.</summary>
[Collection(OnePackage.Name)]
public class PresetTests(PackedRepository repository)
{
    private const string Publish = """
        using Confluent.Kafka;

        static void Send(IProducer<string, string> producer) => producer.Produce("orders", new Message<string, string> { Value = "placed" });
        using var activity = new System.Diagnostics.Activity("place").Start();
        Send(null!);
        """;

    private static readonly BuildMessage s_warning = new("Consumer/Program.cs", 3, "warning", "TL1001");

    private ConsumerProject Project(string mode) => new(repository, Publish, [ConsumerProject.Kafka], properties: $"<TraceLintMode>{mode}</TraceLintMode>");

    [Theory]
    [InlineData("Default")]
    [InlineData("Recommended")]
    [InlineData("All")]
    public async Task Warning_IsOne(string mode) => Assert.Equal([s_warning], await Project(mode).BuildAsync());

    [Fact]
    public async Task Recommended_IsAnotherNameOfAll()
    {
        var output = await Project("Recommended").RunAsync("build");

        Assert.Contains("TraceLintMode = Recommended is now called All", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("None")]
    [InlineData("none")]
    public async Task None_SilencesAll(string mode) => Assert.Empty(await Project(mode).BuildAsync());

    [Fact]
    public async Task EditorConfig_ComesFirst()
    {
        var project = Project("None");
        project.Write(".editorconfig", "[*.cs]\ndotnet_diagnostic.TL1001.severity = warning\n");

        Assert.Equal([s_warning], await project.BuildAsync());
    }

    [Fact]
    public async Task WarnAsError_StillWorks()
        => Assert.Equal([s_warning with { Severity = "error" }], await Project("All").FailToBuildAsync("-warnaserror:TL1001"));

    [Fact]
    public async Task UnknownMode_IsSaid()
        => Assert.Equal([new BuildMessage("Consumer/Consumer.csproj", 0, "warning", "TL9001"), s_warning], await Project("Strict").BuildAsync());
}

using System.Text.Json.Nodes;
using TraceLint.Package.Tests.Scene;

namespace TraceLint.Package.Tests;

/// <summary>One SARIF log for a solution, for code scanning.</summary>
[Collection(OnePackage.Name)]
public class LogTests(LogTests.Story story) : IClassFixture<LogTests.Story>
{
    [Fact]
    public void Log_HasWhatFailedTheBuild_OnceForEachPlace()
        => Assert.Equal(["Billing/Publisher.cs 13 error", "Orders/Publisher.cs 13 error", "Orders/Publisher.cs 14 error"], story.Results.Select(static result => Text(result!)));

    [Fact]
    public void Result_NamesTheProjects()
        => Assert.Equal(
            ["Billing/Billing.csproj (net10.0)", "Billing/Billing.csproj (netstandard2.0)"],
            story.Results[0]!["properties"]!["projects"]!.AsArray().Select(static name => (string?)name));

    [Fact]
    public void Tool_IsTraceLint()
    {
        Assert.Equal("TraceLint", (string?)story.Driver["name"]);
        Assert.Equal(Settings.VersionOf("TraceLint"), (string?)story.Driver["semanticVersion"]);
        Assert.Equal(Settings.RepositoryUrl, (string?)story.Driver["informationUri"]);
    }

    [Fact]
    public void Rule_HasItsPageAsHelp()
    {
        var rule = Assert.Single(story.Driver["rules"]!.AsArray())!;

        Assert.StartsWith("# TL1001", (string?)rule["help"]!["markdown"], StringComparison.Ordinal);
        Assert.DoesNotContain("](TL", (string?)rule["help"]!["markdown"], StringComparison.Ordinal);
        Assert.Contains("distributed-tracing", rule["properties"]!["tags"]!.AsArray().Select(static tag => (string?)tag));
    }

    [Fact]
    public void Log_SaysNothingOfTheMachine() => Assert.DoesNotContain(story.Folder, story.Log, StringComparison.Ordinal);

    [Fact]
    public void SameCode_GivesTheSameLog() => Assert.Equal(story.Log, story.Again);

    [Fact]
    public void ProjectThatIsFixed_LosesItsResults_WhenItAloneIsBuilt()
        => Assert.Equal(["Billing/Publisher.cs 13 error"], story.Fixed.Select(static result => Text(result!)));

    private static string Text(JsonNode result)
    {
        var place = result["locations"]![0]!["physicalLocation"]!;
        return $"{place["artifactLocation"]!["uri"]} {place["region"]!["startLine"]} {result["level"]}";
    }

    /// <summary>Builds the solution three times: once, for all the tests above.</summary>
    public sealed class Story(PackedRepository repository) : IAsyncLifetime
    {
        internal string Folder { get; private set; } = "";

        internal string Log { get; private set; } = "";

        internal string Again { get; private set; } = "";

        internal JsonArray Results => ResultsIn(Log);

        internal JsonNode Driver => JsonNode.Parse(Log)!["runs"]![0]!["tool"]!["driver"]!;

        internal JsonArray Fixed { get; private set; } = [];

        public async Task InitializeAsync()
        {
            var shop = new ShopSolution(repository);
            var option = $"-p:TraceLintLog={Path.Combine(shop.Folder, "out", "tracelint.sarif")}";
            Folder = shop.Folder;

            // Built before without a log: what is up to date has to be compiled again.
            await shop.BuildAsync("-p:WarningsNotAsErrors=TL1001");
            await shop.FailToBuildAsync(option);
            Log = shop.Read("out/tracelint.sarif");
            await shop.FailToBuildAsync(option, "--no-incremental");
            Again = shop.Read("out/tracelint.sarif");

            shop.Write("Orders/Publisher.cs", ShopSolution.Publisher("Orders"));
            await shop.BuildAsync("Orders", option);
            Fixed = ResultsIn(shop.Read("out/tracelint.sarif"));
        }

        public Task DisposeAsync() => Task.CompletedTask;

        private static JsonArray ResultsIn(string log) => JsonNode.Parse(log)!["runs"]![0]!["results"]!.AsArray();
    }
}

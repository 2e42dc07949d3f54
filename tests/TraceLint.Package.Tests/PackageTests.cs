using TraceLint.Package.Tests.Scene;
using TraceLint.Package.Tests.Tools;

namespace TraceLint.Package.Tests;

/// <summary>What is in the package, and what it says about itself.</summary>
[Collection(OnePackage.Name)]
public class PackageTests(PackedRepository repository)
{
    [Fact]
    public void Pack_WarnsOfNothing() => Assert.Empty(BuildMessage.In(repository.PackOutput));

    [Fact]
    public void Entries_AreTheAnalyzersAndWhatDescribesThem()
    {
        string[] expected =
        [
            "README.md",
            "TraceLint.nuspec",
            "analyzers/dotnet/cs/TraceLint.Analyzers.dll",
            "analyzers/dotnet/cs/TraceLint.CodeFixes.dll",
            "buildTransitive/TraceLint.All.globalconfig",
            "buildTransitive/TraceLint.None.globalconfig",
            "buildTransitive/TraceLint.targets",
            "icon.png",
            .. Directory.GetFiles(Path.Combine(Settings.RepositoryRoot, "src", "TraceLint", "rules")).Select(static page => $"rules/{Path.GetFileName(page)}").Order(StringComparer.Ordinal),
            "tools/netstandard2.0/TraceLint.Tasks.dll",
        ];

        Assert.Equal(expected, repository.Package.Entries.Where(entry => !IsContainerFormat(entry)).Order(StringComparer.Ordinal));

        // The parts that make any package an OPC package. The name of one of them may be random.
        static bool IsContainerFormat(string entry)
            => entry is "[Content_Types].xml" or "_rels/.rels" || entry.StartsWith("package/services/metadata/", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id", "TraceLint")]
    [InlineData("developmentDependency", "true")]
    [InlineData("license", "Apache-2.0")]
    [InlineData("readme", "README.md")]
    [InlineData("icon", "icon.png")]
    public void Nuspec_Says(string element, string value) => Assert.Equal(value, repository.Package.Metadata().Element(element)?.Value);

    [Fact]
    public void Version_IsThatOfTheRepository() => Assert.Equal(Settings.VersionOf("TraceLint"), repository.Package.Metadata().Element("version")?.Value);

    [Fact]
    public void License_IsAnExpression() => Assert.Equal("expression", repository.Package.Metadata().Element("license")?.Attribute("type")?.Value);

    [Fact]
    public void Dependencies_AreNone() => Assert.Empty(repository.Package.Metadata().Descendants("dependency"));

    [Fact]
    public void Links_LeadToTheRepository()
    {
        var metadata = repository.Package.Metadata();

        Assert.Equal(Settings.RepositoryUrl, metadata.Element("projectUrl")?.Value);
        Assert.Equal(Settings.RepositoryUrl, metadata.Element("repository")?.Attribute("url")?.Value);
        Assert.StartsWith(Settings.RepositoryUrl, metadata.Element("releaseNotes")?.Value, StringComparison.Ordinal);
    }
}

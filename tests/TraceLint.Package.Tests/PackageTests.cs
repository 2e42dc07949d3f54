using System.Buffers.Binary;
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

        Assert.Equal(expected, repository.Package.Entries.Order(StringComparer.Ordinal));
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

    [Theory]
    [InlineData("analyzer")]
    [InlineData("roslyn")]
    [InlineData("opentelemetry")]
    [InlineData("distributed-tracing")]
    public void Tags_HaveTheWordsThatPeopleSearchFor(string word)
        => Assert.Contains(word, repository.Package.Metadata().Element("tags")!.Value.Split(' '));

    [Fact]
    public void Icon_IsPngOfTheSizeThatGalleriesShow()
    {
        var icon = repository.Package["icon.png"];

        Assert.Equal([0x89, .. "PNG\r\n\x1a\n"u8], icon[..8]);
        Assert.Equal((128, 128), (BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20))));
    }

    [Fact]
    public void Dependencies_AreNone() => Assert.Empty(repository.Package.Metadata().Descendants("dependency"));

    [Fact]
    public async Task Nuspec_NamesTheCommit()
    {
        var source = repository.Package.Metadata().Element("repository");

        Assert.Equal("git", source?.Attribute("type")?.Value);
        Assert.Equal(await repository.CommitAsync(), source?.Attribute("commit")?.Value);
    }

    [Fact]
    public void Links_LeadToTheRepository()
    {
        var metadata = repository.Package.Metadata();

        Assert.Equal(Settings.RepositoryUrl, metadata.Element("projectUrl")?.Value);
        Assert.Equal(Settings.RepositoryUrl, metadata.Element("repository")?.Attribute("url")?.Value);
        Assert.StartsWith(Settings.RepositoryUrl, metadata.Element("releaseNotes")?.Value, StringComparison.Ordinal);
    }
}

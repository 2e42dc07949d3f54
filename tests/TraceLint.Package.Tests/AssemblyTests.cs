using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using TraceLint.Package.Tests.Scene;
using TraceLint.Package.Tests.Tools;

namespace TraceLint.Package.Tests;

/// <summary>The two assemblies in the package: which Roslyn they need, and whether anybody can make the same ones.</summary>
[Collection(OnePackage.Name)]
public class AssemblyTests(PackedRepository repository)
{
    private const string Analyzers = "analyzers/dotnet/cs/TraceLint.Analyzers.dll";
    private const string CodeFixes = "analyzers/dotnet/cs/TraceLint.CodeFixes.dll";

    // Custom debug information of these kinds: the specification of the portable PDB format.
    private static readonly Guid s_sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Theory]
    [InlineData(Analyzers)]
    [InlineData(CodeFixes)]
    public void Roslyn_IsTheOldestSupported(string assembly) => Assert.Equal(new Version(4, 8, 0, 0), References(assembly)["Microsoft.CodeAnalysis"]);

    [Theory]
    [InlineData(Analyzers)]
    [InlineData(CodeFixes)]
    public async Task SourceLinks_LeadToTheCommitInTheRepository(string assembly)
    {
        var commit = await repository.CommitAsync();
        var raw = Settings.RepositoryUrl.Replace("//github.com/", "//raw.githubusercontent.com/", StringComparison.Ordinal);

        var link = Assert.Single(SourceLinks(assembly));
        Assert.Equal(("/_/*", $"{raw}/{commit}/*"), link);
    }

    [Theory]
    [InlineData(Analyzers)]
    [InlineData(CodeFixes)]
    public async Task Sources_AreInTheCommitOrEmbedded(string assembly)
    {
        var commit = await Tool.Git.RunAsync(repository.Folder, "ls-tree", "-r", "--name-only", "HEAD");

        Assert.Empty(SourcesNobodyFinds(assembly, commit.Split('\n').Select(file => $"/_/{file.TrimEnd('\r')}").ToHashSet()));
    }

    [Fact]
    public async Task PackingTheSameCommitElsewhere_YieldsTheSameBytes()
    {
        // A clone, which has a remote: a folder. The links must not lead there.
        var folder = repository.NewFolder();
        await Tool.Git.RunAsync(folder, "clone", "--quiet", repository.Folder, "clone");
        await repository.PackAsync(Path.Combine(folder, "clone"), Path.Combine(folder, "packages"), "-p:CI=true");
        var twin = PackageFile.In(Path.Combine(folder, "packages"));

        Assert.Equal(repository.Package.Entries.Order(), twin.Entries.Order());
        Assert.All(twin.Entries, entry => Assert.Equal(repository.Package[entry], twin[entry]));
    }

    private Dictionary<string, Version> References(string assembly)
    {
        using var image = Image(assembly);
        var metadata = image.GetMetadataReader();
        return metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).ToDictionary(reference => metadata.GetString(reference.Name), reference => reference.Version);
    }

    private List<(string Path, string Url)> SourceLinks(string assembly) => ReadSymbols(assembly, symbols =>
    {
        var link = symbols.GetCustomDebugInformation(EntityHandle.ModuleDefinition)
            .Select(symbols.GetCustomDebugInformation)
            .Single(information => symbols.GetGuid(information.Kind) == s_sourceLink);
        using var json = JsonDocument.Parse(symbols.GetBlobBytes(link.Value));
        return json.RootElement.GetProperty("documents").EnumerateObject().Select(document => (document.Name, document.Value.GetString()!)).ToList();
    });

    private List<string> SourcesNobodyFinds(string assembly, HashSet<string> commit) => ReadSymbols(assembly, symbols =>
        symbols.Documents
            .Where(document => !symbols.GetCustomDebugInformation(document).Any(handle => symbols.GetGuid(symbols.GetCustomDebugInformation(handle).Kind) == s_embeddedSource))
            .Select(document => symbols.GetString(symbols.GetDocument(document).Name))
            .Where(source => !commit.Contains(source))
            .ToList());

    private T ReadSymbols<T>(string assembly, Func<MetadataReader, T> read)
    {
        using var image = Image(assembly);
        var embedded = image.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using var symbols = image.ReadEmbeddedPortablePdbDebugDirectoryData(embedded);
        return read(symbols.GetMetadataReader());
    }

    private PEReader Image(string assembly) => new([.. repository.Package[assembly]]);
}

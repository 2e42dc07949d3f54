using TraceLint.Package.Tests.Tools;

namespace TraceLint.Package.Tests.Scene;

/// <summary>A copy of this repository and the package made from it, for all tests: one folder, gone when they are done.</summary>
public sealed class PackedRepository : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("tracelint-").FullName;
    private int _folders;

    public PackedRepository()
        => Dotnet = Tool.Dotnet(new Dictionary<string, string>
        {
            ["NUGET_PACKAGES"] = InstallFolder,
            ["NUGET_FALLBACK_PACKAGES"] = Settings.PackageRoot,
        });

    /// <summary>The SDK, with a package folder of its own; what this machine has already is not fetched again.</summary>
    internal Tool Dotnet { get; }

    /// <summary>The copy.</summary>
    internal string Folder => Path.Combine(_root, "repository");

    /// <summary>The folder that the package is in, and nothing else.</summary>
    internal string PackageFolder => Path.Combine(_root, "packages");

    /// <summary>Where packages are installed, TraceLint among them.</summary>
    internal string InstallFolder => Path.Combine(_root, "nuget");

    internal PackageFile Package => PackageFile.In(PackageFolder);

    /// <summary>What packing wrote to the console.</summary>
    internal string PackOutput { get; private set; } = "";

    public async Task InitializeAsync()
    {
        // Nothing above the temporary folder may have a say in what is built in it.
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            await File.WriteAllTextAsync(Path.Combine(_root, name), "<Project />");
        }

        await File.WriteAllTextAsync(Path.Combine(_root, ".editorconfig"), "root = true");
        await RepositoryCopy.CreateAsync(Folder);
        PackOutput = await PackAsync(Folder, PackageFolder);
        await InstallAsync();
    }

    public Task DisposeAsync()
    {
        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Something still holds a file. It is in the system's temporary folder, which is where it may stay.
        }

        return Task.CompletedTask;
    }

    /// <summary>A new, empty folder outside of the copy.</summary>
    internal string NewFolder() => Directory.CreateDirectory(Path.Combine(_root, $"{Interlocked.Increment(ref _folders)}")).FullName;

    // This machine may have a TraceLint of the same version already, which NuGet would find there before it looks at any source. The
    // tests' own package folder comes first.
    private async Task InstallAsync()
    {
        var folder = NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "Install.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <RestoreSources>{PackageFolder}</RestoreSources>
                <RestoreFallbackFolders>clear</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageDownload Include="TraceLint" Version="[{Settings.VersionOf("TraceLint")}]" />
              </ItemGroup>
            </Project>
            """);
        await Dotnet.RunAsync(folder, "restore");
    }

    /// <summary>Packs as a release does.</summary>
    /// <returns>What that wrote to the console.</returns>
    internal Task<string> PackAsync(string repository, string output, string option = "-p:ContinuousIntegrationBuild=true")
        => Dotnet.RunAsync(repository, "pack", "src/TraceLint", "--output", output, option);

    /// <summary>The commit that was packed.</summary>
    internal async Task<string> CommitAsync() => (await Tool.Git.RunAsync(Folder, "rev-parse", "HEAD")).Trim();
}

/// <summary>All tests: builds next to each other only take each other's processors.</summary>
[CollectionDefinition(Name)]
public sealed class OnePackage : ICollectionFixture<PackedRepository>
{
    public const string Name = "One package";
}

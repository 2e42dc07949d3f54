using TraceLint.Package.Tests.Tools;

namespace TraceLint.Package.Tests.Scene;

/// <summary>A console project of somebody who installed TraceLint, in a folder of its own.</summary>
internal sealed class ConsumerProject
{
    public const string Kafka = "Confluent.Kafka";
    public const string OpenTelemetry = "OpenTelemetry.Api";

    private readonly Tool _dotnet;
    private readonly string _folder;

    /// <param name="repository">Where TraceLint comes from.</param>
    /// <param name="code">The content of Program.cs, or of Program.vb for a Visual Basic project.</param>
    /// <param name="packages">What is referenced besides TraceLint, in the versions this repository uses.</param>
    /// <param name="language">"cs" or "vb".</param>
    /// <param name="properties">More properties, as XML.</param>
    /// <param name="library">A package that is referenced, too, and the folder it is in.</param>
    /// <param name="items">More items, as XML: what this repository does not use is restored from the sources of the machine.</param>
    public ConsumerProject(
        PackedRepository repository,
        string code,
        string[] packages,
        string language = "cs",
        string properties = "",
        (string Folder, string Package, string Version)? library = null,
        string items = "")
    {
        _dotnet = repository.Dotnet;
        _folder = Directory.CreateDirectory(Path.Combine(repository.NewFolder(), "Consumer")).FullName;
        ProjectFile = Path.Combine(_folder, $"Consumer.{language}proj");
        Write($"Program.{language}", code);
        // One source, and not those of the machine: they may have a TraceLint of the same version, and it must not be that
        // which is tested. All the rest has been restored with this test project.
        var restoreFrom = items.Length == 0 ? "RestoreSources" : "RestoreAdditionalProjectSources";
        Write(Path.GetFileName(ProjectFile), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable Condition="'$(MSBuildProjectExtension)' == '.csproj'">enable</Nullable>
                <{restoreFrom}>{repository.PackageFolder};{library?.Folder}</{restoreFrom}>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="TraceLint" Version="{Settings.VersionOf("TraceLint")}" PrivateAssets="all" />
                {(library is var (_, id, version) ? $"""<PackageReference Include="{id}" Version="{version}" />""" : "")}
                {string.Concat(packages.Select(package => $"""<PackageReference Include="{package}" Version="{Settings.VersionOf(package)}" />"""))}
                {items}
              </ItemGroup>
            </Project>
            """);
    }

    public string ProjectFile { get; }

    /// <summary>The content of Program.cs.</summary>
    public string Code => File.ReadAllText(Path.Combine(_folder, "Program.cs"));

    public void Write(string file, string content) => File.WriteAllText(Path.Combine(_folder, file), content);

    /// <summary>Builds it, and <paramref name="options"/> may make a warning an error.</summary>
    /// <returns>The warnings.</returns>
    public async Task<IReadOnlyList<BuildMessage>> BuildAsync(params string[] options)
        => BuildMessage.In(await RunAsync(["build", .. options]));

    /// <summary>The same for a build that must fail.</summary>
    /// <returns>The warnings and errors.</returns>
    public async Task<IReadOnlyList<BuildMessage>> FailToBuildAsync(params string[] options)
        => BuildMessage.In(await _dotnet.FailAsync(_folder, ["build", .. options]));

    public Task<string> RunAsync(params string[] arguments) => _dotnet.RunAsync(_folder, arguments);
}

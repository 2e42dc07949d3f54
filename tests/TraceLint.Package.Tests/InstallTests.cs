using System.IO.Compression;
using TraceLint.Package.Tests.Scene;
using TraceLint.Package.Tests.Tools;

namespace TraceLint.Package.Tests;

/// <summary>Every way to install the package ends in the same warning, and only where it was installed.</summary>
[Collection(OnePackage.Name)]
public class InstallTests(InstallTests.Shop shop) : IClassFixture<InstallTests.Shop>
{
    /// <summary>C# projects that have TraceLint, and how.</summary>
    [Theory]
    [InlineData("Added")] // dotnet add package
    [InlineData("Library")] // PackageReference
    [InlineData("Central")] // PackageReference and PackageVersion
    [InlineData("Global")] // GlobalPackageReference
    [InlineData("Everywhere")] // PackageReference in Directory.Build.props
    public void Build_WarnsOnce(string project)
        => Assert.Equal([ConsumerSolution.WarningIn(project)], BuildMessage.Of($"{project}.csproj", shop.Output));

    [Theory]
    [InlineData("Basic.vbproj")]
    [InlineData("FSharp.fsproj")]
    public void OtherLanguages_AreLeftAlone(string project)
    {
        Assert.Empty(BuildMessage.Of(project, shop.Output));
        Assert.Contains($"{Path.GetFileNameWithoutExtension(project)} -> ", shop.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_SaysNothingElse() => Assert.All(BuildMessage.In(shop.Output), message => Assert.Equal("TL5001", message.Id));

    [Fact]
    public void AddPackage_KeepsItPrivate()
        => Assert.Contains("<PrivateAssets>all</PrivateAssets>", shop.Solution.Read("Added/Added.csproj"), StringComparison.Ordinal);

    [Fact]
    public void DependentProject_GetsNothing()
    {
        Assert.Empty(BuildMessage.Of("App.csproj", shop.Output));
        Assert.DoesNotContain("TraceLint/", shop.Solution.Read("App/obj/project.assets.json"), StringComparison.Ordinal);
    }

    [Fact]
    public void PackedLibrary_DoesNotDependOnTraceLint()
        => Assert.DoesNotContain("id=\"TraceLint\"", shop.NuspecOf("Library"), StringComparison.Ordinal);

    // NuGet's own rule: only PrivateAssets="all", which `dotnet add package` writes for a development dependency, stops analyzers.
    [Fact]
    public void WithoutPrivateAssets_DependentProjectIsAnalyzedToo()
        => Assert.Equal([ConsumerSolution.WarningIn("LeakApp")], BuildMessage.Of("LeakApp.csproj", shop.Output));

    [Fact]
    public void WithoutPrivateAssets_PackedLibraryDependsOnTraceLint()
        => Assert.Contains("id=\"TraceLint\"", shop.NuspecOf("Leak"), StringComparison.Ordinal);

    /// <summary>One solution with all of them, built once.</summary>
    public sealed class Shop : IAsyncLifetime
    {
        public Shop(PackedRepository repository)
        {
            const string pack = "<GeneratePackageOnBuild>true</GeneratePackageOnBuild>";
            const string hidesOrders = "<NoWarn>$(NoWarn);CS0436</NoWarn>";
            Solution = new ConsumerSolution(repository, offline: true);
            Solution.Add("Added/Added.csproj");
            Solution.Add("Central/Central.csproj", """<PackageReference Include="TraceLint" PrivateAssets="all" />""");
            Solution.Write("Central/Directory.Packages.props", Central("PackageVersion"));
            Solution.Add("Global/Global.csproj");
            Solution.Write("Global/Directory.Packages.props", Central("GlobalPackageReference"));
            Solution.Add("All/Everywhere/Everywhere.csproj");
            Solution.Add("All/Basic/Basic.vbproj");
            Solution.Add("All/FSharp/FSharp.fsproj");
            Solution.Write("All/Directory.Build.props", $"<Project><ItemGroup>{ConsumerSolution.TraceLint}</ItemGroup></Project>");
            Solution.Add("Library/Library.csproj", ConsumerSolution.TraceLint, properties: pack);
            Solution.Add("App/App.csproj", """<ProjectReference Include="../Library/Library.csproj" />""", properties: hidesOrders);
            Solution.Add("Leak/Leak.csproj", ConsumerSolution.TraceLintWith(""), properties: pack);
            Solution.Add("LeakApp/LeakApp.csproj", """<ProjectReference Include="../Leak/Leak.csproj" />""", properties: hidesOrders);

            static string Central(string item) => $"""
                <Project>
                  <PropertyGroup>
                    <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
                  </PropertyGroup>
                  <ItemGroup>
                    <{item} Include="TraceLint" Version="{Settings.VersionOf("TraceLint")}" />
                  </ItemGroup>
                </Project>
                """;
        }

        internal ConsumerSolution Solution { get; }

        internal string Output { get; private set; } = "";

        public async Task InitializeAsync()
        {
            await Solution.RunAsync("add", "Added", "package", "TraceLint");
            Output = await Solution.BuildAsync();
        }

        public Task DisposeAsync() => Task.CompletedTask;

        internal string NuspecOf(string project)
        {
            using var package = ZipFile.OpenRead(Solution.PathOf($"{project}/bin/Debug/{project}.1.0.0.nupkg"));
            using var nuspec = new StreamReader(package.GetEntry($"{project}.nuspec")!.Open());
            return nuspec.ReadToEnd();
        }
    }
}

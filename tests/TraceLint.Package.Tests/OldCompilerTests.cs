using TraceLint.Package.Tests.Scene;
using TraceLint.Package.Tests.Tools;

namespace TraceLint.Package.Tests;

/// <summary>
/// A compiler that is older than the Roslyn TraceLint is built against: it does not get the analyzers, and each project says so once. The
/// version is a property that the compiler's own targets set; here, the command line does.
/// </summary>
[Collection(OnePackage.Name)]
public class OldCompilerTests(PackedRepository repository, OldCompilerTests.Shop shop) : IClassFixture<OldCompilerTests.Shop>
{
    [Theory]
    [InlineData("Single")]
    [InlineData("Multi")]
    [InlineData("Everywhere")]
    public void Build_WarnsOncePerProject(string project)
    {
        var warning = new BuildMessage($"{project}/{project}.csproj", 0, "warning", "TL9001");

        Assert.Equal([warning], BuildMessage.Of($"{project}.csproj", shop.Output));
    }

    [Fact]
    public void Warning_SaysWhatIsNeeded() => Assert.Contains(
        "Single.csproj : warning TL9001: TraceLint needs the compiler of the .NET SDK 8.0.100 or Visual Studio 2022 17.8; "
        + "this build uses Roslyn 4.4, so TraceLint does not run.",
        shop.Output,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("ModeNone.csproj")]
    [InlineData("NoWarn.csproj")]
    [InlineData("Basic.vbproj")]
    [InlineData("FSharp.fsproj")]
    public void Build_SaysNothing(string project)
    {
        Assert.Empty(BuildMessage.Of(project, shop.Output));
        Assert.Contains($"{Path.GetFileNameWithoutExtension(project)} -> ", shop.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_SaysNothingElse() => Assert.All(BuildMessage.In(shop.Output), message => Assert.Equal("TL9001", message.Id));

    /// <summary>What an editor asks for: the compiler's command line, without running it.</summary>
    [Theory]
    [InlineData("roslyn3.11", false)]
    [InlineData("roslyn4.7", false)]
    [InlineData("roslyn4.8", true)]
    [InlineData("roslyn4.14", true)]
    [InlineData("roslyn5.0", true)]
    [InlineData("unknown", true)]
    [InlineData("MSBuild 16.11.2", false)] // what counts where the compiler does not tell its version; MSBuildVersion cannot be set
    [InlineData("MSBuild 17.10.4", true)]
    public async Task CommandLine_HasTheAnalyzersFromRoslyn48On(string compiler, bool hasAnalyzers)
    {
        var output = await shop.Solution.RunAsync(
            "msbuild", "Single", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true",
            "-p:NonExistentFile=never/never", "-getItem:CscCommandLineArgs", $"-p:CompilerApiVersion={compiler}");

        Assert.Contains("Orders.cs", output, StringComparison.Ordinal);
        Assert.Equal(hasAnalyzers, output.Contains($"/analyzer:{repository.InstallFolder}/tracelint/", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(hasAnalyzers, output.Contains("TraceLint.Analyzers.dll", StringComparison.Ordinal));
    }

    /// <summary>One solution, built once as if by Roslyn 4.4.</summary>
    public sealed class Shop : IAsyncLifetime
    {
        public Shop(PackedRepository repository)
        {
            Solution = new ConsumerSolution(repository, offline: false);
            Solution.Add("Single/Single.csproj", ConsumerSolution.TraceLint);
            Solution.Add("Multi/Multi.csproj", ConsumerSolution.TraceLint, "\n  net8.0;\n  net10.0;\n");
            Solution.Add("ModeNone/ModeNone.csproj", ConsumerSolution.TraceLint, properties: "<TraceLintMode>None</TraceLintMode>");
            Solution.Add("NoWarn/NoWarn.csproj", ConsumerSolution.TraceLint, properties: "<NoWarn>$(NoWarn);TL9001</NoWarn>");
            Solution.Add("All/Everywhere/Everywhere.csproj");
            Solution.Add("All/Basic/Basic.vbproj");
            Solution.Add("All/FSharp/FSharp.fsproj");
            Solution.Write("All/Directory.Build.props", $"<Project><ItemGroup>{ConsumerSolution.TraceLint}</ItemGroup></Project>");
        }

        internal ConsumerSolution Solution { get; }

        internal string Output { get; private set; } = "";

        public async Task InitializeAsync() => Output = await Solution.BuildAsync("-p:CompilerApiVersion=roslyn4.4");

        public Task DisposeAsync() => Task.CompletedTask;
    }
}

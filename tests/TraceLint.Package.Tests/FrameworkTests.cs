using TraceLint.Package.Tests.Scene;
using TraceLint.Package.Tests.Tools;

namespace TraceLint.Package.Tests;

/// <summary>The frameworks and language versions of old and new code bases: the same warning, and a fix that compiles.</summary>
[Collection(OnePackage.Name)]
public class FrameworkTests(FrameworkTests.Shop shop) : IClassFixture<FrameworkTests.Shop>
{
    /// <summary>The projects, and how often each is compiled.</summary>
    public static TheoryData<string, int> Projects { get; } = new()
    {
        { "Net10", 1 },
        { "Net8", 1 },
        { "Standard", 1 },
        { "Framework", 1 },
        { "CSharp73", 1 },
        { "Multi", 3 },
    };

    [Theory]
    [MemberData(nameof(Projects))]
    public void Build_WarnsOncePerFramework(string project, int frameworks)
    {
        var warnings = Enumerable.Repeat(ConsumerSolution.WarningIn(project), frameworks);

        Assert.Equal(warnings, BuildMessage.Of($"{project}.csproj", shop.Before));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Format_FixesIt(string project, int frameworks)
    {
        Assert.Contains("activity?.SetTag(\"order.id\", orderId);", shop.Solution.Read($"{project}/Orders.cs"), StringComparison.Ordinal);
        Assert.Empty(BuildMessage.Of($"{project}.csproj", shop.After));
        Assert.Equal(frameworks, shop.After.Split('\n').Count(line => line.Contains($" {project} -> ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Build_SaysNothingElse()
    {
        Assert.All(BuildMessage.In(shop.Before), message => Assert.Equal("TL5001", message.Id));
        Assert.Empty(BuildMessage.In(shop.After));
    }

    /// <summary>One solution with all of them: built, fixed and built again, once.</summary>
    public sealed class Shop : IAsyncLifetime
    {
        public Shop(PackedRepository repository)
        {
            const string spans = """<PackageReference Include="System.Diagnostics.DiagnosticSource" Version="10.0.14" />""";
            const string spansOfStandard = $"""<ItemGroup Condition="'$(TargetFramework)' == 'netstandard2.0'">{spans}</ItemGroup>""";
            const string old = "<LangVersion>7.3</LangVersion><Nullable>disable</Nullable>";
            Solution = new ConsumerSolution(repository, offline: false);
            Solution.Add("Net10/Net10.csproj", ConsumerSolution.TraceLint, properties: "<Nullable>enable</Nullable>");
            Solution.Add("Net8/Net8.csproj", ConsumerSolution.TraceLint, "net8.0", "<Nullable>enable</Nullable>");
            Solution.Add("Standard/Standard.csproj", ConsumerSolution.TraceLint + spans, "netstandard2.0");
            Solution.Add("Framework/Framework.csproj", ConsumerSolution.TraceLint + spans, "net472");
            Solution.Add("CSharp73/CSharp73.csproj", ConsumerSolution.TraceLint, properties: old);
            Solution.Add("Multi/Multi.csproj", ConsumerSolution.TraceLint, "net8.0;net10.0;netstandard2.0");
            Solution.Write("Multi/Directory.Build.targets", $"<Project>{spansOfStandard}</Project>");
        }

        internal ConsumerSolution Solution { get; }

        internal string Before { get; private set; } = "";

        internal string After { get; private set; } = "";

        public async Task InitializeAsync()
        {
            Before = await Solution.BuildAsync();
            await Solution.RunAsync("format", "analyzers", "Shop.slnx", "--diagnostics", "TL5001", "--no-restore");
            After = await Solution.BuildAsync();
        }

        public Task DisposeAsync() => Task.CompletedTask;
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using TraceLint.Package.Tests.Scene;
using TraceLint.Package.Tests.Tools;

namespace TraceLint.Package.Tests;

/// <summary>The sample does what its README says: broken as it is, whole after the fix.</summary>
[Collection(OnePackage.Name)]
public partial class SampleTests(SampleTests.Story story) : IClassFixture<SampleTests.Story>
{
    [Fact]
    public void Build_WarnsWhereTheReadmeSays()
        => Assert.Equal(story.Readme.BrokenPlaces, BuildMessage.In(story.BuildBefore));

    [Fact]
    public void Run_ShowsTheTracesOfTheReadme()
        => Assert.EndsWith(story.Readme.ClosingLine("Before"), story.RunBefore.TrimEnd(), StringComparison.Ordinal);

    [Fact]
    public void BuildAfterFormat_WarnsOfNothing() => Assert.Empty(BuildMessage.In(story.BuildAfter));

    [Fact]
    public void RunAfterFormat_ShowsTheTraceOfTheReadme()
        => Assert.EndsWith(story.Readme.ClosingLine("After"), story.RunAfter.TrimEnd(), StringComparison.Ordinal);

    [Fact]
    public void RunAfterFormat_Unsampled_IsThatTraceToo()
        => Assert.EndsWith($"{story.Readme.ClosingLine("After")}, nothing of it sampled", story.RunUnsampled.TrimEnd(), StringComparison.Ordinal);

    /// <summary>The picture in the README is of these runs; <c>TRACELINT_WRITE_PICTURE=1</c> draws it anew.</summary>
    [Fact]
    public void Picture_IsOfTheseRuns()
    {
        var path = Path.Combine(Settings.RepositoryRoot, ".github", "traces.svg");
        var picture = TracePicture.Of(story.RunBefore, story.RunAfter);
        if (Environment.GetEnvironmentVariable("TRACELINT_WRITE_PICTURE") == "1")
        {
            File.WriteAllText(path, picture);
        }

        Assert.Equal(File.ReadAllText(path), picture);
    }

    [Fact]
    public void DiffsInTheReadme_AreWhatTheFixesDo()
    {
        var diffs = Diffs().Matches(File.ReadAllText(Path.Combine(Settings.RepositoryRoot, "README.md")));

        Assert.NotEmpty(diffs);
        Assert.All(diffs, diff =>
        {
            var (file, lines) = (diff.Groups["file"].Value, diff.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.Contains(Side('-'), File.ReadAllText(Path.Combine(Settings.RepositoryRoot, file)), StringComparison.Ordinal);
            Assert.Contains(Side('+'), File.ReadAllText(Path.Combine(story.Folder, file)), StringComparison.Ordinal);

            string Side(char mark) => string.Join('\n', lines.Where(line => line[0] == mark || line[0] == ' ').Select(static line => line[1..]));
        });
    }

    [GeneratedRegex(@"^```diff\n--- a/.*\n\+\+\+ b/(?<file>.*)\n(?<lines>(?:[ +-].*\n)+)```", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Diffs();

    /// <summary>Builds and runs the sample, fixes it, and builds and runs it again: once, for all the tests above.</summary>
    public sealed class Story(PackedRepository repository) : IAsyncLifetime
    {
        internal SampleReadme Readme { get; } = new(File.ReadAllText(Path.Combine(repository.Folder, "tests", "Samples", "OrderFlow", "README.md")));

        /// <summary>The repository with the sample fixed.</summary>
        internal string Folder => repository.Folder;

        internal string BuildBefore { get; private set; } = "";

        internal string RunBefore { get; private set; } = "";

        internal string BuildAfter { get; private set; } = "";

        internal string RunAfter { get; private set; } = "";

        internal string RunUnsampled { get; private set; } = "";

        public async Task InitializeAsync()
        {
            BuildBefore = await BuildAsync();
            RunBefore = await RunAsync();
            await repository.Dotnet.RunAsync(repository.Folder, "format", "analyzers", "tests/Samples/OrderFlow");
            BuildAfter = await BuildAsync();
            RunAfter = await RunAsync();
            RunUnsampled = await RunAsync("--", "--unsampled");
        }

        public Task DisposeAsync() => Task.CompletedTask;

        private Task<string> BuildAsync() => repository.Dotnet.RunAsync(repository.Folder, "build", "tests/Samples/OrderFlow");

        private Task<string> RunAsync(params string[] arguments)
            => repository.Dotnet.RunAsync(repository.Folder, ["run", "--project", "tests/Samples/OrderFlow/OrderFlow.Demo", "--no-build", .. arguments]);
    }

    /// <summary>What the sample's README promises.</summary>
    internal sealed partial class SampleReadme(string text)
    {
        /// <summary>The rows of the table, as a build would print them.</summary>
        public IEnumerable<BuildMessage> BrokenPlaces
            => Rows().Matches(text)
                .Select(row => new BuildMessage(row.Groups["file"].Value, int.Parse(row.Groups["line"].Value, CultureInfo.InvariantCulture), "warning", row.Groups["rule"].Value))
                .OrderBy(message => message.File, StringComparer.Ordinal);

        /// <summary>The last line of the code block in a section.</summary>
        public string ClosingLine(string section)
            => text.Split($"\n## {section}\n")[1].Split("\n```")[1].Split('\n')[^1];

        [GeneratedRegex(@"^\| (?<file>\S+\.cs) \| (?<line>\d+) \| (?<rule>TL\d+) \|", RegexOptions.Multiline)]
        private static partial Regex Rows();
    }
}

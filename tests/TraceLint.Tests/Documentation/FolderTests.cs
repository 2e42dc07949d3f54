using System.Text.RegularExpressions;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Documentation;

/// <summary>The folders of the analyzers use each other as the table in CONTRIBUTING.md says, and in no other direction.</summary>
public class FolderTests
{
    private const string Analyzers = "src/TraceLint.Analyzers";

    public static TheoryData<string> Folders => [.. MayUse().Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_UsesWhatTheTableSays(string folder)
    {
        var mayUse = MayUse()[folder].Append(folder).ToHashSet();

        Assert.Empty(Repo.Sources(Analyzers, folder).SelectMany(file => UsedIn(file).Except(mayUse).Select(used => $"{Path.GetFileName(file)} uses {used}")));
    }

    [Fact]
    public void EveryFolder_IsInTheTable()
        => Assert.Equal(
            Directory.GetDirectories(Repo.File(Analyzers)).Select(Path.GetFileName).Except(["bin", "obj"]).Order(StringComparer.Ordinal),
            MayUse().Keys.Order(StringComparer.Ordinal));

    private static IEnumerable<string> UsedIn(string file)
        => Regex.Matches(File.ReadAllText(file), @"^using (?:static )?TraceLint\.(\w+)", RegexOptions.Multiline).Select(static match => match.Groups[1].Value);

    private static Dictionary<string, string[]> MayUse()
        => Regex.Matches(Repo.Text("CONTRIBUTING.md"), @"^\| src/TraceLint\.Analyzers/(\w+) \|.*\| ([^|]+) \|$", RegexOptions.Multiline)
            .ToDictionary(static row => row.Groups[1].Value, static row => row.Groups[2].Value.Split(", "));
}

using System.Text.RegularExpressions;
using TraceLint.Tests.Documentation;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Configuration;

/// <summary>Every rule and every fix asks what the user has said: where the code is, and, for a rule, by its id.</summary>
public partial class RuleSettingsTests
{
    public static TheoryData<string> Files => [.. Repo.Sources("src").Select(static path => Path.GetRelativePath(Repo.File("src"), path))];

    [Theory]
    [MemberData(nameof(Files))]
    public void File_AsksWithAllItKnows(string file)
    {
        var text = Repo.Text("src", file);

        Assert.DoesNotMatch(WithoutRule(), text);
        Assert.DoesNotMatch(WithoutOptions(), text);
        Assert.DoesNotMatch(WithoutDialect(), text);
    }

    [Fact]
    public void TableOfRules_SaysWhatEachCosts()
        => Assert.All(RulesPage.Rows("id"), static row => Assert.True(row.Length > 4 && row[4].Length > 0, $"rules.md: what does it cost to adopt {row[0]}?"));

    // Whether code is silent, or traces, can be said for one rule.
    [GeneratedRegex(@"SilentCode\.Contains\(\w+, \w+\)|\.Traces\((?!CancellationToken)")]
    private static partial Regex WithoutRule();

    [GeneratedRegex(@"SourceModels\.For\((context|compilation|model|after)(\.Compilation)?\)")]
    private static partial Regex WithoutOptions();

    [GeneratedRegex(@"DialectOf\([\w.]+\)")]
    private static partial Regex WithoutDialect();
}

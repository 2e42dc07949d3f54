using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using TraceLint.Tests.Catalog;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Documentation;

/// <summary>The page of the package and the README list every rule.</summary>
public class PackagePageTests
{
    private const string Header = "| rule | reports | severity | fix |";

    private static readonly IReadOnlyList<DiagnosticDescriptor> s_rules
        = [.. RuleCatalog.Descriptors.DistinctBy(static rule => rule.Id).OrderBy(static rule => rule.Id, StringComparer.Ordinal)];

    [Fact]
    public void PackagePage_TableIsMadeFromTheRules()
    {
        var page = Repo.Text("src", "TraceLint", "README.md");
        var start = page.IndexOf(Header, StringComparison.Ordinal);
        Assert.True(start >= 0, $"src/TraceLint/README.md has no table that starts with {Header}");
        var end = page.IndexOf("\n\n", start, StringComparison.Ordinal) + 1;

        var table = Table();
        if (page[start..end] != table)
        {
            File.WriteAllText(Repo.File("src", "TraceLint", "README.md"), page[..start] + table + page[end..]);
            Assert.Fail("The table in src/TraceLint/README.md was not what the rules say. It is now: look at it and run the tests again.");
        }
    }

    [Fact]
    public void Readme_ListsEveryRule()
        => Assert.Equal(
            s_rules.Select(static rule => $"{rule.Id} {rule.DefaultSeverity} {(RuleCatalog.FixTitle(rule.Id) is null ? "-" : "yes")}"),
            Repo.Text("README.md").Split('\n').Where(static line => line.StartsWith("| [TL", StringComparison.Ordinal))
                .Select(static line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
                .Select(static row => $"{row[0][1..7]} {row[2]} {row[3]}"));

    private static string Table()
    {
        var table = new StringBuilder(Header).Append("\n|---|---|---|---|\n");
        foreach (var rule in s_rules)
        {
            var title = rule.Title.ToString(CultureInfo.InvariantCulture);
            table.Append(CultureInfo.InvariantCulture, $"| [{rule.Id}]({rule.HelpLinkUri}) | {title} ")
                .Append(CultureInfo.InvariantCulture, $"| {rule.DefaultSeverity} | {RuleCatalog.FixTitle(rule.Id) ?? "-"} |\n");
        }

        return table.ToString();
    }
}

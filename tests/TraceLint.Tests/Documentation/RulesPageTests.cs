using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using TraceLint.Configuration;
using TraceLint.Tests.Catalog;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Documentation;

/// <summary>rules.md and the pages of the rules say what the rules say, and everything they say.</summary>
public partial class RulesPageTests
{
    private const int MostBytes = 70_000;

    public static TheoryData<string> Ids => RuleCatalog.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_SaysWhatTheDescriptorSays(string id)
    {
        var page = RulesPage.Text(id);
        if (page is null)
        {
            RulesPage.WriteStub(id);
        }

        Assert.True(page is not null, $"{id} had no page in src/TraceLint/rules. It has one now: fill it in, and run the tests again for its section in rules.md.");
        Assert.StartsWith(RulesPage.Heading(id), page, StringComparison.Ordinal);
        Assert.Equal(RulesPage.Sections, page.Split('\n').Where(static line => line.StartsWith("## ", StringComparison.Ordinal)).Select(static line => line[3..]));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_OpensWithASentenceAndAnExample(string id)
    {
        var table = RulesPage.Heading(id)[RulesPage.Heading(id).IndexOf('\n', StringComparison.Ordinal)..].TrimStart('\n');
        var opening = RulesPage.Opening(id)[(table.Length + 1)..];
        Assert.True(Sentence().IsMatch(opening), $"{id}: say in one sentence what breaks, between the table and the example.");
        if (RuleCatalog.Descriptor(id).Category != "TraceLint.Configuration")
        {
            Assert.Contains("\n```csharp reported\n", opening, StringComparison.Ordinal);
        }

        Assert.Equal(RuleCatalog.FixTitle(id) is not null, opening.Contains("\n```csharp fixed ", StringComparison.Ordinal));
        Assert.True(!opening.Contains("](", StringComparison.Ordinal), $"{id}: a link from the opening would be broken in rules.md, which is in another folder.");
    }

    [Fact]
    public void Sections_AreTheOpeningsOfThePages()
    {
        var text = RulesPage.IndexText;
        var start = text.IndexOf("\n## TL", StringComparison.Ordinal);
        var end = text.IndexOf("\n## Configuration\n", StringComparison.Ordinal);
        Assert.True(start >= 0 && end > start, "rules.md has no sections of rules before its section Configuration.");

        var sections = string.Concat(RulesPage.Ids.Select(RulesPage.SectionOf));
        if (text[start..end] != sections)
        {
            File.WriteAllText(RulesPage.IndexPath, text[..start] + sections + text[end..]);
            Assert.Fail("The sections in rules.md were not the openings of the pages in src/TraceLint/rules. They are now: look at them and run the tests again.");
        }
    }

    [Fact]
    public void Index_IsShortEnoughToRead() => Assert.InRange(Encoding.UTF8.GetByteCount(RulesPage.IndexText), 1, MostBytes);

    [Theory]
    [MemberData(nameof(Ids))]
    public void HelpLink_LeadsToTheSection(string id)
        => Assert.Equal($"{References.Metadata("RepositoryUrl")}/blob/{References.Metadata("Release")}/rules.md#{id.ToLowerInvariant()}", RuleCatalog.Descriptor(id).HelpLinkUri);

    [Fact]
    public void Table_ListsEveryRule()
        => Assert.Equal(
            RuleCatalog.Descriptors.OrderBy(static descriptor => descriptor.Id, StringComparer.Ordinal).Select(static descriptor => new[]
            {
                $"[{descriptor.Id}](#{descriptor.Id.ToLowerInvariant()})",
                descriptor.Title.ToString(CultureInfo.InvariantCulture),
                descriptor.DefaultSeverity.ToString(),
                RuleCatalog.FixTitle(descriptor.Id) is null ? "-" : "yes",
            }),
            RulesPage.RowsOfRules().Select(static row => row[..4]));

    [Fact]
    public void TableOfRules_SaysWhatEachCosts()
        => Assert.All(RulesPage.RowsOfRules(), static row => Assert.True(row.Length > 4 && row[4].Length > 0, $"rules.md: what does it cost to adopt {row[0]}?"));

    [Fact]
    public void Options_AreAllDocumentedAndAllExist()
        => Assert.Equal(
            KnownOptions.All.Select(static option => (Name: $"`{option.Key}`", option.Values)).OrderBy(static option => option.Name, StringComparer.Ordinal),
            RulesPage.Rows(RulesPage.Configuration, "option").Select(static row => (Name: row[0], Values: row[1])).OrderBy(static row => row.Name, StringComparer.Ordinal));

    [GeneratedRegex("^\n(?!```)[A-Z`]")]
    private static partial Regex Sentence();
}

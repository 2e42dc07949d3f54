using System.Globalization;
using TraceLint.Configuration;
using TraceLint.Tests.Catalog;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Documentation;

/// <summary>rules.md says what the rules say, and everything they say.</summary>
public class RulesPageTests
{
    public static TheoryData<string> Ids => RuleCatalog.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void Section_SaysWhatTheDescriptorSays(string id)
    {
        var section = RulesPage.Section(id);
        if (section is null)
        {
            RulesPage.AppendStub(id);
        }

        Assert.True(section is not null, $"rules.md had no section {id}. It has one now: fill it in.");

        Assert.StartsWith(RulesPage.Heading(id), section, StringComparison.Ordinal);
        Assert.Equal(RulesPage.Parts, section.Split('\n').Where(static line => line.StartsWith("### ", StringComparison.Ordinal)).Select(static line => line[4..]));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void HelpLink_LeadsToTheSection(string id)
        => Assert.Equal($"{References.Metadata("RepositoryUrl")}/blob/main/rules.md#{id.ToLowerInvariant()}", RuleCatalog.Descriptor(id).HelpLinkUri);

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
            RulesPage.Rows("id").Select(static row => row[..4]));

    [Fact]
    public void TableOfRules_SaysWhatEachCosts()
        => Assert.All(RulesPage.Rows("id"), static row => Assert.True(row.Length > 4 && row[4].Length > 0, $"rules.md: what does it cost to adopt {row[0]}?"));

    [Fact]
    public void Options_AreAllDocumentedAndAllExist()
        => Assert.Equal(
            KnownOptions.All.Select(static option => (Name: $"`{option.Key}`", option.Values)).OrderBy(static option => option.Name, StringComparer.Ordinal),
            RulesPage.Rows("option").Select(static row => (Name: row[0], Values: row[1])).OrderBy(static row => row.Name, StringComparer.Ordinal));
}

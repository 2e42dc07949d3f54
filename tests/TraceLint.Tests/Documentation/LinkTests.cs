using System.Text.RegularExpressions;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Documentation;

/// <summary>Links from one page of the repository to another lead to a file and to a heading that exist.</summary>
public partial class LinkTests
{
    private static string Site => $"{References.Metadata("RepositoryUrl")}/blob/{References.Metadata("Release")}/";

    public static TheoryData<string> Pages
        => [.. Directory.EnumerateFiles(Repo.File(), "*.md").Concat(Directory.EnumerateFiles(Repo.File("src", "TraceLint"), "*.md")).Concat(RulesPage.Paths)
            .Distinct().Select(static path => Path.GetRelativePath(Repo.File(), path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_LeadSomewhere(string page) => Assert.Empty(BrokenLinks(page, Repo.Text(page)));

    [Theory]
    [InlineData("rules.md#tl1001", true)]
    [InlineData("rules.md#tl0001", false)]
    [InlineData("rules.md", true)]
    [InlineData("no-such-page.md", false)]
    [InlineData("#not-here", false)]
    [InlineData("#a-heading-of-code--more", true)]
    [InlineData("#same-1", true)]
    [InlineData("#same-2", false)]
    [InlineData("src/TraceLint/rules/configuration.md#settings", true)]
    [InlineData("src/TraceLint/rules/configuration.md#setting", false)]
    [InlineData("tests/Samples", true)]
    [InlineData("https://example.com/anything", true)]
    [InlineData("<repository>rules.md", true)]
    [InlineData("<repository>rules.md#tl1001", true)]
    [InlineData("<repository>rules.md#tl0001", false)]
    public void Link_IsBroken_WhereNoFileOrHeadingIs(string target, bool exists)
    {
        var link = target.Replace("<repository>", Site, StringComparison.Ordinal);
        var text = $"# A heading of `code` & more\n\n## Same\n\n## Same\n\nSee [`this`]({link}).\n";

        Assert.Equal(exists ? [] : new[] { link }, BrokenLinks("README.md", text));
    }

    [Fact]
    public void Links_InCode_AreNone() => Assert.Empty(BrokenLinks("README.md", "```csharp\nx[0](nowhere);\n```\n\n`x[0](nowhere)`\n"));

    private static IEnumerable<string> BrokenLinks(string page, string text)
        => Link().Matches(Code().Replace(text, "code")).Select(static match => match.Groups["target"].Value).Where(target => !Exists(page, text, target));

    private static bool Exists(string page, string text, string target)
    {
        var fromRoot = target.StartsWith(Site, StringComparison.Ordinal);
        if (!fromRoot && target.Contains(':', StringComparison.Ordinal))
        {
            return true;
        }

        var parts = (fromRoot ? target[Site.Length..] : target).Split('#', 2);
        var anchor = parts.ElementAtOrDefault(1);
        if (parts[0].Length > 0)
        {
            var path = fromRoot ? Repo.File(parts[0]) : Repo.File(Path.GetDirectoryName(page)!, parts[0]);
            if (!File.Exists(path))
            {
                return anchor is null && Directory.Exists(path);
            }

            text = anchor is null ? "" : File.ReadAllText(path).ReplaceLineEndings("\n");
        }

        return anchor is null || Anchors(text).Contains(anchor);
    }

    // As GitHub makes them: small letters, digits and hyphens; the second of two equal headings has a number.
    private static HashSet<string> Anchors(string text)
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (var heading in Heading().Matches(Fence().Replace(text, "")).Select(static match => match.Groups["text"].Value))
        {
            var anchor = string.Concat(heading.ToLowerInvariant().Where(static c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');
            for (var number = 0; !anchors.Add(number == 0 ? anchor : $"{anchor}-{number}"); number++)
            {
            }
        }

        return anchors;
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)|(?:src|href)=""(?<target>[^""]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```$|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("^#{1,6} (?<text>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();
}

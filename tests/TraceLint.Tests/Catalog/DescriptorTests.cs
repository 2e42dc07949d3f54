using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using TraceLint.Host;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Catalog;

public partial class DescriptorTests
{
    private static readonly Dictionary<char, string> s_categories = new() { ['1'] = "TraceLint.Publish", ['2'] = "TraceLint.Consume", ['3'] = "TraceLint.InProcess", ['4'] = "TraceLint.Sampling", ['5'] = "TraceLint.Names", ['9'] = "TraceLint.Configuration" };

    public static TheoryData<string> Ids => RuleCatalog.Ids;

    public static TheoryData<string> RuleNames => RuleCatalog.RuleNames;

    [Fact]
    public void Host_HasEveryRule()
        => Assert.Equal(RuleCatalog.Rules.Select(static rule => rule.GetType()), AllRules.Create().Select(static rule => rule.GetType()));

    [Fact]
    public void Ids_AreUnique() => Assert.Equal(RuleCatalog.Descriptors.Count, RuleCatalog.Descriptors.Select(static descriptor => descriptor.Id).Distinct().Count());

    [Theory]
    [MemberData(nameof(Ids))]
    public void Id_IsInTheBandOfItsCategory(string id)
    {
        Assert.Matches(IdPattern(), id);
        Assert.Equal(s_categories[id[2]], RuleCatalog.Descriptor(id).Category);
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Class_AndFile_CarryTheId(string name)
    {
        var rule = RuleCatalog.Rule(name);
        Assert.StartsWith(rule.Descriptor.Id + "_", name, StringComparison.Ordinal);
        Assert.Contains(
            new[] { Repo.File("src", "TraceLint.Analyzers", "Rules", name + ".cs"), Repo.File("src", "TraceLint.Analyzers", "Rules", rule.Descriptor.Id, name + ".cs") },
            File.Exists);
    }

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Descriptor_IsAStaticReadonlyFieldOfItsRule(string name)
    {
        var rule = RuleCatalog.Rule(name);
        var fields = rule.GetType().GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            .Where(static field => field.FieldType == typeof(DiagnosticDescriptor) && field.IsInitOnly)
            .Select(static field => field.GetValue(null));
        Assert.Equal([rule.Descriptor], fields);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Texts_AreOneLineAndSaySomething(string id)
    {
        var descriptor = RuleCatalog.Descriptor(id);
        var (title, message, description) = (descriptor.Title.ToString(CultureInfo.InvariantCulture), descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture), descriptor.Description.ToString(CultureInfo.InvariantCulture));
        Assert.All([title, message, description], static text => Assert.DoesNotContain('\n', text));
        Assert.DoesNotMatch(@"\.$", title);
        Assert.NotEqual(title, message);
        Assert.EndsWith(".", description, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void ReleaseEntry_SaysWhatTheDescriptorSays(string id)
    {
        var descriptor = RuleCatalog.Descriptor(id);
        var releases = Repo.Text("src", "TraceLint.Analyzers", "AnalyzerReleases.Shipped.md") + Repo.Text("src", "TraceLint.Analyzers", "AnalyzerReleases.Unshipped.md");
        var row = Assert.Single(releases.Split('\n'), line => line.StartsWith(id + " ", StringComparison.Ordinal));
        var cells = row.Split('|', StringSplitOptions.TrimEntries);
        Assert.Equal([id, descriptor.Category, descriptor.IsEnabledByDefault ? descriptor.DefaultSeverity.ToString() : "Disabled"], cells[..3]);
        Assert.Contains(descriptor.Title.ToString(CultureInfo.InvariantCulture), cells[3], StringComparison.Ordinal);
        Assert.Contains($"/rules.md#{id.ToLowerInvariant()}", cells[3], StringComparison.Ordinal);
    }

    [GeneratedRegex("^TL[1-5]0[0-9]{2}$|^TL900[123]$")]
    private static partial Regex IdPattern();
}

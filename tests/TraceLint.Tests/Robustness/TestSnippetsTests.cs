using TraceLint.Tests.Catalog;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Robustness;

/// <summary>The programs of the tests are found; other tests run all of them once more.</summary>
public class TestSnippetsTests
{
    [Fact]
    public void Programs_AreThoseOfAllTests()
    {
        Assert.True(TestSnippets.All.Length >= 2000, $"Only {TestSnippets.All.Length} programs were found.");
        Assert.Equal(TestSnippets.All.Length, TestSnippets.All.Select(static snippet => snippet.Name).Distinct().Count());
        Assert.Empty(RuleCatalog.Rules.Select(static rule => rule.GetType()).Except(TestSnippets.All.Select(static snippet => snippet.Rule)));
        Assert.Empty(RuleCatalog.Fixes.Select(static fix => fix.GetType()).Except(TestSnippets.All.Select(static snippet => snippet.Fix)));
    }
}

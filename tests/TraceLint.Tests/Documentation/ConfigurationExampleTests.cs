using TraceLint.Configuration;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Documentation;

/// <summary>The examples of the page of settings start where nothing is reported, and a few lines are all they take.</summary>
public class ConfigurationExampleTests
{
    private static IReadOnlyList<CodeBlock> Reported => [.. RulesPage.CodeBlocks.Where(static block => block is { Topic: RulesPage.Configuration, Kind: "reported" })];

    [Fact]
    public void OwnBus_TakesFiveLines()
    {
        var lines = Reported[0].Declarations.Split('\n').Where(static line => line.Length > 0 && line[0] != '#').ToList();

        Assert.Equal(5, lines.Count);
        Assert.Contains("publish ", Reported[0].Declarations, StringComparison.Ordinal);
        Assert.Contains("consume ", Reported[0].Declarations, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnBus_WithoutThem_IsNotReported()
    {
        foreach (var block in Reported.Where(static block => block.Declarations.Contains("publish ", StringComparison.Ordinal)))
        {
            Assert.Empty(await CodeBlockTests.ReportedAsync(block with { Declarations = "" }, block.Clean, References.Newest));
        }
    }

    [Fact]
    public void KindsOfLines_AreAllDocumentedAndAllExist()
        => Assert.Equal(
            DeclarationLine.Kinds.Select(static kind => (Kind: $"`{kind}`", Parts: string.Join(", ", DeclarationLine.PartsOf(kind).Select(static part => $"`{part}`")))).OrderBy(static row => row.Kind, StringComparer.Ordinal),
            RulesPage.Rows(RulesPage.Configuration, "line").Select(static row => (Kind: row[0], Parts: row[1])).OrderBy(static row => row.Kind, StringComparer.Ordinal));
}

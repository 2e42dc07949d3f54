namespace TraceLint.Proofs.Kit;

/// <summary>rules.md says which fixes have been proved, and how; the table is made from the proofs.</summary>
public class ProofTableTests
{
    private const string Header = "| rule | programs | breaks, sampled root | breaks, unsampled root | whole after the fix | OpenTelemetry | System.Diagnostics |\n|---|---|---|---|---|---|---|\n";

    [Fact]
    public void Table_SaysWhatIsProved()
    {
        var text = File.ReadAllText(RulesPage.Path).ReplaceLineEndings("\n");
        var start = text.IndexOf(Header, StringComparison.Ordinal) + Header.Length;
        Assert.True(start >= Header.Length, "rules.md has no table of proofs.");
        var end = text.IndexOf("\n\n", start - 1, StringComparison.Ordinal) + 1;
        var rows = string.Concat(ProofCases.FixClasses.OrderBy(ProofCases.RuleOf, StringComparer.Ordinal).Select(Row));
        if (text[start..end] != rows)
        {
            File.WriteAllText(RulesPage.Path, text[..start] + rows + text[end..]);
            Assert.Fail("The table of proofs in rules.md was not up to date. It is now.");
        }
    }

    [Fact]
    public void Proofs_AreOfRulesWithFixes()
        => Assert.Empty(ProofCases.FixClasses.Select(ProofCases.RuleOf).Except(SourceProgram.MendableRules));

    private static string Row(Type proofs)
    {
        var all = ProofCases.All(proofs).ToList();
        return $"| {ProofCases.RuleOf(proofs)} | {all.Count} | {Breaks(isSampled: true)} | {Breaks(isSampled: false)} | sampled, unsampled | {Count(Dialect.OpenTelemetry)} | {Count(Dialect.SystemDiagnostics)} |\n";

        string Breaks(bool isSampled) => all.Count(proof => proof.IsBroken(isSampled)) is > 0 and var count ? $"{count}" : "-";

        string Count(Dialect dialect) => all.Count(proof => proof.Dialects.HasFlag(dialect)) is > 0 and var count ? $"{count}" : "-";
    }
}

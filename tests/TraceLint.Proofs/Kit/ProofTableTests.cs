using System.Reflection;

namespace TraceLint.Proofs.Kit;

/// <summary>The page proofs.md says which fixes have been proved, and how; the table is made from the proofs.</summary>
public class ProofTableTests
{
    private const string Header = "| rule | programs | breaks, sampled root | breaks, unsampled root | whole after the fix | OpenTelemetry | System.Diagnostics |\n|---|---|---|---|---|---|---|\n";

    [Fact]
    public void Table_SaysWhatIsProved()
    {
        var text = File.ReadAllText(RulesPage.ProofsPath).ReplaceLineEndings("\n");
        var start = text.IndexOf(Header, StringComparison.Ordinal) + Header.Length;
        Assert.True(start >= Header.Length, "src/TraceLint/rules/proofs.md has no table of proofs.");
        var end = text.IndexOf("\n\n", start - 1, StringComparison.Ordinal) + 1;
        var rows = string.Concat(ProofCases.FixClasses.OrderBy(ProofCases.RuleOf, StringComparer.Ordinal).Select(Row));
        if (text[start..end] != rows)
        {
            File.WriteAllText(RulesPage.ProofsPath, text[..start] + rows + text[end..]);
            Assert.Fail("The table in src/TraceLint/rules/proofs.md was not up to date. It is now.");
        }
    }

    [Fact]
    public void EveryRuleWithAFix_HasProofs()
        => Assert.Equal(SourceProgram.FixableRules, ProofCases.FixClasses.Select(ProofCases.RuleOf).Order(StringComparer.Ordinal));

    [Fact]
    public void EveryReason_IsOfAGap()
        => Assert.All(ProofCases.FixClasses, static proofs => Assert.All(ReasonsOf(proofs), reason => Assert.Equal(0, Count(proofs, reason.Gap))));

    private static string Row(Type proofs)
        => $"| {ProofCases.RuleOf(proofs)} | {ProofCases.All(proofs).Count()} | {Cell(proofs, Gap.SampledRoot)} | {Cell(proofs, Gap.UnsampledRoot)} | sampled, unsampled | {Count(proofs, Dialect.OpenTelemetry)} | {Cell(proofs, Gap.SystemDiagnostics)} |\n";

    private static string Cell(Type proofs, Gap gap)
        => Count(proofs, gap) is > 0 and var count ? $"{count}"
            : ReasonsOf(proofs).FirstOrDefault(reason => reason.Gap == gap)?.Reason ?? throw new InvalidOperationException($"{proofs.Name} has nothing for {gap}, and no reason.");

    private static int Count(Type proofs, Gap gap) => gap is Gap.SystemDiagnostics
        ? Count(proofs, Dialect.SystemDiagnostics)
        : ProofCases.All(proofs).Count(proof => proof.IsBroken(isSampled: gap is Gap.SampledRoot));

    private static int Count(Type proofs, Dialect dialect) => ProofCases.All(proofs).Count(proof => proof.Dialects.HasFlag(dialect));

    private static IEnumerable<UnprovedAttribute> ReasonsOf(Type proofs) => proofs.GetCustomAttributes<UnprovedAttribute>();
}

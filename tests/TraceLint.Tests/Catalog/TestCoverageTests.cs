namespace TraceLint.Tests.Catalog;

/// <summary>No rule and no fix without tests, and at least as many for what a rule must not report as for what it must.</summary>
public class TestCoverageTests
{
    public static TheoryData<string> RuleNames => RuleCatalog.RuleNames;

    public static TheoryData<string> FixNames => RuleCatalog.FixNames;

    [Theory]
    [MemberData(nameof(RuleNames))]
    public void Rule_HasAtLeastAsManySilentTestsAsReportingOnes(string name)
    {
        var (reported, silent) = (TestsIn($"TraceLint.Tests.Rules.{name}Tests"), TestsIn($"TraceLint.Tests.Rules.{name}SilentTests"));
        Assert.True(reported > 0, $"No test says what {name} reports.");
        Assert.True(silent >= reported, $"{reported} tests say what {name} reports, only {silent} what it does not.");
    }

    [Theory]
    [MemberData(nameof(FixNames))]
    public void Fix_HasTests(string name) => Assert.True(TestsIn($"TraceLint.Tests.CodeFixes.{name}Tests") > 0);

    private static int TestsIn(string type)
        => typeof(TestCoverageTests).Assembly.GetType(type)?.GetMethods().Count(static method => method.IsDefined(typeof(FactAttribute), inherit: true)) ?? 0;
}

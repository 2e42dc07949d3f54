using System.Reflection;
using TraceLint.Tests.Verification;
using Xunit.Sdk;

namespace TraceLint.Tests.Catalog;

/// <summary>The first case of each rule and of each fix, with everything checked that <see cref="Depth"/> leaves out elsewhere.</summary>
public class FullDepthTests
{
    public static TheoryData<string> RuleNames => RuleCatalog.RuleNames;

    public static TheoryData<string> FixNames => RuleCatalog.FixNames;

    [Theory]
    [MemberData(nameof(RuleNames))]
    public Task FirstCaseOfRule_HoldsInFull(string name) => RunFirstCaseAsync($"TraceLint.Tests.Rules.{name}Tests");

    [Theory]
    [MemberData(nameof(FixNames))]
    public Task FirstCaseOfFix_HoldsInFull(string name) => RunFirstCaseAsync($"TraceLint.Tests.CodeFixes.{name}Tests");

    private static async Task RunFirstCaseAsync(string className)
    {
        var type = typeof(FullDepthTests).Assembly.GetType(className, throwOnError: true)!;
        var tests = type.GetMethods().Where(static method => method.IsDefined(typeof(FactAttribute)) && method.ReturnType == typeof(Task));
        foreach (var test in tests.OrderBy(static method => method.MetadataToken))
        {
            var arguments = test.GetCustomAttributes<DataAttribute>().FirstOrDefault()?.GetData(test).First();
            if (await Depth.RunInFullAsync(() => (Task)test.Invoke(Activator.CreateInstance(type), arguments)!) > 0)
            {
                return;
            }
        }

        Assert.Fail($"No test of {className} has a case.");
    }
}

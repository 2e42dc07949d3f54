using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp;

namespace TraceLint.Tests.Verification;

/// <summary>
/// How much is checked of a case. Every case on the oldest Roslyn, which is CI's, and one case of each rule and of each fix on the newest
/// are checked by the test library, in full. The other cases leave out what hardly depends on the case: that a #pragma silences the rule,
/// that generated code is left alone, and Fix All in a project and in a solution.
/// </summary>
internal static class Depth
{
    private static readonly AsyncLocal<StrongBox<int>?> s_fullCases = new();

    /// <summary>Whether the tests run on the oldest Roslyn that is supported.</summary>
    public static readonly bool IsOldestRoslyn = typeof(CSharpCompilation).Assembly.GetName().Version!.Major < 5;

    /// <summary>Runs a test whose cases are checked in full.</summary>
    /// <returns>The number of cases.</returns>
    public static async Task<int> RunInFullAsync(Func<Task> test)
    {
        var cases = new StrongBox<int>();
        s_fullCases.Value = cases;
        await test();
        return cases.Value;
    }

    /// <summary>Asks for a case whether it is checked in full.</summary>
    public static bool IsFull()
    {
        if (s_fullCases.Value is { } cases)
        {
            cases.Value++;
            return true;
        }

        return IsOldestRoslyn;
    }
}

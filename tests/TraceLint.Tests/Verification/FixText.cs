using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace TraceLint.Tests.Verification;

/// <summary>
/// What holds for the text of every fix: no line that it wrote is too long, and in a file with tabs and other line endings it writes
/// those. The second is tried for the first test of each fix that runs, and for all tests where TRACELINT_FIX_VARIANTS is set.
/// </summary>
internal static partial class FixText
{
    private const int Limit = 120;

    private static readonly ConcurrentDictionary<Type, bool> s_tried = new();

    /// <summary>Fails on a line of the fixed code that is too long, unless it stood in the source, or was too long there before a part of it changed.</summary>
    public static void AssertFits(string source, string @fixed)
    {
        var original = Lines(Markup().Replace(source, "")).ToLookup(static line => line.Trim(), static line => line.Length > Limit);
        foreach (var line in Lines(@fixed))
        {
            Assert.True(
                line.Length <= Limit || original.Contains(line.Trim())
                    || original.Any(other => other.Any(static isLong => isLong) && SharedBy(line.Trim(), other.Key) * 2 > other.Key.Length),
                $"A fix wrote a line of {line.Length} columns: {line}");
        }
    }

    // What two lines begin and end with.
    private static int SharedBy(string one, string other)
    {
        var start = one.Zip(other).TakeWhile(static pair => pair.First == pair.Second).Count();
        var end = one.Skip(start).Reverse().Zip(other.Skip(start).Reverse()).TakeWhile(static pair => pair.First == pair.Second).Count();
        return start + end;
    }

    /// <summary>Whether a fix is to be tried with tabs now.</summary>
    public static bool IsVariantDue(Type fix)
        => s_tried.TryAdd(fix, true) || Environment.GetEnvironmentVariable("TRACELINT_FIX_VARIANTS") is { Length: > 0 };

    /// <summary>The same code, indented by tabs, its lines ended as on Windows.</summary>
    public static string WithTabs(string code) => string.Join("\r\n", Lines(code).Select(static line =>
    {
        var content = line.TrimStart(' ');
        var width = line.Length - content.Length;
        return new string('\t', width / 4) + new string(' ', width % 4) + content;
    }));

    private static string[] Lines(string code) => code.ReplaceLineEndings("\n").Split('\n');

    [GeneratedRegex(@"\[\||\|\]|\{\|[^:|]*:|\|\}")]
    private static partial Regex Markup();
}

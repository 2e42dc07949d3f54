using System.Text.RegularExpressions;

namespace TraceLint.Proofs.Kit;

/// <summary>The pages of the rules, and their examples.</summary>
internal static partial class RulesPage
{
    /// <summary>The page with the table of proofs.</summary>
    public static string ProofsPath { get; } = PathOf("proofs");

    /// <summary>What the page of a rule shows being fixed: the code that is reported, in order.</summary>
    public static string[] Fixed(string rule)
    {
        var page = File.ReadAllText(PathOf(rule)).ReplaceLineEndings("\n");
        return [.. Pair().Matches(page).Select(static pair => Marker().Replace(pair.Groups["code"].Value, "").TrimEnd())];
    }

    private static string PathOf(string page) => Path.Combine(Settings.RepositoryRoot, "src", "TraceLint", "rules", page + ".md");

    [GeneratedRegex(@"^```csharp reported\n(?<code>(?:(?!^```).*\n)*)^```\n(?:(?!^```).*\n)*^```csharp fixed ", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Pair();

    [GeneratedRegex(@" // TL\d{4}$", RegexOptions.Multiline)]
    private static partial Regex Marker();
}

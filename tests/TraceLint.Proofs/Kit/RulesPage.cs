using System.Text.RegularExpressions;

namespace TraceLint.Proofs.Kit;

/// <summary>The examples of rules.md.</summary>
internal static partial class RulesPage
{
    public static string Path { get; } = System.IO.Path.Combine(Settings.RepositoryRoot, "rules.md");

    /// <summary>What the section of a rule shows being fixed: the code that is reported, in order.</summary>
    public static string[] Fixed(string rule)
    {
        var section = File.ReadAllText(Path).ReplaceLineEndings("\n").Split($"\n## {rule}\n")[1].Split("\n## ")[0];
        return [.. Pair().Matches(section).Select(static pair => Marker().Replace(pair.Groups["code"].Value, "").TrimEnd())];
    }

    [GeneratedRegex(@"^```csharp reported\n(?<code>(?:(?!^```).*\n)*)^```\n\n^```csharp fixed ", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Pair();

    [GeneratedRegex(@" // TL\d{4}$", RegexOptions.Multiline)]
    private static partial Regex Marker();
}

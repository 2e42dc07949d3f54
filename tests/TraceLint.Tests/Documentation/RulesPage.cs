using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TraceLint.Tests.Catalog;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Documentation;

/// <summary>rules.md, taken apart.</summary>
internal static partial class RulesPage
{
    private static string Path => Repo.File("rules.md");

    private static string Text => Repo.Text("rules.md");

    /// <summary>The section of a rule; null when there is none.</summary>
    public static string? Section(string id)
    {
        var match = Regex.Match(Text, $@"^## {id}\n(.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline);
        return match.Success ? match.Groups[1].Value : null;
    }

    /// <summary>The names in the first column of a table whose header starts with a given word.</summary>
    public static IEnumerable<string[]> Rows(string firstColumn)
        => Text.Split('\n')
            .SkipWhile(line => !line.StartsWith($"| {firstColumn} |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(static line => line.StartsWith('|'))
            .Select(static line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries));

    /// <summary>What a rule's section has to start with.</summary>
    public static string Heading(string id)
    {
        var descriptor = RuleCatalog.Descriptor(id);
        return $"""

            **{descriptor.Title.ToString(CultureInfo.InvariantCulture)}**

            | category | severity | fix |
            |---|---|---|
            | {descriptor.Category} | {descriptor.DefaultSeverity} | {RuleCatalog.FixTitle(id) ?? "-"} |

            """.ReplaceLineEndings("\n");
    }

    /// <summary>Writes a section that has only its headings, for somebody to fill in.</summary>
    public static void AppendStub(string id)
    {
        var stub = new StringBuilder("\n## ").Append(id).Append('\n').Append(Heading(id));
        foreach (var part in Parts)
        {
            stub.Append("\n### ").Append(part).Append('\n');
        }

        File.AppendAllText(Path, stub.ToString());
    }

    /// <summary>The parts that every section has, in this order.</summary>
    public static readonly string[] Parts = ["What", "Why", "What is not reported", "How to fix", "How to configure or silence"];

    /// <summary>The C# blocks of the page, in order.</summary>
    public static IReadOnlyList<CodeBlock> CodeBlocks { get; } =
        [.. CSharpBlock().Matches(Text).Select(static match => new CodeBlock(
            Line: Text.AsSpan(0, match.Index).Count('\n') + 1,
            Section: SectionHeading().Matches(Text).Last(heading => heading.Index < match.Index).Groups["id"].Value,
            Declarations: DeclarationBlock().Matches(Text).LastOrDefault(block => block.Index < match.Index)?.Groups["lines"].Value ?? "",
            Kind: match.Groups["kind"].Value,
            Code: match.Groups["code"].Value))];

    [GeneratedRegex(@"^```text TraceLint\.[^\n]*\n(?<lines>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex DeclarationBlock();

    [GeneratedRegex("^## (?<id>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex SectionHeading();

    [GeneratedRegex(@"^```csharp(?: (?<kind>[^\n]*))?\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex CSharpBlock();
}

/// <summary>A block of C#.</summary>
/// <param name="Line">The line it starts on.</param>
/// <param name="Section">The section it is in: the id of a rule.</param>
/// <param name="Declarations">The last declaration file that is shown before it.</param>
/// <param name="Kind">The words after the language: what the block shows.</param>
/// <param name="Code">Its text.</param>
internal sealed partial record CodeBlock(int Line, string Section, string Declarations, string Kind, string Code)
{
    /// <summary>The code without the comments that say what is reported.</summary>
    public string Clean => Marker().Replace(Code, "");

    /// <summary>The lines of the block, from zero, that say what is reported on them, and what they say.</summary>
    public IEnumerable<(int Line, string Id)> Stated
        => Code.Split('\n').SelectMany(static (line, index) => Marker().Match(line) is { Success: true } match ? new[] { (index, match.Groups["id"].Value) } : []);

    [GeneratedRegex(@" // (?<id>TL\d{4})$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Marker();
}

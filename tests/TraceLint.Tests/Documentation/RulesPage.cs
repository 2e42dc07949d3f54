using System.Globalization;
using System.Text.RegularExpressions;
using TraceLint.Tests.Catalog;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Documentation;

/// <summary>rules.md and the pages that it leads to, taken apart: one for each rule, and one for each chapter.</summary>
internal static partial class RulesPage
{
    /// <summary>The page of the settings.</summary>
    public const string Configuration = "configuration";

    /// <summary>The page of the APIs that take work.</summary>
    public const string WhatFlows = "what-flows";

    /// <summary>The sections that every page of a rule has, in this order.</summary>
    public static readonly string[] Sections = ["What is reported", "Why", "What is not reported", "How to fix", "How to configure or silence"];

    private const string Index = "rules";


    /// <summary>The ids of all rules, in order.</summary>
    public static IEnumerable<string> Ids => RuleCatalog.Descriptors.Select(static rule => rule.Id).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The path of rules.md.</summary>
    public static string IndexPath => PathOf(Index);

    /// <summary>The text of rules.md.</summary>
    public static string IndexText => Repo.Text("rules.md");

    /// <summary>The files of all pages, rules.md among them.</summary>
    public static IEnumerable<string> Paths => [IndexPath, .. Directory.EnumerateFiles(Repo.File("src", "TraceLint", "rules"), "*.md").Order(StringComparer.Ordinal)];

    /// <summary>The C# blocks of all pages, in order.</summary>
    public static IReadOnlyList<CodeBlock> CodeBlocks { get; } = [.. Paths.SelectMany(static path => BlocksOf(Path.GetFileNameWithoutExtension(path)))];

    /// <summary>The text of a page; null when there is none.</summary>
    public static string? Text(string page) => File.Exists(PathOf(page)) ? File.ReadAllText(PathOf(page)).ReplaceLineEndings("\n") : null;

    /// <summary>What the page of a rule has to start with.</summary>
    public static string Heading(string id)
    {
        var descriptor = RuleCatalog.Descriptor(id);
        return $"""
            # {id}: {Title(id)}

            | category | severity | fix |
            |---|---|---|
            | {descriptor.Category} | {descriptor.DefaultSeverity} | {RuleCatalog.FixTitle(id) ?? "-"} |

            """.ReplaceLineEndings("\n");
    }

    /// <summary>Writes a page that has only its headings, for somebody to fill in.</summary>
    public static void WriteStub(string id)
        => File.WriteAllText(PathOf(id), Heading(id) + string.Concat(Sections.Select(static section => $"\n## {section}\n")));

    /// <summary>What the page of a rule says first, between its title and its first section: the table, a sentence and an example.</summary>
    public static string Opening(string id)
    {
        var text = Text(id) ?? "";
        var start = text.IndexOf('\n', StringComparison.Ordinal) + 1;
        var end = text.IndexOf("\n## ", start, StringComparison.Ordinal);
        return text[start..(end < 0 ? text.Length : end)];
    }

    /// <summary>The section of a rule in rules.md: the opening of its page, and a link to the rest.</summary>
    public static string SectionOf(string id)
        => $"\n## {id}\n\n**{Title(id)}**\n{Opening(id)}\n[Why, what is not reported, how to fix and configure](src/TraceLint/rules/{id}.md)\n";

    /// <summary>The rows of the table of a page whose header starts with a given word.</summary>
    public static IEnumerable<string[]> Rows(string page, string firstColumn)
        => (Text(page) ?? "").Split('\n')
            .SkipWhile(line => !line.StartsWith($"| {firstColumn} |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(static line => line.StartsWith('|'))
            .Select(static line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries));

    /// <summary>The rows of the table of rules in rules.md.</summary>
    public static IEnumerable<string[]> RowsOfRules() => Rows(Index, "id");

    private static string Title(string id) => RuleCatalog.Descriptor(id).Title.ToString(CultureInfo.InvariantCulture);

    private static string PathOf(string page) => page == Index ? Repo.File("rules.md") : Repo.File("src", "TraceLint", "rules", page + ".md");

    private static IEnumerable<CodeBlock> BlocksOf(string page)
    {
        var text = Text(page)!;
        return CSharpBlock().Matches(text).Select(match => new CodeBlock(
            Page: page,
            Line: text.AsSpan(0, match.Index).Count('\n') + 1,
            Topic: page == Index ? SectionHeading().Matches(text).Last(heading => heading.Index < match.Index).Groups["id"].Value : page,
            Declarations: DeclarationBlock().Matches(text).LastOrDefault(block => block.Index < match.Index)?.Groups["lines"].Value ?? "",
            Kind: match.Groups["kind"].Value,
            Code: match.Groups["code"].Value));
    }

    [GeneratedRegex(@"^```text TraceLint\.[^\n]*\n(?<lines>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex DeclarationBlock();

    [GeneratedRegex("^## (?<id>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex SectionHeading();

    [GeneratedRegex(@"^```csharp(?: (?<kind>[^\n]*))?\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex CSharpBlock();
}

/// <summary>A block of C#.</summary>
/// <param name="Page">The page it is on: the name of its file.</param>
/// <param name="Line">The line it starts on.</param>
/// <param name="Topic">What it is about: the id of a rule, or a chapter.</param>
/// <param name="Declarations">The last declaration file that is shown before it.</param>
/// <param name="Kind">The words after the language: what the block shows.</param>
/// <param name="Code">Its text.</param>
internal sealed partial record CodeBlock(string Page, int Line, string Topic, string Declarations, string Kind, string Code)
{
    /// <summary>The code without the comments that say what is reported.</summary>
    public string Clean => Marker().Replace(Code, "");

    /// <summary>The lines of the block, from zero, that say what is reported on them, and what they say.</summary>
    public IEnumerable<(int Line, string Id)> Stated
        => Code.Split('\n').SelectMany(static (line, index) => Marker().Match(line) is { Success: true } match ? new[] { (index, match.Groups["id"].Value) } : []);

    [GeneratedRegex(@" // (?<id>TL\d{4})$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Marker();
}

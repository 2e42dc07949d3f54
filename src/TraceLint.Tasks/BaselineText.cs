using System.Globalization;
using System.Text;

namespace TraceLint.Tasks;

/// <summary>The text of a baseline.</summary>
internal static class BaselineText
{
    private const string Header = """
        # Known findings of TraceLint: builds do not report them, and report all others. Each line has a rule, a member and the number of
        # findings in it. Written by: dotnet build -p:TraceLintWriteBaseline=true

        """;

    /// <summary>Replaces a section, and sorts the sections by name.</summary>
    /// <param name="text">The old text; empty when there is none.</param>
    /// <param name="section">The name of the section.</param>
    /// <param name="findings">A rule and a documentation id for each finding; a section without findings is left out.</param>
    public static string WithSection(string text, string section, IEnumerable<string> findings)
    {
        var newLine = text.Contains("\r\n") ? "\r\n" : "\n";
        var lines = (text.Length == 0 ? Header : text).Replace("\r\n", "\n").TrimEnd('\n').Split('\n');
        var preamble = lines.TakeWhile(static line => NameOf(line) is null);
        var sections = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        List<string>? current = null;
        foreach (var line in lines)
        {
            if (NameOf(line) is { } name)
            {
                current = [];
                sections[name] = current;
            }
            else
            {
                current?.Add(line);
            }
        }

        sections[section] = findings
            .GroupBy(static finding => finding, StringComparer.Ordinal)
            .OrderBy(static group => group.Key.Split(' ').Last(), StringComparer.Ordinal)
            .ThenBy(static group => group.Key, StringComparer.Ordinal)
            .Select(static group => $"{group.Key} {group.Count().ToString(CultureInfo.InvariantCulture)}")
            .ToList();
        if (sections[section].Count == 0)
        {
            sections.Remove(section);
        }

        var written = new StringBuilder(string.Join("\n", preamble).TrimEnd('\n')).Append('\n');
        foreach (var (name, entries) in sections.Select(static pair => (pair.Key, pair.Value)))
        {
            written.Append("\n[").Append(name).Append("]\n").Append(string.Join("\n", entries).TrimEnd('\n')).Append('\n');
        }

        return written.ToString().TrimStart('\n').Replace("\n", newLine);
    }

    private static string? NameOf(string line)
        => line.Trim() is ['[', .., ']'] trimmed ? trimmed.Substring(1, trimmed.Length - 2).Trim() : null;
}

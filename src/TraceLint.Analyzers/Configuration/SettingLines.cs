using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Configuration;

/// <summary>
/// The additional files that TraceLint reads line by line, and the limits on what it reads of them: a file of any size costs little, and
/// what is left out becomes a problem.
/// </summary>
internal static class SettingLines
{
    private const int MaxLineLength = 4_000;
    private const int MaxProblems = 100;

    /// <summary>Whether a file is called <c>TraceLint.*</c>, with this extension.</summary>
    public static bool AreIn(AdditionalText file, string extension)
    {
        var name = file.Path.Substring(file.Path.LastIndexOfAny(['/', '\\']) + 1);
        return name.StartsWith("TraceLint.", StringComparison.OrdinalIgnoreCase)
            && name.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The lines to read: all that are short enough, up to a limit of lines and of problems.</summary>
    /// <param name="problems">Takes what is wrong with the file, and counts what the caller adds.</param>
    public static IEnumerable<TextLine> Of(SourceText text, int maxLines, ImmutableArray<Problem>.Builder problems)
    {
        foreach (var line in text.Lines)
        {
            if (line.LineNumber == maxLines || problems.Count == MaxProblems)
            {
                problems.Add(new Problem(
                    new TextSpan(line.Start, Math.Min(1, line.End - line.Start)),
                    "The file has too many lines or errors; the rest is not read"));
                yield break;
            }

            if (line.End - line.Start > MaxLineLength)
            {
                problems.Add(new Problem(
                    new TextSpan(line.Start, 1), $"The line is longer than {MaxLineLength} characters and is not read"));
            }
            else
            {
                yield return line;
            }
        }
    }
}

using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TraceLint.Configuration;

/// <summary>
/// The additional file <c>TraceLint.baseline</c>: known findings, which a build does not report. It has a section for each project, with
/// one line per rule and member:
/// <code>
/// [Shop.Orders]
/// TL1001 M:Shop.Orders.OrderPublisher.PublishAsync(System.String) 2
/// </code>
/// <c>#</c> starts a comment. A line that cannot be read becomes a problem and is otherwise ignored; reading goes on up to a limit.
/// </summary>
internal sealed class BaselineFile
{
    private const int MaxLines = 100_000;

    private static readonly ConditionalWeakTable<SourceText, BaselineFile> s_read = new();
    private static readonly char[] s_spaces = [' ', '\t'];

    private readonly Dictionary<string, List<BaselineEntry>> _sections = new(StringComparer.OrdinalIgnoreCase);

    private BaselineFile(SourceText text)
    {
        var problems = ImmutableArray.CreateBuilder<Problem>();
        var seen = new HashSet<(string Section, string Rule, string Member)>();
        string? section = null;
        foreach (var line in SettingLines.Of(text, MaxLines, problems))
        {
            var content = text.ToString(line.Span).Trim();
            if (content.Length == 0 || content[0] is '#')
            {
                continue;
            }

            if (content[0] is '[' && content[content.Length - 1] is ']')
            {
                section = content.Substring(1, content.Length - 2).Trim();
            }
            else if (EntryIn(content, line.Span) is not { } entry)
            {
                problems.Add(new Problem(
                    line.Span, "The line is not a rule, a documentation id and a count, as in TL1001 M:Shop.Orders.Send 2"));
            }
            else if (section is null)
            {
                problems.Add(new Problem(line.Span, "The line is not in a section; add [<assembly>] above it"));
            }
            else if (!seen.Add((section.ToUpperInvariant(), entry.Rule, entry.Member)))
            {
                problems.Add(new Problem(line.Span, "The section already has a line for this rule and member; remove one of them"));
            }
            else
            {
                if (!_sections.TryGetValue(section, out var entries))
                {
                    _sections.Add(section, entries = []);
                }

                entries.Add(entry);
            }
        }

        Problems = problems.ToImmutable();
    }

    /// <summary>The lines that cannot be read.</summary>
    public ImmutableArray<Problem> Problems { get; }

    /// <summary>Whether a file is a baseline, judged by its name: <c>TraceLint.baseline</c>, or <c>TraceLint.Orders.baseline</c>.</summary>
    public static bool IsOne(AdditionalText file) => SettingLines.AreIn(file, ".baseline");

    /// <summary>Reads a file, once per version of its text; null when it is not a baseline.</summary>
    public static BaselineFile? Of(AdditionalText file, CancellationToken cancellation)
        => IsOne(file) && file.GetText(cancellation) is { } text ? s_read.GetValue(text, static text => new BaselineFile(text)) : null;

    /// <summary>The entries of a section.</summary>
    public IReadOnlyList<BaselineEntry> EntriesOf(string section)
        => _sections.TryGetValue(section, out var entries) ? entries : [];

    private static BaselineEntry? EntryIn(string content, TextSpan span)
    {
        var parts = content.Split(s_spaces, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 3
            && RuleIds.All.Contains(parts[0])
            && parts[1].Length > 2
            && parts[1][1] is ':'
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count > 0
                ? new BaselineEntry(parts[0], parts[1], count, span)
                : null;
    }
}

/// <summary>A line of a baseline.</summary>
/// <param name="Rule">The id of the rule.</param>
/// <param name="Member">The documentation id of the member that contains the findings.</param>
/// <param name="Count">The number of findings that are allowed.</param>
/// <param name="Span">The position of the line.</param>
internal readonly record struct BaselineEntry(string Rule, string Member, int Count, TextSpan Span);

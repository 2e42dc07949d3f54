using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;

namespace TraceLint.Survey;

/// <summary>
/// Every report of a survey as one line of text, to be compared with another survey's: place, id, severity and message, separated
/// by tabs and sorted. Where several projects compile a file, the highest severity of a report counts.
/// </summary>
internal sealed class Ledger
{
    private readonly Dictionary<(string Id, string Path, FileLinePositionSpan), (DiagnosticSeverity Severity, string Line)> _reports = [];

    public int Count => _reports.Count;

    /// <param name="path">The path of the file, relative to the folder above the repository.</param>
    public void Add(Diagnostic diagnostic, string path)
    {
        var place = diagnostic.Location.GetLineSpan();
        var key = (diagnostic.Id, path, place);
        if (_reports.TryGetValue(key, out var known) && known.Severity >= diagnostic.Severity)
            return;

        var message = diagnostic.GetMessage(CultureInfo.InvariantCulture).ReplaceLineEndings(" ");
        var severity = diagnostic.Severity.ToString().ToLowerInvariant();
        _reports[key] = (diagnostic.Severity, $"{path}:{place.StartLinePosition.Line + 1}\t{diagnostic.Id}\t{severity}\t{message}");
    }

    public void Write(string file) => File.WriteAllText(file, string.Concat(Lines.Select(line => line + "\n")));

    /// <summary>Counts of rules and severities, and a hash for each rule that changes when one of its places does.</summary>
    public IEnumerable<string> Summary =>
        Lines.Select(line => line.Split('\t')).GroupBy(parts => parts[1]).OrderBy(rule => rule.Key, StringComparer.Ordinal).Select(rule =>
        {
            var severities = rule.CountBy(parts => parts[2]).OrderBy(count => count.Key, StringComparer.Ordinal)
                .Select(count => $"{count.Value} {count.Key}");
            var places = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rule.Select(parts => parts[0]))));
            return $"{rule.Key,-8} {string.Join(", ", severities),-28} places {Convert.ToHexStringLower(places)[..12]}";
        });

    private IEnumerable<string> Lines => _reports.Values.Select(report => report.Line).Order(StringComparer.Ordinal);
}

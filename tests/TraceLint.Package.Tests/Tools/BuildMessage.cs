using System.Globalization;
using System.Text.RegularExpressions;

namespace TraceLint.Package.Tests.Tools;

/// <summary>A warning or an error in the output of a build.</summary>
/// <param name="File">Where it is: the file and its folder; or who says it, when it is nowhere.</param>
/// <param name="Line">0 when it is nowhere.</param>
/// <param name="Severity">"warning" or "error".</param>
/// <param name="Id">E.g. "TL1001".</param>
internal sealed partial record BuildMessage(string File, int Line, string Severity, string Id)
{
    /// <summary>What a build said, in the order of places, without the summary, which says it all again.</summary>
    public static IReadOnlyList<BuildMessage> In(string output)
        => [.. Pattern().Matches(Summary().Split(output)[0]).Select(FromMatch).OrderBy(message => message.File, StringComparer.Ordinal).ThenBy(message => message.Line)];

    /// <summary>The same for one project of a solution.</summary>
    /// <param name="project">The name of its file, which stands at the end or at the beginning of each of its messages.</param>
    /// <param name="output">Of the build of the solution.</param>
    public static IReadOnlyList<BuildMessage> Of(string project, string output)
    {
        var lines = Summary().Split(output)[0].Split('\n');
        return In(string.Join('\n', lines.Where(line => line.Contains(Path.DirectorySeparatorChar + project, StringComparison.Ordinal))));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{File}({Line}): {Severity} {Id}";

    private static BuildMessage FromMatch(Match match) => new(
        string.Join('/', match.Groups["file"].Value.Split('/', '\\').TakeLast(2)),
        match.Groups["line"] is { Success: true } line ? int.Parse(line.Value, CultureInfo.InvariantCulture) : 0,
        match.Groups["severity"].Value,
        match.Groups["id"].Value);

    [GeneratedRegex(@"^\s*(?<file>[^\r\n]*?)(\((?<line>\d+)[\d,]*\))?\s*: (?<severity>warning|error)( (?<id>\w+))?\s*: ", RegexOptions.Multiline)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^Build (?:succeeded|FAILED)\.", RegexOptions.Multiline)]
    private static partial Regex Summary();
}

namespace TraceLint.Survey;

/// <summary>What the command line asks for.</summary>
/// <param name="Folders">The folders of foreign code, as absolute paths.</param>
/// <param name="Rules">The ids to report, or empty for all.</param>
/// <param name="ContextLines">How many lines to print around each reported one.</param>
/// <param name="Fix">Whether fixes are applied (in memory only) and shown.</param>
/// <param name="Time">Whether every project is also compiled with and without analyzers against the clock.</param>
/// <param name="CostPairs">How many pairs of compiles are measured instead of a survey, or 0 for a survey.</param>
/// <param name="Ledger">The file that gets one line for each report, or null.</param>
/// <param name="Assemblies">Assemblies with further analyzers and fixers.</param>
internal sealed record SurveyOptions(
    IReadOnlyList<string> Folders,
    IReadOnlySet<string> Rules,
    int ContextLines,
    bool Fix,
    bool Time,
    int CostPairs,
    string? Ledger,
    IReadOnlyList<string> Assemblies)
{
    public const string Usage = """
        usage: TraceLint.Survey <folder> [<folder>...] [--rule <id>]... [--context <lines>] [--fix] [--time]
                                [--ledger <file>] [--assembly <dll>]...
               TraceLint.Survey <folder> [<folder>...] --cost [--pairs <n>] [--assembly <dll>]...
          --rule      report only this rule; may be repeated
          --context   source lines to show around each reported line (0 unless given)
          --fix       apply the fixes in memory, show the changes and check the result
          --time      also compile everything with and without analyzers: about three times as slow
          --ledger    also write every report to a file, one a line and sorted: place, rule, severity and message, for a before and an after
          --cost      only measure what the rules add to a compile; nothing is reported
          --pairs     how often to compile everything without and with the rules, after a warm-up (5 unless given)
          --assembly  an assembly with more analyzers and fixers, next to TraceLint's own
        Nothing is ever written to the folders. Exit code: 0; 1 when a rule or fix threw or a fix broke code; 2 for this text.
        """;

    /// <returns>The options, or null with what is wrong in <paramref name="error"/>.</returns>
    public static SurveyOptions? Parse(IReadOnlyList<string> arguments, out string? error)
    {
        var folders = new List<string>();
        var rules = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var assemblies = new List<string>();
        var contextLines = 0;
        var fix = false;
        var time = false;
        var cost = false;
        var pairs = 5;
        string? ledger = null;
        error = null;

        for (var i = 0; i < arguments.Count && error is null; i++)
        {
            var next = i + 1 < arguments.Count ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--fix":
                    fix = true;
                    break;
                case "--time":
                    time = true;
                    break;
                case "--cost":
                    cost = true;
                    break;
                case "--pairs" when int.TryParse(next, out pairs) && pairs > 0:
                    i++;
                    break;
                case "--rule" when next is not null:
                    rules.Add(next);
                    i++;
                    break;
                case "--context" when int.TryParse(next, out contextLines) && contextLines >= 0:
                    i++;
                    break;
                case "--ledger" when next is not null:
                    ledger = Path.GetFullPath(next);
                    i++;
                    break;
                case "--assembly" when File.Exists(next):
                    assemblies.Add(Path.GetFullPath(next));
                    i++;
                    break;
                case var option when option.StartsWith('-'):
                    error = $"{option} is unknown, or what follows it cannot be used";
                    break;
                case var folder when Directory.Exists(folder):
                    folders.Add(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
                    break;
                default:
                    error = $"there is no folder {arguments[i]}";
                    break;
            }
        }

        if (error is null && folders.Count == 0)
            error = "no folder given";

        return error is null ? new SurveyOptions(folders, rules, contextLines, fix, time, cost ? pairs : 0, ledger, assemblies) : null;
    }
}

using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Host;

namespace TraceLint.Survey;

/// <summary>Prints what is found as it is found, and sums it up at the end.</summary>
internal sealed class Report(TextWriter output, SurveyOptions options)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (string Severity, int Count)> _rules = new(StringComparer.Ordinal);
    private readonly HashSet<string> _files = [];
    private readonly HashSet<(string Id, string Path, TextSpan Span)> _seen = [];
    private readonly HashSet<string> _failures = [];
    private readonly Ledger _ledger = new();
    private readonly SortedDictionary<string, FixCount> _fixes = new(StringComparer.Ordinal);
    private string _root = "";
    private TimeSpan _without;
    private TimeSpan _with;
    private int _projects;
    private int _compileErrors;
    private long _lines;

    /// <summary>Whether a rule or a fix threw, or a fix broke code.</summary>
    public bool HasFailures { get; private set; }

    public bool IsAskedFor(Diagnostic diagnostic) => options.Rules.Count == 0 || options.Rules.Contains(diagnostic.Id);

    public void StartFolder(string folder)
    {
        _root = Path.GetDirectoryName(folder) ?? folder;
        output.WriteLine($"== {Relative(folder)}");
    }

    public void Problem(string text) => output.WriteLine($"note: {text}");

    /// <summary>How long each rule took.</summary>
    public RuleTimes Times { get; } = new();

    /// <summary>Something that must not happen.</summary>
    public void Failure(string text)
    {
        HasFailures = true;
        output.WriteLine($"!!!! {text}");
    }

    public void AnalyzerFailure(Exception exception, DiagnosticAnalyzer analyzer) => AnalyzerFailure($"{analyzer.GetType().Name} threw {exception}");

    /// <summary>Counts the exceptions that the rules report themselves.</summary>
    public void AddFailures(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics.Where(diagnostic => diagnostic.Id == "TL9002"))
            AnalyzerFailure($"{diagnostic.GetMessage(CultureInfo.InvariantCulture)}\n{diagnostic.Properties.GetValueOrDefault("Exception")}");
    }

    private void AnalyzerFailure(string text)
    {
        lock (_lock)
        {
            if (_failures.Add(text))
                Failure(text);
        }
    }

    public void AddProject(Project project)
    {
        _projects++;
        foreach (var document in project.Documents)
        {
            if (document.TryGetText(out var text) && _files.Add(document.FilePath!))
                _lines += text.Lines.Count;
        }
    }

    /// <param name="compileErrors">How many errors the compiler reports: much that is missing means much that rules cannot see.</param>
    /// <param name="without">How long the compiler takes.</param>
    /// <param name="with">How long the compiler and all analyzers take.</param>
    public void AddTimes(int compileErrors, TimeSpan without, TimeSpan with)
    {
        _compileErrors += compileErrors;
        _without += without;
        _with += with;
    }

    public void Print(Project project, IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal).ThenBy(diagnostic => diagnostic.Location.SourceSpan))
        {
            _ledger.Add(diagnostic, PathOf(diagnostic.Location, project));

            // A file may be compiled in several projects.
            if (!_seen.Add((diagnostic.Id, diagnostic.Location.GetLineSpan().Path, diagnostic.Location.SourceSpan)))
                continue;

            var severity = diagnostic.Severity.ToString().ToLowerInvariant();
            _rules[diagnostic.Id] = (severity, _rules.GetValueOrDefault(diagnostic.Id).Count + 1);

            output.WriteLine();
            output.WriteLine($"{diagnostic.Id} {severity} {Position(diagnostic.Location, project)} {diagnostic.GetMessage(CultureInfo.InvariantCulture)}");
            PrintSource(diagnostic.Location);
            foreach (var location in diagnostic.AdditionalLocations)
                output.WriteLine($"    see {Position(location, project)} {FirstLine(location)}");
        }
    }

    /// <summary>One document's fixes: what was changed and what became of the code.</summary>
    public void PrintFix(FixResult fix)
    {
        foreach (var id in fix.Ids)
        {
            var count = _fixes.GetValueOrDefault(id) ?? new FixCount();
            _fixes[id] = count with
            {
                Documents = count.Documents + 1,
                Applied = count.Applied + (fix.Changes.Count > 0 ? 1 : 0),
                Broken = count.Broken + (fix.NewErrors.Count > 0 ? 1 : 0),
                StillReports = count.StillReports + (fix.Remaining.Count > 0 && fix.Changes.Count > 0 ? 1 : 0),
            };
        }

        output.WriteLine();
        output.WriteLine($"fix {string.Join(' ', fix.Ids)} {Relative(fix.Document.FilePath!)}{(fix.Changes.Count == 0 ? ": nothing offered" : "")}");
        foreach (var title in fix.Titles)
            output.WriteLine($"    applied: {title}");
        foreach (var (path, hunks) in fix.Changes)
        {
            if (path != fix.Document.FilePath)
                output.WriteLine($"    also changes {Relative(path)}");
            foreach (var line in hunks)
                output.WriteLine($"    {line}");
        }

        foreach (var text in fix.NewErrors)
            Failure($"the fix breaks {Relative(fix.Document.FilePath!)}: {text}");
        foreach (var text in fix.NewWarnings)
            output.WriteLine($"    new: {text}");
        if (fix.Changes.Count > 0)
        {
            foreach (var diagnostic in fix.Remaining)
                output.WriteLine($"    still reports {Position(diagnostic.Location, fix.Document.Project)} {diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)}");
        }
    }

    public void Summarize(Rules rules)
    {
        output.WriteLine();
        output.WriteLine($"== {_projects} projects, {_files.Count} files, {_lines} lines");
        output.WriteLine($"   {_rules.Values.Sum(rule => rule.Count)} diagnostics from {rules.Analyzers.Length} analyzers; {_failures.Count} different exceptions in analyzers");
        foreach (var (id, (severity, count)) in _rules)
            output.WriteLine($"   {id,-8} {severity,-8} {count,7}");
        if (options.Ledger is { } ledger)
        {
            _ledger.Write(ledger);
            output.WriteLine($"   ledger of {_ledger.Count} reports:");
            foreach (var line in _ledger.Summary)
                output.WriteLine($"   {line}");
        }

        foreach (var (id, fix) in _fixes)
            output.WriteLine($"   {id,-8} fixes: {fix.Applied} of {fix.Documents} documents changed, {fix.StillReports} still report, {fix.Broken} broken");
        foreach (var (rule, time) in Times.All.OrderByDescending(rule => rule.Value))
            output.WriteLine($"   {time.TotalMilliseconds,9:F0} ms {rule}");
        if (options.Time)
            output.WriteLine($"   compiling takes {_without.TotalSeconds:F1} s without analyzers, {_with.TotalSeconds:F1} s with them; {_compileErrors} compile errors (tolerated)");
    }

    private void PrintSource(Location location)
    {
        if (location.SourceTree is null)
            return;

        var text = location.SourceTree.GetText();
        var span = text.Lines.GetLinePositionSpan(location.SourceSpan);
        var last = Math.Min(text.Lines.Count - 1, span.End.Line + options.ContextLines);
        for (var line = Math.Max(0, span.Start.Line - options.ContextLines); line <= last; line++)
        {
            var marker = line >= span.Start.Line && line <= span.End.Line ? '>' : ' ';
            output.WriteLine($"  {marker} {line + 1,5}: {text.Lines[line]}");
        }
    }

    private string Position(Location location, Project project)
    {
        var span = location.GetLineSpan();
        return span.IsValid ? $"{PathOf(location, project)}:{span.StartLinePosition.Line + 1}" : PathOf(location, project);
    }

    private string PathOf(Location location, Project project) =>
        location.GetLineSpan() is { IsValid: true, Path: var path } ? Relative(path)
        : location.IsInMetadata ? location.MetadataModule!.Name
        : Relative(project.FilePath!);

    private static string FirstLine(Location location) =>
        location.SourceTree is null ? "" : location.SourceTree.GetText().Lines.GetLineFromPosition(location.SourceSpan.Start).ToString().Trim();

    private string Relative(string path) => path.StartsWith(_root, StringComparison.Ordinal) ? Path.GetRelativePath(_root, path) : path;

    private sealed record FixCount(int Documents = 0, int Applied = 0, int StillReports = 0, int Broken = 0);
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Configuration;
using TraceLint.Rules;

namespace TraceLint.Host;

/// <summary>
/// The known findings in a project's baseline. A member with at most as many findings of a rule as its entry allows has none of them
/// reported; a member with more has all of them reported, because it is impossible to tell which one is new. An entry that allows more
/// findings than there are is stale (<see cref="TL9003_StaleBaselineEntry"/>).
/// <para>The targets of the package write the file. While they do, each finding is reported as a line for it.</para>
/// </summary>
internal sealed class Baseline
{
    private const string WriteProperty = "build_property.TraceLintWriteBaseline";
    private const string SectionProperty = "build_property.TraceLintBaselineSection";

    private readonly bool _isWritten;
    private readonly Dictionary<(string Rule, string Member), int> _allowed = [];
    private readonly Dictionary<SyntaxTree, List<Entry>> _byTree = [];
    private readonly List<Entry> _withoutMember = [];

    private Baseline(Compilation compilation, IEnumerable<Entry> entries, bool isWritten, CancellationToken cancellation)
    {
        _isWritten = isWritten;
        foreach (var entry in entries)
        {
            cancellation.ThrowIfCancellationRequested();
            _allowed[(entry.Line.Rule, entry.Line.Member)] = entry.Line.Count;
            var trees = TreesOf(entry.Line.Member, compilation);
            if (trees.IsEmpty)
            {
                _withoutMember.Add(entry);
            }

            foreach (var tree in trees)
            {
                if (!_byTree.TryGetValue(tree, out var there))
                {
                    _byTree.Add(tree, there = []);
                }

                // Findings are counted file by file, so those in one file do not show that the entry of a member in several files is stale.
                there.Add(entry with { IsInSeveralFiles = trees.Length > 1 });
            }
        }
    }

    /// <summary>Reads the baseline of a project.</summary>
    /// <returns>
    /// Null when the project has none and does not write one. A file with errors counts as a baseline of every project that includes it.
    /// </returns>
    public static Baseline? Of(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
    {
        var global = options.AnalyzerConfigOptionsProvider.GlobalOptions;
        var isWritten = global.TryGetValue(WriteProperty, out var write) && write.Equals("true", StringComparison.OrdinalIgnoreCase);
        var section = global.TryGetValue(SectionProperty, out var name) && name.Length > 0 ? name : compilation.AssemblyName ?? "";
        var entries = new List<Entry>();
        var isBroken = false;
        foreach (var file in options.AdditionalFiles)
        {
            if (!isWritten && BaselineFile.Of(file, cancellation) is { } read)
            {
                isBroken |= !read.Problems.IsEmpty;
                entries.AddRange(read.EntriesOf(section).Select(line => new Entry(line, file)));
            }
        }

        return isWritten || isBroken || entries.Count > 0 ? new Baseline(compilation, entries, isWritten, cancellation) : null;
    }

    /// <summary>Collects the findings in a file; null when the baseline does not affect them.</summary>
    public Findings? FindingsIn(SyntaxTree tree) => _isWritten || _byTree.ContainsKey(tree) ? new Findings(this) : null;

    /// <summary>Reports the entries in a baseline file whose members do not exist.</summary>
    public void ReportMissing(AdditionalFileAnalysisContext context)
    {
        foreach (var entry in _withoutMember)
        {
            if (ReferenceEquals(entry.File, context.AdditionalFile))
            {
                context.ReportDiagnostic(TL9003_StaleBaselineEntry.NoMember(entry.Line, entry.File));
            }
        }
    }

    private void Report(SemanticModelAnalysisContext file, IReadOnlyCollection<Diagnostic> findings, ISet<string> completed)
    {
        var inBuild = findings.ToLookup(finding => IsInBuild(finding, file.SemanticModel.Compilation));
        foreach (var finding in inBuild[false])
        {
            file.ReportDiagnostic(finding);
        }

        var byMember = inBuild[true].ToLookup(finding
            => (Rule: finding.Id, Member: MemberAt(finding.Location, file.SemanticModel, file.CancellationToken)));
        foreach (var found in byMember)
        {
            if (!_isWritten && _allowed.TryGetValue(found.Key, out var allowed) && found.Count() <= allowed)
            {
                continue;
            }

            foreach (var finding in found)
            {
                file.ReportDiagnostic(
                    _isWritten ? TL9003_StaleBaselineEntry.LineFor(found.Key.Rule, found.Key.Member, finding.Location) : finding);
            }
        }

        if (_byTree.TryGetValue(file.SemanticModel.SyntaxTree, out var entries))
        {
            foreach (var (line, source, isInSeveralFiles) in entries)
            {
                var count = byMember[(line.Rule, line.Member)].Count();
                if (count < line.Count && !isInSeveralFiles && completed.Contains(line.Rule))
                {
                    file.ReportDiagnostic(TL9003_StaleBaselineEntry.TooMany(line, source, count));
                }
            }
        }
    }

    // A baseline contains what a build reports: no Info, nothing that .editorconfig turns off, nothing that is suppressed in the source.
    private static bool IsInBuild(Diagnostic finding, Compilation compilation)
        => CompilationWithAnalyzers.GetEffectiveDiagnostics(new[] { finding }, compilation).FirstOrDefault()
            is { IsSuppressed: false, Severity: DiagnosticSeverity.Warning or DiagnosticSeverity.Error };

    // The innermost member around a place that has a documentation id; lambdas and top-level code have none.
    private static string MemberAt(Location location, SemanticModel model, CancellationToken cancellation)
    {
        var symbol = model.GetEnclosingSymbol(location.SourceSpan.Start, cancellation);
        for (; symbol is not null; symbol = symbol.ContainingSymbol)
        {
            var member = (symbol as IMethodSymbol)?.AssociatedSymbol ?? (symbol as IMethodSymbol)?.PartialDefinitionPart ?? symbol;
            if (member.GetDocumentationCommentId() is { Length: > 2 } id
                && SymbolEqualityComparer.Default.Equals(
                    DocumentationCommentId.GetFirstSymbolForDeclarationId(id, model.Compilation), member))
            {
                return id;
            }
        }

        return "N:";
    }

    private static ImmutableArray<SyntaxTree> TreesOf(string member, Compilation compilation)
    {
        var symbol = DocumentationCommentId.GetFirstSymbolForDeclarationId(member, compilation);
        symbol = (symbol as IMethodSymbol)?.PartialImplementationPart ?? symbol;
        return symbol is null
            ? ImmutableArray<SyntaxTree>.Empty
            : symbol.DeclaringSyntaxReferences
                .Select(static declaration => declaration.SyntaxTree)
                .Where(compilation.ContainsSyntaxTree)
                .Distinct()
                .ToImmutableArray();
    }

    /// <summary>What the rules find in a file, until all of them have run and it can be counted.</summary>
    internal sealed class Findings(Baseline baseline)
    {
        private readonly List<Diagnostic> _found = [];
        private readonly HashSet<string> _completed = new(StringComparer.Ordinal);

        /// <summary>Adds a finding.</summary>
        public void Add(Diagnostic finding) => _found.Add(finding);

        /// <summary>A rule has run without an exception: what it did not find is not there.</summary>
        public void Complete(Rule rule) => _completed.Add(rule.Descriptor.Id);

        /// <summary>Reports the findings that are not allowed and the stale entries, or the lines of a new baseline.</summary>
        public void Report(SemanticModelAnalysisContext file) => baseline.Report(file, _found, _completed);
    }

    /// <summary>An entry that applies to the project.</summary>
    /// <param name="Line">The line.</param>
    /// <param name="File">The baseline file that contains it.</param>
    private readonly record struct Entry(BaselineEntry Line, AdditionalText File, bool IsInSeveralFiles = false);
}

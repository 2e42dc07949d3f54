using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Configuration;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Host;

/// <summary>
/// Decides, before any type is looked up, which rules can have anything to report in a project. Most projects contain none of the
/// words a rule looks for, and cost nothing. A project with TraceLint settings is open to all rules, because settings can name
/// any method or type; so is one with a baseline, because the entries of a rule that finds nothing are stale.
/// </summary>
internal sealed class ProjectGate
{
    private readonly Compilation _compilation;
    private readonly bool _isConfigured;
    private readonly bool _isShut;
    private readonly bool _mayTrace;

    public ProjectGate(CompilationContext context, AnalyzerOptions options, Baseline? baseline, CancellationToken cancellation)
    {
        _compilation = context.Compilation;
        IsTestProject = SilentProject.IsTest(_compilation);
        _isConfigured = baseline is not null || options.AdditionalFiles.Any(DeclarationFile.IsOne) || context.Keys.Any;
        _isShut = SilentProject.IsAgent(_compilation) || (!_isConfigured && IsTestProject);
        _mayTrace = !_isShut
            && (TracingCode.IsReferencedBy(_compilation) || SourceWords.StandAnywhere(SpanStarts.Words, _compilation, cancellation));
    }

    /// <summary>Whether this is a test or benchmark project.</summary>
    public bool IsTestProject { get; }

    /// <summary>Whether a rule may have something to report in the project.</summary>
    /// <param name="words">The rule's words, at least one of which has to occur in a file of the project.</param>
    /// <param name="onlyWhereCodeTraces">Whether the rule reports only in a project that has spans.</param>
    public bool IsOpen(IReadOnlyCollection<string> words, bool onlyWhereCodeTraces, CancellationToken cancellation)
        => !_isShut
            && (_isConfigured || ((_mayTrace || !onlyWhereCodeTraces) && SourceWords.StandAnywhere(words, _compilation, cancellation)));
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Configuration;
using TraceLint.Flow;
using TraceLint.Propagation;
using TraceLint.Rules;
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
    private bool? _callsWrapper;

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
    public bool IsOpen(Rule rule, CancellationToken cancellation)
        => !_isShut
            && (_isConfigured
                || ((_mayTrace || !rule.OnlyWhereCodeTraces) && SourceWords.StandAnywhere(rule.Words, _compilation, cancellation))
                || (rule.IsAboutPublishes && CallsWrapper(cancellation)));

    // A method of a referenced project that publishes its argument.
    private bool CallsWrapper(CancellationToken cancellation)
        => _callsWrapper ??= ReferencedFacts.Of(_compilation).NamesOf(DeclarationKind.Publish, cancellation).ToList() is { Count: > 0 } names
            && SourceWords.StandAnywhere(names, _compilation, cancellation);
}

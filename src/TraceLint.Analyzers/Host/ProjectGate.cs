using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Configuration;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Host;

/// <summary>
/// What is asked about a project before any rule looks at it. Most projects have no word that a rule is about: nothing is looked up or registered
/// for them. A project with settings of ours is open to all rules, because settings can name anything.
/// </summary>
internal sealed class ProjectGate
{
    private readonly Compilation _compilation;
    private readonly bool _isConfigured;
    private readonly bool _isShut;
    private readonly bool _mayTrace;

    /// <summary>The gate of a compilation.</summary>
    public ProjectGate(CompilationContext context, AnalyzerOptions options, CancellationToken cancellation)
    {
        _compilation = context.Compilation;
        IsTestProject = SilentProject.IsTest(_compilation);
        _isConfigured = options.AdditionalFiles.Any(DeclarationFile.IsOne) || context.Keys.Any;
        _isShut = SilentProject.IsAgent(_compilation) || (!_isConfigured && IsTestProject);
        _mayTrace = !_isShut && (TracingCode.IsReferencedBy(_compilation) || SourceWords.StandAnywhere(SpanStarts.Words, _compilation, cancellation));
    }

    /// <summary>Whether it is a project of tests or benchmarks.</summary>
    public bool IsTestProject { get; }

    /// <summary>Whether a rule may have something to say about the project.</summary>
    /// <param name="words">At least one of them must stand in a file of it.</param>
    /// <param name="onlyWhereCodeTraces">Whether the rule speaks only in a project that has spans.</param>
    public bool IsOpen(IReadOnlyCollection<string> words, bool onlyWhereCodeTraces, CancellationToken cancellation)
        => !_isShut && (_isConfigured || ((_mayTrace || !onlyWhereCodeTraces) && SourceWords.StandAnywhere(words, _compilation, cancellation)));
}

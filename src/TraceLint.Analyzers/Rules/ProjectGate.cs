using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Configuration;
using TraceLint.Flow;
using TraceLint.Spans;

namespace TraceLint.Rules;

/// <summary>
/// What is asked of a project before a rule looks at it at all, once for all rules. Most projects have no word in them that
/// a rule is about; there, nothing is looked up and nothing is registered. A project that has settings of ours is open to
/// all rules: what they name may be anything.
/// </summary>
internal sealed class ProjectGate
{
    private static readonly ConditionalWeakTable<Compilation, ConditionalWeakTable<AnalyzerOptions, ProjectGate>> s_compilations = new();
    private readonly Compilation _compilation;
    private readonly bool _isConfigured;
    private readonly bool _isShut;
    private readonly bool _mayTrace;

    private ProjectGate(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
    {
        _compilation = compilation;
        _isConfigured = options.AdditionalFiles.Any(DeclarationFile.IsOne) || SettingKeys.In(compilation, options, cancellation).Any;
        _isShut = SilentCode.IsAgent(compilation) || (!_isConfigured && SilentCode.IsTestProject(compilation));
        _mayTrace = !_isShut && (TracingCode.IsReferencedBy(compilation) || SourceWords.StandAnywhere(SpanStarts.Words, compilation, cancellation));
    }

    /// <summary>The gate of a compilation, which all rules share.</summary>
    public static ProjectGate Of(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
        => s_compilations.GetOrCreateValue(compilation).GetValue(options, key => new ProjectGate(compilation, key, cancellation));

    /// <summary>Whether a rule may have something to say about the project.</summary>
    /// <param name="words">What has to stand in a file of it, one of them at least.</param>
    /// <param name="onlyWhereCodeTraces">Whether the rule speaks only in a project that has spans.</param>
    public bool IsOpen(IReadOnlyCollection<string> words, bool onlyWhereCodeTraces, CancellationToken cancellation)
        => !_isShut && (_isConfigured || ((_mayTrace || !onlyWhereCodeTraces) && SourceWords.StandAnywhere(words, _compilation, cancellation)));
}

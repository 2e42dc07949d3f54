using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TraceLint.Host;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Ide;

/// <summary>One version of a project, which an IDE asks several times, in any order, and often takes back what it asked.</summary>
internal sealed class Snapshot
{
    private readonly CompilationWithAnalyzers _analysis;
    private Exception? _failure;

    public Snapshot(Compilation compilation, AnalyzerOptions options, params ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        Compilation = compilation;
        var asked = new CompilationWithAnalyzersOptions(
            options, (exception, _, _) => _failure ??= exception, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        _analysis = new CompilationWithAnalyzers(compilation, analyzers, asked);
    }

    public Compilation Compilation { get; }

    /// <summary>
    /// The diagnostics of a file, or those that touch a part of it, in their order. An exception in a rule is one in the test.
    /// </summary>
    public async Task<ImmutableArray<Diagnostic>> SquigglesAsync(
        SyntaxTree file, TextSpan? visible = null, CancellationToken cancellation = default)
        => Ordered(await _analysis.GetAnalyzerSemanticDiagnosticsAsync(Compilation.GetSemanticModel(file), visible, cancellation));

    /// <summary>The diagnostics of all files.</summary>
    public async Task<ImmutableArray<Diagnostic>> EverythingAsync(CancellationToken cancellation = default)
        => Ordered(await _analysis.GetAnalyzerDiagnosticsAsync(cancellation));

    private ImmutableArray<Diagnostic> Ordered(ImmutableArray<Diagnostic> diagnostics)
    {
        var caught = diagnostics.FirstOrDefault(static diagnostic => diagnostic.Id == TL9002_RuleFailed.Descriptor.Id);
        return _failure is not null ? throw new RuleException(_failure.ToString())
            : caught is not null ? throw new RuleException(caught.Properties[TL9002_RuleFailed.ExceptionProperty])
            : [.. diagnostics
                .OrderBy(static one => one.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(static one => one.Location.SourceSpan)
                .ThenBy(static one => one.Id, StringComparer.Ordinal)];
    }
}

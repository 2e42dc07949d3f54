using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TraceLint.Survey;

/// <summary>How analyzers are run here: concurrently, and with no exception going unnoticed.</summary>
internal static class Analysis
{
    /// <param name="failure">Told about an exception in an analyzer, possibly on several threads at a time.</param>
    public static CompilationWithAnalyzers Start(
        Project project, Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, Action<Exception, DiagnosticAnalyzer> failure) =>
        Start(project.AnalyzerOptions, compilation, analyzers, failure, timed: true);

    /// <param name="timed">Whether to time every analyzer, which itself takes time.</param>
    public static CompilationWithAnalyzers Start(
        AnalyzerOptions options, Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, Action<Exception, DiagnosticAnalyzer> failure, bool timed) =>
        new(compilation, analyzers, new CompilationWithAnalyzersOptions(
            options,
            onAnalyzerException: (exception, analyzer, _) => failure(exception, analyzer),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: timed));

    /// <summary>What the analyzers report in one document.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Document document, ImmutableArray<DiagnosticAnalyzer> analyzers, Action<Exception, DiagnosticAnalyzer> failure)
    {
        if (await document.GetSemanticModelAsync() is not { } model)
            return [];

        var analysis = Start(document.Project, model.Compilation, analyzers, failure);
        var syntax = await analysis.GetAnalyzerSyntaxDiagnosticsAsync(model.SyntaxTree, CancellationToken.None);
        var semantic = await analysis.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None);
        return [.. syntax, .. semantic];
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Configuration;
using TraceLint.Flow;
using TraceLint.Rules;

namespace TraceLint.Host;

/// <summary>
/// Analyzes a file with all rules of a compilation. What every rule is silent about is asked here and nowhere else: test code before a rule looks
/// at the file, <see cref="SilentCode"/> and expression trees, which are no code that runs, when it has something to report.
/// </summary>
internal sealed class FileRun(ImmutableArray<StartedRule> rules, ImmutableArray<Diagnostic> failures, bool isTestProject, RuleTimes? times)
{
    private int _failuresAreReported;

    /// <summary>Runs the rules' actions and reports what they find.</summary>
    public void Analyze(SemanticModelAnalysisContext file)
    {
        // Rules that failed at their start could not say so there: the first file that is analyzed does.
        if (!failures.IsEmpty && Interlocked.Exchange(ref _failuresAreReported, 1) == 0)
        {
            foreach (var failure in failures)
            {
                file.ReportDiagnostic(failure);
            }
        }

        foreach (var (rule, context) in rules)
        {
            file.CancellationToken.ThrowIfCancellationRequested();
            if (rule.IsAboutCode && isTestProject && !Options.Of(file.SemanticModel.SyntaxTree, file.Options, rule.Descriptor.Id).TestCode)
            {
                continue;
            }

            using (RuleTimes.Measure(times, rule))
            {
                Run(rule, context, file);
            }
        }
    }

    // A rule that throws must not take the others down.
    private static void Run(Rule rule, RuleContext context, SemanticModelAnalysisContext file)
    {
        try
        {
            var target = new FileContext(file, (about, diagnostic) => Report(file, about, diagnostic));
            foreach (var action in context.FileActions)
            {
                action(target);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            file.ReportDiagnostic(TL9002_RuleFailed.On(file.SemanticModel.SyntaxTree, rule, exception));
        }
    }

    private static void Report(SemanticModelAnalysisContext file, SyntaxNode? about, Diagnostic diagnostic)
    {
        if (about is null
            || (!SilentCode.Contains(about, file.SemanticModel, file.CancellationToken)
                && !EnclosingBody.IsInExpressionTree(about, file.SemanticModel, file.CancellationToken)))
        {
            file.ReportDiagnostic(diagnostic);
        }
    }
}

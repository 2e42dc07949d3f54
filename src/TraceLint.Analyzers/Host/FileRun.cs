using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Configuration;
using TraceLint.Flow;
using TraceLint.Rules;

namespace TraceLint.Host;

/// <summary>
/// Analyzes a file with all started rules. This class alone applies what silences every rule: test code is skipped before a rule
/// runs; diagnostics in a statement that is still being typed, in <see cref="SilentCode"/> and in expression trees, which never run,
/// are dropped when they are reported; what the <see cref="Baseline"/> allows is dropped when all rules have run.
/// </summary>
internal sealed class FileRun(
    ImmutableArray<StartedRule> rules, ImmutableArray<Diagnostic> failures, Baseline? baseline, bool isTestProject, RuleTimes? times)
{
    private int _failuresAreReported;

    /// <summary>Runs the actions of all rules and reports their diagnostics.</summary>
    public void Analyze(SemanticModelAnalysisContext file)
    {
        // A compilation start action cannot report diagnostics, so the first analyzed file reports the rules that failed to start.
        if (!failures.IsEmpty && Interlocked.Exchange(ref _failuresAreReported, 1) == 0)
        {
            foreach (var failure in failures)
            {
                file.ReportDiagnostic(failure);
            }
        }

        var findings = baseline?.FindingsIn(file.SemanticModel.SyntaxTree);
        foreach (var (rule, context) in rules)
        {
            file.CancellationToken.ThrowIfCancellationRequested();
            if (rule.IsAboutCode && isTestProject && !Options.Of(file.SemanticModel.SyntaxTree, file.Options, rule.Descriptor.Id).TestCode)
            {
                continue;
            }

            using (RuleTimes.Measure(times, rule))
            {
                Run(rule, context, file, findings);
            }
        }

        findings?.Report(file);
    }

    // An exception in one rule must not stop the others.
    private static void Run(Rule rule, RuleContext context, SemanticModelAnalysisContext file, Baseline.Findings? findings)
    {
        try
        {
            // With a baseline, the findings in the whole file are counted, even if an editor asks about a part of it.
            var target = new FileContext(
                file, findings is null ? file.FilterSpan : null, (about, diagnostic) => Report(file, about, diagnostic, findings));
            foreach (var action in context.FileActions)
            {
                action(target);
            }

            findings?.Complete(rule);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            file.ReportDiagnostic(TL9002_RuleFailed.On(file.SemanticModel.SyntaxTree, rule, exception));
        }
    }

    private static void Report(SemanticModelAnalysisContext file, SyntaxNode? about, Diagnostic diagnostic, Baseline.Findings? findings)
    {
        if (about is null)
        {
            file.ReportDiagnostic(diagnostic);
        }
        else if (!UnfinishedStatement.Contains(about)
            && !SilentCode.Contains(about, file.SemanticModel, file.CancellationToken)
            && !EnclosingBody.IsInExpressionTree(about, file.SemanticModel, file.CancellationToken))
        {
            if (findings is null)
            {
                file.ReportDiagnostic(diagnostic);
            }
            else
            {
                findings.Add(diagnostic);
            }
        }
    }
}

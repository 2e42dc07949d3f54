using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Flow;
using TraceLint.Rules;

namespace TraceLint.Host;

/// <summary>
/// The one analyzer that the compiler sees; it hosts all rules. <see cref="ProjectGate"/> decides which rules start in a project,
/// <see cref="FileRun"/> runs the started rules on a file.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public class TraceLintAnalyzer : DiagnosticAnalyzer
{
    private readonly ImmutableArray<Rule> _rules;

    /// <summary>Hosts every rule.</summary>
    public TraceLintAnalyzer()
        : this(AllRules.Create())
    {
    }

    /// <summary>Hosts some rules, for tests.</summary>
    internal TraceLintAnalyzer(ImmutableArray<Rule> rules)
    {
        _rules = rules;
        SupportedDiagnostics = rules.Select(static rule => rule.Descriptor)
            .Concat([TL9002_RuleFailed.Descriptor, TL9003_StaleBaselineEntry.Descriptor])
            .ToImmutableArray();
    }

    /// <summary>Collects the time of each rule; null unless the survey measures it.</summary>
    internal RuleTimes? Times { get; init; }

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private void Start(CompilationStartAnalysisContext context)
    {
        var cancellation = context.CancellationToken;
        var baseline = Baseline.Of(context.Compilation, context.Options, cancellation);
        var gate = new ProjectGate(CompilationContext.For(context.Compilation, context.Options), context.Options, baseline, cancellation);
        var started = ImmutableArray.CreateBuilder<StartedRule>();
        var failures = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var rule in _rules)
        {
            if (!IsOn(rule, context.Compilation, cancellation) || !gate.IsOpen(rule, cancellation))
            {
                continue;
            }

            var actions = new RuleContext(CompilationContext.For(context.Compilation, context.Options, rule.Descriptor.Id), cancellation);
            try
            {
                using (RuleTimes.Measure(Times, rule))
                {
                    rule.Start(actions);
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                failures.Add(TL9002_RuleFailed.AtStart(rule, exception));
            }

            // A rule that registered nothing still counts as having run, so that its baseline entries are reported as stale.
            if (actions.FileActions.Count > 0 || baseline is not null)
            {
                started.Add(new StartedRule(rule, actions));
            }

            if (actions.AdditionalFileAction is { } action)
            {
                context.RegisterAdditionalFileAction(file => Run(rule, action, file));
            }
        }

        if (started.Count > 0 || failures.Count > 0)
        {
            context.RegisterSemanticModelAction(
                new FileRun(started.ToImmutable(), failures.ToImmutable(), baseline, gate.IsTestProject, Times).Analyze);
        }

        if (baseline is not null)
        {
            context.RegisterAdditionalFileAction(baseline.ReportMissing);
        }
    }

    private static void Run(Rule rule, Action<AdditionalFileAnalysisContext> action, AdditionalFileAnalysisContext file)
    {
        try
        {
            action(file);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            file.ReportDiagnostic(TL9002_RuleFailed.On(file.AdditionalFile, rule, exception));
        }
    }

    // The compiler skips an analyzer only when all of its diagnostics are off, so single rules have to be skipped here.
    private static bool IsOn(Rule rule, Compilation compilation, CancellationToken cancellation)
        => rule.Descriptor.GetEffectiveSeverity(compilation.Options) is not ReportDiagnostic.Suppress
            || (compilation.Options.SyntaxTreeOptionsProvider is { } settings
                && compilation.SyntaxTrees.Any(tree
                    => settings.TryGetDiagnosticValue(tree, rule.Descriptor.Id, cancellation, out var severity)
                        && severity is not ReportDiagnostic.Suppress));
}

/// <summary>A rule that registered actions for a compilation.</summary>
internal sealed record StartedRule(Rule Rule, RuleContext Context);

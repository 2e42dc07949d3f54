using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Flow;
using TraceLint.Rules;

namespace TraceLint.Host;

/// <summary>
/// The one analyzer that the compiler sees: it hosts all rules. Whether a project is looked at at all is the question of <see cref="ProjectGate"/>;
/// a file is analyzed by <see cref="FileRun"/>, for all rules that started.
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

    /// <summary>Hosts some rules: for tests.</summary>
    internal TraceLintAnalyzer(ImmutableArray<Rule> rules)
    {
        _rules = rules;
        SupportedDiagnostics = rules.Select(static rule => rule.Descriptor).ToImmutableArray();
    }

    /// <summary>Where the time of each rule is added up; null unless somebody measures, as the survey does.</summary>
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
        var gate = new ProjectGate(SourceModels.For(context.Compilation, context.Options), context.Options, cancellation);
        var started = ImmutableArray.CreateBuilder<StartedRule>();
        foreach (var rule in _rules)
        {
            if (!gate.IsOpen(rule.Words, rule.OnlyWhereCodeTraces, cancellation))
            {
                continue;
            }

            var rules = new RuleContext(SourceModels.For(context.Compilation, context.Options, rule.Descriptor.Id), cancellation);
            using (RuleTimes.Measure(Times, rule))
            {
                rule.Start(rules);
            }

            if (rules.FileActions.Count > 0)
            {
                started.Add(new StartedRule(rule, rules));
            }

            if (rules.AdditionalFileAction is { } action)
            {
                context.RegisterAdditionalFileAction(action);
            }
        }

        if (started.Count > 0)
        {
            var run = new FileRun(started.ToImmutable(), gate.IsTestProject, Times);
            context.RegisterSemanticModelAction(run.Analyze);
        }
    }
}

/// <summary>A rule that has something to look at in a compilation.</summary>
internal sealed record StartedRule(Rule Rule, RuleContext Context);

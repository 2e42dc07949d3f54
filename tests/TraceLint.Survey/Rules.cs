using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using TraceLint.Host;

namespace TraceLint.Survey;

/// <summary>The analyzers and fixers under survey, found by reflection so that a new rule needs no change here.</summary>
internal sealed class Rules
{
    private static readonly string[] s_productAssemblies = ["TraceLint.Analyzers", "TraceLint.CodeFixes"];

    private Rules(ImmutableArray<DiagnosticAnalyzer> analyzers, ImmutableArray<CodeFixProvider> fixers)
    {
        Analyzers = analyzers;
        Fixers = fixers;

        // A severity set for the id itself beats what a foreign .editorconfig says of all analyzers at once.
        Severities = analyzers
            .SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .DistinctBy(descriptor => descriptor.Id)
            .ToImmutableDictionary(descriptor => descriptor.Id, ToReport);
    }

    public ImmutableArray<DiagnosticAnalyzer> Analyzers { get; }

    public ImmutableArray<CodeFixProvider> Fixers { get; }

    /// <summary>The analyzers, with the host of our rules telling how long each rule takes.</summary>
    public ImmutableArray<DiagnosticAnalyzer> Timed(RuleTimes times) =>
        [.. Analyzers.Select(analyzer => analyzer is TraceLintAnalyzer ? new TraceLintAnalyzer { Times = times } : analyzer)];

    /// <summary>Every rule at its default severity, those included that are off by default.</summary>
    public ImmutableDictionary<string, ReportDiagnostic> Severities { get; }

    public static Rules Load(IEnumerable<string> furtherAssemblies)
    {
        var types = s_productAssemblies.Select(Assembly.Load)
            .Concat(furtherAssemblies.Select(Assembly.LoadFrom))
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsAbstract)
            .ToArray();

        return new Rules(
            Create<DiagnosticAnalyzer>(types, typeof(DiagnosticAnalyzerAttribute)),
            Create<CodeFixProvider>(types, typeof(ExportCodeFixProviderAttribute)));
    }

    private static ImmutableArray<T> Create<T>(IEnumerable<Type> types, Type attribute) =>
        [.. types
            .Where(type => type.IsAssignableTo(typeof(T)) && type.IsDefined(attribute, inherit: false))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (T)Activator.CreateInstance(type, nonPublic: true)!)];

    // Default leaves a rule the severity that it reports a place with, which may be below its own.
    private static ReportDiagnostic ToReport(DiagnosticDescriptor rule) => rule.DefaultSeverity switch
    {
        _ when rule.IsEnabledByDefault => ReportDiagnostic.Default,
        DiagnosticSeverity.Error => ReportDiagnostic.Error,
        DiagnosticSeverity.Warning => ReportDiagnostic.Warn,
        DiagnosticSeverity.Info => ReportDiagnostic.Info,
        _ => ReportDiagnostic.Hidden,
    };
}

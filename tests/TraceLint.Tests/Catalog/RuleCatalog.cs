using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using TraceLint.Host;
using TraceLint.Rules;

namespace TraceLint.Tests.Catalog;

/// <summary>Every rule and every fix, found by reflection, so that a new one cannot be forgotten.</summary>
internal static class RuleCatalog
{
    public static readonly IReadOnlyList<Rule> Rules = Instances<Rule>(typeof(Rule));

    public static readonly IReadOnlyList<CodeFixProvider> Fixes = Instances<CodeFixProvider>(typeof(TraceCodeFix));

    public static readonly IReadOnlyList<DiagnosticDescriptor> Descriptors = new TraceLintAnalyzer().SupportedDiagnostics;

    public static TheoryData<string> RuleNames => [.. Rules.Select(static rule => rule.GetType().Name)];

    public static TheoryData<string> FixNames => [.. Fixes.Select(static fix => fix.GetType().Name)];

    /// <summary>The options of a compilation in which the rules that are off by default are on.</summary>
    public static IEnumerable<KeyValuePair<string, ReportDiagnostic>> OffByDefault
        => Descriptors.Where(static descriptor => !descriptor.IsEnabledByDefault)
            .Select(static descriptor => KeyValuePair.Create(descriptor.Id, ReportDiagnostic.Info));

    public static TheoryData<string> Ids => [.. Descriptors.Select(static descriptor => descriptor.Id).Distinct()];

    public static DiagnosticDescriptor Descriptor(string id) => Descriptors.First(descriptor => descriptor.Id == id);

    public static Rule Rule(string name) => Rules.Single(rule => rule.GetType().Name == name);

    public static CodeFixProvider Fix(string name) => Fixes.Single(fix => fix.GetType().Name == name);

    /// <summary>The title of the fix for a rule; null when it has none.</summary>
    public static string? FixTitle(string id)
        => Fixes.SingleOrDefault(fix => fix.FixableDiagnosticIds.Contains(id)) is { } fix ? (string)Property(fix, "Title") : null;

    public static object Property(CodeFixProvider fix, string name)
        => fix.GetType().GetProperty(name, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.GetValue(fix)!;

    private static List<T> Instances<T>(Type member)
        => [.. member.Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && type.IsAssignableTo(typeof(T)))
            .OrderBy(static type => type.Name, StringComparer.Ordinal)
            .Select(static type => (T)Activator.CreateInstance(type)!)];
}

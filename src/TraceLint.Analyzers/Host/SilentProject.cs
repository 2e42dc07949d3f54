using Microsoft.CodeAnalysis;
using TraceLint.Flow;

namespace TraceLint.Host;

/// <summary>Projects that every rule is silent about: telemetry agents built from source, and, unless the user wants them analyzed, tests and benchmarks.</summary>
internal static class SilentProject
{
    private static readonly HashSet<string> s_testFrameworks = new(StringComparer.OrdinalIgnoreCase)
    {
        "BenchmarkDotNet", "Microsoft.VisualStudio.TestPlatform.TestFramework", "MSTest.TestFramework", "nunit.framework",
        "TUnit.Core", "xunit.assert", "xunit.core", "xunit.v3.assert", "xunit.v3.core",
    };

    /// <summary>Whether the compilation is that of a telemetry agent.</summary>
    public static bool IsAgent(Compilation compilation)
        => compilation.AssemblyName is { } name && AssemblyNames.IsOneOf(name, AssemblyNames.Agents);

    /// <summary>Whether the compilation is a project of tests or benchmarks: it references a framework for them.</summary>
    public static bool IsTest(Compilation compilation)
    {
        foreach (var assembly in compilation.ReferencedAssemblyNames)
        {
            if (s_testFrameworks.Contains(assembly.Name))
            {
                return true;
            }
        }

        return false;
    }
}

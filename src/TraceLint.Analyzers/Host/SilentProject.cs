using Microsoft.CodeAnalysis;
using TraceLint.Flow;

namespace TraceLint.Host;

/// <summary>
/// Projects in which no rule reports: telemetry agents built from source, and, unless the user asks for them, tests and benchmarks.
/// </summary>
internal static class SilentProject
{
    private static readonly HashSet<string> s_testFrameworks = new(StringComparer.OrdinalIgnoreCase)
    {
        "BenchmarkDotNet", "Microsoft.VisualStudio.TestPlatform.TestFramework", "MSTest.TestFramework", "nunit.framework",
        "TUnit.Core", "xunit.assert", "xunit.core", "xunit.v3.assert", "xunit.v3.core",
    };

    /// <summary>Whether the compilation is a telemetry agent.</summary>
    public static bool IsAgent(Compilation compilation)
        => compilation.AssemblyName is { } name && AssemblyNames.IsOneOf(name, AssemblyNames.Agents);

    /// <summary>Whether the compilation is a test or benchmark project, that is, references a framework for them.</summary>
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

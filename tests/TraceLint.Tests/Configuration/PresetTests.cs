using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using TraceLint.Tests.Catalog;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Configuration;

/// <summary>
/// The presets of the package are made from the rules. With the environment variable TRACELINT_WRITE_PRESETS set, this writes
/// them.
/// </summary>
public class PresetTests
{
    private static readonly bool s_writes = Environment.GetEnvironmentVariable("TRACELINT_WRITE_PRESETS") is { Length: > 0 };

    [Theory]
    [InlineData("None", "No rule speaks.")]
    [InlineData("All", "Every rule warns that is Info by default.")]
    public void Preset_IsMadeFromTheRules(string mode, string meaning)
    {
        var path = Repo.File("src", "TraceLint", "buildTransitive", $"TraceLint.{mode}.globalconfig");
        var preset = Preset(mode, meaning);
        if (s_writes)
        {
            File.WriteAllText(path, preset);
        }

        Assert.True(File.Exists(path) && File.ReadAllText(path).ReplaceLineEndings("\n") == preset, $"TraceLint.{mode}.globalconfig is not made from the rules as they are: set TRACELINT_WRITE_PRESETS=1 and run this test again.");
    }

    /// <summary>TL1001 to TL1003 are Info in a program that starts no span: a preset that makes them warnings would undo it.</summary>
    [Fact]
    public void Preset_LeavesLoweredReportsAsTheyAre()
        => Assert.DoesNotContain(Lines, static line => Regex.IsMatch(line, @"\.TL100[123]\.severity\s*=\s*(?!none\b)\w"));

    /// <summary>With a report below its rule's severity and an error log, the compiler crashes on it.</summary>
    [Fact]
    public void Preset_SetsNothingToDefault() => Assert.DoesNotContain(Lines, static line => Regex.IsMatch(line, @"=\s*default\s*$"));

    private static IEnumerable<string> Lines
        => Directory.EnumerateFiles(Repo.File("src", "TraceLint", "buildTransitive"), "*.globalconfig").SelectMany(File.ReadLines);

    private static string Preset(string mode, string meaning)
    {
        var preset = new StringBuilder($"""
            # TraceLintMode = {mode}: {meaning}
            # Made from the rules by PresetTests. Whatever a user says of a rule comes before it.
            is_global = true
            global_level = -100

            """.ReplaceLineEndings("\n"));
        foreach (var descriptor in RuleCatalog.Descriptors.DistinctBy(static descriptor => descriptor.Id).OrderBy(static descriptor => descriptor.Id, StringComparer.Ordinal))
        {
            if (Severity(descriptor, mode) is { } severity)
            {
                preset.Append("dotnet_diagnostic.").Append(descriptor.Id).Append(".severity = ").Append(severity).Append('\n');
            }
        }

        return preset.ToString();
    }

    // What is a warning already is left out: a preset that says so would raise what a rule only mentions.
    private static string? Severity(DiagnosticDescriptor descriptor, string mode) => mode switch
    {
        "None" => "none",

        // A failure of TraceLint must not fail a build.
        _ when descriptor.Id == "TL9002" => null,
        _ => descriptor.DefaultSeverity is DiagnosticSeverity.Warning && descriptor.IsEnabledByDefault ? null : "warning",
    };
}

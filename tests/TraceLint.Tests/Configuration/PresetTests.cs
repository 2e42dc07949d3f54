using System.Text;
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
    [InlineData("Recommended", "Every rule that has a fix warns; the others are as they are by default.")]
    [InlineData("All", "Every rule warns.")]
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
        _ when descriptor.DefaultSeverity is DiagnosticSeverity.Warning && descriptor.IsEnabledByDefault => null,
        "All" => "warning",
        _ => RuleCatalog.FixTitle(descriptor.Id) is not null ? "warning" : null,
    };
}

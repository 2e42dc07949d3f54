using Microsoft.Build.Framework;

namespace TraceLint.Tasks;

/// <summary>
/// Writes the section of a project in <c>TraceLint.baseline</c>, from the compiler's log of a build that reported each finding as a line
/// of the baseline (TL9003).
/// </summary>
public sealed class WriteBaseline : PackageTask
{
    /// <summary>The compiler's log, in SARIF 2.1.</summary>
    [Required]
    public string Log { get; set; } = "";

    /// <summary>The file to write. The sections of other projects stay as they are.</summary>
    [Required]
    public string Baseline { get; set; } = "";

    /// <summary>The name of the section.</summary>
    [Required]
    public string Section { get; set; } = "";

    /// <inheritdoc/>
    protected override string What => $"The baseline '{Baseline}' cannot be written";

    /// <inheritdoc/>
    protected override void Run()
    {
        var lines = CompilerLog.Read(Log)
            .Where(static result => result.Value("ruleId") == "TL9003")
            .Select(static result => result.Value("message", "text") ?? "")
            .ToList();
        if (lines.Count > 0 || File.Exists(Baseline))
        {
            SharedFile.Update(Baseline, text => BaselineText.WithSection(text, Section, lines));
        }

        if (lines.Count > 0)
        {
            Say($"{Section} -> {Baseline} ({lines.Count} {(lines.Count == 1 ? "finding" : "findings")})");
        }
    }
}

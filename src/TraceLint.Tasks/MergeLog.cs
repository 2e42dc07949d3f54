using System.Reflection;
using Microsoft.Build.Framework;

namespace TraceLint.Tasks;

/// <summary>
/// Puts what TraceLint reports in a project into one SARIF 2.1 log for the whole solution. What the project had in it before is replaced, so
/// that the log is right after an incremental build, too.
/// </summary>
public sealed class MergeLog : PackageTask
{
    /// <summary>The compiler's log of the project, in SARIF 2.1.</summary>
    [Required]
    public string Log { get; set; } = "";

    /// <summary>The log of the solution.</summary>
    [Required]
    public string MergedLog { get; set; } = "";

    /// <summary>The project file.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <summary>The target framework of this build of the project.</summary>
    [Required]
    public string TargetFramework { get; set; } = "";

    /// <summary>The folder with a page of Markdown for each rule.</summary>
    [Required]
    public string Pages { get; set; } = "";

    // Of this assembly, hence of the package: "0.1.0+<commit>" without the commit.
    private static string Version
        => typeof(MergeLog).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private static string Repository
        => typeof(MergeLog).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(static data => data.Key == "RepositoryUrl")?.Value ?? "";

    /// <inheritdoc/>
    protected override string What => $"The log '{MergedLog}' cannot be written";

    /// <inheritdoc/>
    protected override void Run()
    {
        var run = CompilerLog.RunIn(Log);
        var root = RootOf(Path.GetDirectoryName(Path.GetFullPath(Project))!);
        var merge = new SolutionLog(new Uri(root), Version, Repository, Pages);
        var project = $"{merge.RelativePath(new Uri(Path.GetFullPath(Project)).AbsoluteUri)} ({TargetFramework})";
        SharedFile.Update(MergedLog, text => merge.WithProject(text, run, project));
    }

    // Paths in the log are relative to the root of the Git repository, which is what code scanning expects.
    private static string RootOf(string folder)
    {
        for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            if (Directory.Exists(Path.Combine(current, ".git")) || File.Exists(Path.Combine(current, ".git")))
            {
                return current.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
            }
        }

        return folder + Path.DirectorySeparatorChar;
    }
}

using System.Reflection;
using Microsoft.Build.Framework;

namespace TraceLint.Tasks;

/// <summary>
/// Writes the results of TraceLint in a project to one SARIF 2.1 log for the whole solution. It replaces the earlier results of the
/// project, so that the log is correct after an incremental build as well.
/// </summary>
public sealed class MergeLog : PackageTask
{
    /// <summary>The compiler's log for the project, in SARIF 2.1.</summary>
    [Required]
    public string Log { get; set; } = "";

    /// <summary>The log for the solution.</summary>
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

    // The version of this assembly, and so of the package: "0.1.0+<commit>" without the commit.
    private static string Version
        => typeof(MergeLog).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private static string Repository
        => typeof(MergeLog).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(static data => data.Key == "RepositoryUrl")?.Value ?? "";

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

using TraceLint.Package.Tests.Tools;

namespace TraceLint.Package.Tests.Scene;

/// <summary>
/// Copies this repository as somebody else would get it: what is ignored stays behind. What the tests build is built in
/// the copy, out of the way of the other test projects.
/// </summary>
internal static class RepositoryCopy
{
    private static readonly HashSet<string> s_leftBehind = new(StringComparer.Ordinal) { ".git", ".vs", ".idea", "artifacts", "bin", "obj", "TestResults" };

    /// <summary>Makes a repository of one commit and no remote.</summary>
    public static async Task CreateAsync(string folder)
    {
        foreach (var file in await FilesAsync())
        {
            var target = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Settings.RepositoryRoot, file), target);
        }

        await Tool.Git.RunAsync(folder, "init", "--quiet");
        await Tool.Git.RunAsync(folder, "-c", "core.safecrlf=false", "add", "--all");
        await Tool.Git.RunAsync(folder, "-c", "user.name=nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgSign=false", "commit", "--quiet", "--no-verify", "--message", "Copy");
    }

    private static async Task<IEnumerable<string>> FilesAsync()
    {
        try
        {
            var output = await Tool.Git.RunAsync(Settings.RepositoryRoot, "ls-files", "-z", "--cached", "--others", "--exclude-standard");
            // A file that is deleted but not yet committed is still listed.
            return output.TrimEnd('\r', '\n').Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(Settings.RepositoryRoot, file)));
        }
        catch (InvalidOperationException)
        {
            // Not a clone, e.g. an unpacked archive of the sources.
            return FilesBelow(new DirectoryInfo(Settings.RepositoryRoot)).Select(file => Path.GetRelativePath(Settings.RepositoryRoot, file.FullName));
        }
    }

    private static IEnumerable<FileInfo> FilesBelow(DirectoryInfo folder)
        => folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(child => !s_leftBehind.Contains(child.Name)).SelectMany(FilesBelow));
}

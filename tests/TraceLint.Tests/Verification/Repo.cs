namespace TraceLint.Tests.Verification;

/// <summary>Files of this repository.</summary>
internal static class Repo
{
    public static string File(params string[] parts) => Path.GetFullPath(Path.Combine([References.Metadata("RepositoryRoot"), .. parts]));

    public static string Text(params string[] parts) => System.IO.File.ReadAllText(File(parts)).ReplaceLineEndings("\n");

    /// <summary>The C# files below a folder, without what a build puts there.</summary>
    public static IEnumerable<string> Sources(params string[] parts)
        => Directory.EnumerateFiles(File(parts), "*.cs", SearchOption.AllDirectories)
            .Where(static path => !path.Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);
}

using System.Reflection;

namespace TraceLint.Proofs.Kit;

/// <summary>What the build of this project wrote into it.</summary>
internal static class Settings
{
    /// <summary>The repository that is tested.</summary>
    public static string RepositoryRoot { get; } = Path.GetFullPath(Value("RepositoryRoot"));

    /// <summary>The folder that restored packages are in.</summary>
    public static string PackageRoot { get; } = Value("PackageRoot");

    private static string Value(string key)
        => typeof(Settings).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

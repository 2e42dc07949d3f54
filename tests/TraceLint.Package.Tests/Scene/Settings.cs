using System.Reflection;

namespace TraceLint.Package.Tests.Scene;

/// <summary>What the build of this project wrote into it.</summary>
internal static class Settings
{
    /// <summary>The repository that is tested.</summary>
    public static string RepositoryRoot { get; } = Path.GetFullPath(Value("RepositoryRoot"));

    /// <summary>Where the project lives.</summary>
    public static string RepositoryUrl { get; } = Value("RepositoryUrl");

    /// <summary>The folder that restored packages are in.</summary>
    public static string PackageRoot { get; } = Value("PackageRoot");

    /// <summary>The version of TraceLint, or of a package that this repository uses.</summary>
    public static string VersionOf(string package) => Value(package);

    private static string Value(string key)
        => typeof(Settings).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

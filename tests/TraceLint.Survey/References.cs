using Microsoft.CodeAnalysis;

namespace TraceLint.Survey;

/// <summary>
/// What foreign code is compiled against. .NET and everyday libraries go to every project. Transports, and what starts spans (OpenTelemetry,
/// ASP.NET Core, Azure's clients), go only to projects that use them: rules and fixes depend on whether they are there.
/// </summary>
internal sealed class References
{
    private const string ListFile = "TraceLint.Survey.references.txt";

    private static readonly Family[] s_families =
    [
        new("AWSSDK.", "AWSSDK.", "Amazon"),
        new("Azure.", "Azure.", "Azure"),
        new("Confluent.", "Confluent.", "Confluent"),
        new("Hangfire", "Hangfire", "Hangfire"),
        new("Microsoft.AspNetCore", "Microsoft.AspNetCore", "Microsoft.AspNetCore"),
        new("MQTTnet", "MQTTnet", "MQTTnet"),
        new("OpenTelemetry", "OpenTelemetry", "OpenTelemetry"),
        new("Quartz", "Quartz", "Quartz"),
        new("RabbitMQ.Client", "RabbitMQ.Client", "RabbitMQ"),
        new("StackExchange.Redis", "StackExchange.Redis", "StackExchange.Redis"),
    ];

    /// <summary>What is in RabbitMQ.Client before version 7 only.</summary>
    private static readonly string[] s_oldRabbit = ["CreateModel(", ".BasicPublish(", "(IModel "];

    private readonly (string Name, Family? Family, MetadataReference Reference)[] _all;
    private readonly StandIns _standIns;

    private References(IEnumerable<string> paths)
    {
        _all = [.. paths.Select(path => (Path.GetFileNameWithoutExtension(path), FamilyOf(path), (MetadataReference)MetadataReference.CreateFromFile(path)))];
        _standIns = new StandIns([.. _all.Select(assembly => assembly.Reference)]);
    }

    /// <summary>Reads the list that the build of this tool leaves next to it.</summary>
    /// <exception cref="FileNotFoundException">The tool was moved away from its build output.</exception>
    public static References Load() => new(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, ListFile)));

    /// <param name="packages">The packages that the project and the projects it references ask for.</param>
    /// <param name="namespaces">The namespaces that its source imports; a package can come in by way of another.</param>
    /// <param name="replaced">Assemblies that are built from source here.</param>
    /// <param name="mentions">Whether the source has a text in it, which tells an older version of a library from a newer one.</param>
    public IEnumerable<MetadataReference> For(IReadOnlySet<string> packages, IReadOnlySet<string> namespaces, IReadOnlySet<string> replaced, Func<string, bool> mentions)
    {
        var older = StandIns.Older.Where(standIn => standIn.IsMeant(namespaces, mentions)).ToList();
        var hasOldRabbit = s_oldRabbit.Any(mentions);
        var used = s_families
            .Where(family => packages.Any(family.BringsPackage) || namespaces.Any(family.HasNamespace))
            .ToHashSet();

        foreach (var (name, family, reference) in _all)
        {
            if ((family is null || used.Contains(family)) && !replaced.Contains(name) && !older.Any(standIn => standIn.Assembly == name)
                && (name != "RabbitMQ.Client" || IsOldRabbit(reference) == hasOldRabbit))
            {
                yield return reference;
            }
        }

        foreach (var reference in _standIns.For(packages, replaced).Concat(older.Where(standIn => !replaced.Contains(standIn.Assembly)).Select(_standIns.Make)))
            yield return reference;
    }

    private static bool IsOldRabbit(MetadataReference reference) => reference.Display!.Contains("/6.", StringComparison.Ordinal);

    private static Family? FamilyOf(string path) =>
        s_families.FirstOrDefault(family => Path.GetFileName(path).StartsWith(family.AssemblyPrefix, StringComparison.Ordinal));

    private sealed record Family(string AssemblyPrefix, string PackagePrefix, string Namespace)
    {
        public bool BringsPackage(string package) => package.StartsWith(PackagePrefix, StringComparison.OrdinalIgnoreCase);

        public bool HasNamespace(string imported) =>
            imported.StartsWith(Namespace, StringComparison.Ordinal) && (imported.Length == Namespace.Length || imported[Namespace.Length] == '.');
    }
}

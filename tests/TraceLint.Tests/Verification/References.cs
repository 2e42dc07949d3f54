using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace TraceLint.Tests.Verification;

/// <summary>
/// What the code under test references: files of packages that a PackageDownload in TraceLint.Tests.props restored, so
/// that no test asks a network for anything.
/// </summary>
internal static class References
{
    /// <summary>.NET and nothing else.</summary>
    public static readonly ImmutableArray<MetadataReference> None
        = [.. Directory.EnumerateFiles(InPackages("microsoft.netcore.app.ref", "10.0.14", "ref", "net10.0"), "*.dll").Order().Select(FromFile)];

    /// <summary>.NET without spans and propagators: what no rule has anything to say about.</summary>
    public static readonly ImmutableArray<MetadataReference> Untraced
        = None.RemoveAll(static reference => Path.GetFileName(reference.Display) == "System.Diagnostics.DiagnosticSource.dll");

    public static readonly MetadataReference NewestKafka = FromFile(InPackages("confluent.kafka", "2.16.0", "lib", "net8.0", "Confluent.Kafka.dll"));
    public static readonly MetadataReference OldestKafka = FromFile(InPackages("confluent.kafka", "1.9.3", "lib", "net6.0", "Confluent.Kafka.dll"));
    public static readonly MetadataReference NewestOpenTelemetry = FromFile(InPackages("opentelemetry.api", "1.20.1", "lib", "net10.0", "OpenTelemetry.Api.dll"));
    public static readonly MetadataReference OldestOpenTelemetry = FromFile(InPackages("opentelemetry.api", "1.15.3", "lib", "net10.0", "OpenTelemetry.Api.dll"));

    /// <summary>Confluent.Kafka: fixes speak System.Diagnostics.</summary>
    public static readonly ImmutableArray<MetadataReference> Kafka = None.Add(NewestKafka);

    /// <summary>Confluent.Kafka and OpenTelemetry.Api: fixes speak OpenTelemetry.</summary>
    public static readonly ImmutableArray<MetadataReference> KafkaAndOpenTelemetry = Kafka.Add(NewestOpenTelemetry);

    /// <summary>The oldest versions that can be had.</summary>
    public static readonly ImmutableArray<MetadataReference> Oldest = None.Add(OldestKafka).Add(OldestOpenTelemetry);

    /// <summary>An empty assembly of a given name, for what is only ever recognised by its presence.</summary>
    public static MetadataReference Named(string assembly)
    {
        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create(
            assembly, references: None, options: new(OutputKind.DynamicallyLinkedLibrary)).Emit(image);
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static PortableExecutableReference FromFile(string path) => MetadataReference.CreateFromFile(path);

    private static string InPackages(params string[] parts) => Path.Combine([Metadata("PackageRoot"), .. parts]);

    /// <summary>A path that the build wrote into the test assembly.</summary>
    public static string Metadata(string key)
        => typeof(References).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TraceLint.Tests.Verification;

/// <summary>
/// What the code under test references: files of packages that a PackageDownload in TraceLint.Tests.props restored, so
/// that no test asks a network for anything.
/// </summary>
internal static class References
{
    /// <summary>.NET and nothing else.</summary>
    public static readonly ImmutableArray<MetadataReference> None
        = FilesIn("microsoft.netcore.app.ref", "10.0.14", "ref", "net10.0");

    /// <summary>ASP.NET Core, and with it Microsoft.Extensions.*.</summary>
    public static readonly ImmutableArray<MetadataReference> AspNetCore
        = FilesIn("microsoft.aspnetcore.app.ref", "10.0.14", "ref", "net10.0");

    /// <summary>.NET without spans and propagators: what no rule has anything to say about.</summary>
    public static readonly ImmutableArray<MetadataReference> Untraced
        = None.RemoveAll(static reference => Path.GetFileName(reference.Display) == "System.Diagnostics.DiagnosticSource.dll");

    /// <summary>.NET Standard 2.0 and the packages that libraries reference there, without spans and propagators.</summary>
    public static readonly ImmutableArray<MetadataReference> NetStandard =
    [
        .. FilesIn("netstandard.library", "2.0.3", "build", "netstandard2.0", "ref"),
        ForNetStandard("microsoft.bcl.asyncinterfaces", "10.0.9", "Microsoft.Bcl.AsyncInterfaces"),
        ForNetStandard("system.memory", "4.6.3", "System.Memory"),
        ForNetStandard("system.runtime.compilerservices.unsafe", "6.1.2", "System.Runtime.CompilerServices.Unsafe"),
        ForNetStandard("system.threading.channels", "7.0.0", "System.Threading.Channels"),
        ForNetStandard("system.threading.tasks.extensions", "4.5.4", "System.Threading.Tasks.Extensions"),
    ];

    /// <summary>Spans and propagators as a package, for .NET Standard 2.0.</summary>
    public static readonly MetadataReference NewestSpans = ForNetStandard("system.diagnostics.diagnosticsource", "10.0.14", "System.Diagnostics.DiagnosticSource");

    /// <summary>The same before a link could be added to a span that runs.</summary>
    public static readonly MetadataReference SpansOf8 = ForNetStandard("system.diagnostics.diagnosticsource", "8.0.1", "System.Diagnostics.DiagnosticSource");

    public static readonly MetadataReference NewestKafka = FromFile(InPackages("confluent.kafka", "2.16.0", "lib", "net8.0", "Confluent.Kafka.dll"));
    public static readonly MetadataReference OldestKafka = FromFile(InPackages("confluent.kafka", "1.9.3", "lib", "net6.0", "Confluent.Kafka.dll"));
    public static readonly MetadataReference NewestOpenTelemetry = FromFile(InPackages("opentelemetry.api", "1.20.1", "lib", "net10.0", "OpenTelemetry.Api.dll"));
    public static readonly MetadataReference OldestOpenTelemetry = FromFile(InPackages("opentelemetry.api", "1.15.3", "lib", "net10.0", "OpenTelemetry.Api.dll"));

    /// <summary>Confluent.Kafka: fixes speak System.Diagnostics.</summary>
    public static readonly ImmutableArray<MetadataReference> Kafka = None.Add(NewestKafka);

    /// <summary>Confluent.Kafka and OpenTelemetry.Api: fixes speak OpenTelemetry.</summary>
    public static readonly ImmutableArray<MetadataReference> KafkaAndOpenTelemetry = Kafka.Add(NewestOpenTelemetry);

    public static readonly MetadataReference Sqs = FromFile(InPackages("awssdk.sqs", "4.0.100.25", "lib", "net8.0", "AWSSDK.SQS.dll"));
    public static readonly MetadataReference AwsCore = FromFile(InPackages("awssdk.core", "4.0.102.19", "lib", "net8.0", "AWSSDK.Core.dll"));

    /// <summary>AWSSDK.SQS: fixes speak System.Diagnostics.</summary>
    public static readonly ImmutableArray<MetadataReference> Aws = None.Add(Sqs).Add(AwsCore);

    /// <summary>AWSSDK.SQS and OpenTelemetry.Api: fixes speak OpenTelemetry.</summary>
    public static readonly ImmutableArray<MetadataReference> AwsAndOpenTelemetry = Aws.Add(NewestOpenTelemetry);

    /// <summary>The one version of RabbitMQ.Client before 7 that can be had.</summary>
    public static readonly MetadataReference Rabbit = FromFile(InPackages("rabbitmq.client", "6.4.0", "lib", "netstandard2.0", "RabbitMQ.Client.dll"));
    public static readonly MetadataReference Rabbit7 = FromFile(InPackages("rabbitmq.client", "7.2.2", "lib", "net8.0", "RabbitMQ.Client.dll"));
    public static readonly MetadataReference Mqtt = FromFile(InPackages("mqttnet", "5.2.0.1603", "lib", "net10.0", "MQTTnet.dll"));
    public static readonly MetadataReference NewestRedis = FromFile(InPackages("stackexchange.redis", "2.13.23", "lib", "net10.0", "StackExchange.Redis.dll"));
    public static readonly MetadataReference OldestRedis = FromFile(InPackages("stackexchange.redis", "2.1.30", "lib", "netstandard2.0", "StackExchange.Redis.dll"));

    /// <summary>The events of Lambda, one library for each source.</summary>
    public static readonly ImmutableArray<MetadataReference> Lambda =
    [
        Stub("Amazon.Lambda.SQSEvents", AwsStubs.Lambda),
        Stub("Amazon.Lambda.SNSEvents", AwsStubs.LambdaSns),
        Stub("Amazon.Lambda.KafkaEvents", AwsStubs.LambdaKafka),
        Stub("Amazon.Lambda.KinesisEvents", AwsStubs.LambdaKinesis),
    ];

    /// <summary>EventBridge and Kinesis.</summary>
    public static readonly ImmutableArray<MetadataReference> AwsPayloads
        = [Stub("AWSSDK.EventBridge", AwsStubs.EventBridge), Stub("AWSSDK.Kinesis", AwsStubs.Kinesis)];

    public static readonly MetadataReference Nats = Stub("NATS.Client", TransportStubs.Nats);

    /// <summary>Azure.Messaging.ServiceBus and Azure.Messaging.EventHubs, with what their messages are made of.</summary>
    public static readonly ImmutableArray<MetadataReference> Azure =
    [
        FromFile(InPackages("azure.messaging.servicebus", "7.21.0", "lib", "net10.0", "Azure.Messaging.ServiceBus.dll")),
        FromFile(InPackages("azure.messaging.eventhubs", "5.12.2", "lib", "net8.0", "Azure.Messaging.EventHubs.dll")),
        FromFile(InPackages("azure.core.amqp", "1.3.1", "lib", "netstandard2.0", "Azure.Core.Amqp.dll")),
        FromFile(InPackages("system.memory.data", "10.0.10", "lib", "net10.0", "System.Memory.Data.dll")),
    ];

    public static readonly MetadataReference CliWrap = FromFile(InPackages("cliwrap", "3.10.5", "lib", "net10.0", "CliWrap.dll"));
    public static readonly MetadataReference Hangfire = FromFile(InPackages("hangfire.core", "1.8.25", "lib", "netstandard2.0", "Hangfire.Core.dll"));
    public static readonly MetadataReference NewestQuartz = FromFile(InPackages("quartz", "4.7.3", "lib", "net10.0", "Quartz.dll"));
    public static readonly MetadataReference OldestQuartz = FromFile(InPackages("quartz", "3.22.10", "lib", "net10.0", "Quartz.dll"));
    public static readonly MetadataReference Protobuf = FromFile(InPackages("google.protobuf", "3.36.2", "lib", "net8.0", "Google.Protobuf.dll"));
    public static readonly MetadataReference PubSub = Stub("Google.Cloud.PubSub.V1", CloudStubs.PubSub, Protobuf);
    public static readonly MetadataReference EasyNetQ = Stub("EasyNetQ", BusStubs.EasyNetQ);
    public static readonly MetadataReference Pulsar = Stub("DotPulsar", BusStubs.DotPulsar);
    public static readonly MetadataReference Mqtt4 = Stub("MQTTnet", TransportStubs.Mqtt4);
    public static readonly MetadataReference Rabbit5 = Stub("RabbitMQ.Client", TransportStubs.Rabbit5);

    /// <summary>Every library there is a rule about, in the newest version.</summary>
    public static readonly ImmutableArray<MetadataReference> NewestWithoutOpenTelemetry = [.. Kafka, Sqs, AwsCore, Rabbit, Mqtt, NewestRedis, CliWrap, Hangfire, NewestQuartz, .. Azure];

    /// <summary>The same without the libraries that start spans themselves.</summary>
    public static readonly ImmutableArray<MetadataReference> NewestWithoutSpans = NewestWithoutOpenTelemetry.RemoveRange(Azure).Remove(NewestQuartz);

    /// <summary>The libraries that there is a rule about, and OpenTelemetry.Api.</summary>
    public static readonly ImmutableArray<MetadataReference> Newest = NewestWithoutOpenTelemetry.Add(NewestOpenTelemetry);

    /// <summary>The oldest versions that can be had.</summary>
    public static readonly ImmutableArray<MetadataReference> Oldest = [.. None, OldestKafka, OldestOpenTelemetry, Sqs, AwsCore, Rabbit, Mqtt, OldestRedis, CliWrap, Hangfire, OldestQuartz, .. Azure];

    /// <summary>What a service needs that sets OpenTelemetry up with ASP.NET Core's host.</summary>
    public static readonly ImmutableArray<MetadataReference> OpenTelemetryHosting =
    [
        FromFile(InPackages("opentelemetry", "1.20.1", "lib", "net10.0", "OpenTelemetry.dll")),
        FromFile(InPackages("opentelemetry.api.providerbuilderextensions", "1.20.1", "lib", "net10.0", "OpenTelemetry.Api.ProviderBuilderExtensions.dll")),
        FromFile(InPackages("opentelemetry.extensions.hosting", "1.20.1", "lib", "net10.0", "OpenTelemetry.Extensions.Hosting.dll")),
        FromFile(InPackages("opentelemetry.instrumentation.aspnetcore", "1.20.2", "lib", "net10.0", "OpenTelemetry.Instrumentation.AspNetCore.dll")),
    ];

    /// <summary>What is a stub: the names the rules know of it are compared with it, that much being possible.</summary>
    public static readonly ImmutableArray<MetadataReference> Stubs
        = [.. None, Stub("AWSSDK.SimpleNotificationService", AwsStubs.Sns), .. Lambda, .. AwsPayloads, Nats, Protobuf, PubSub, EasyNetQ, Pulsar, Mqtt4, Stub("Castle.Core", TransportStubs.Castle)];

    /// <summary>What a project references for .NET Standard 2.0 that has these references for .NET 10.</summary>
    /// <returns>Null where a library has no assembly for it.</returns>
    public static ImmutableArray<MetadataReference>? OnNetStandard(ImmutableArray<MetadataReference> references)
    {
        var others = NetStandard.ToBuilder();
        if (references.Intersect(None).Count() > Untraced.Length)
        {
            others.Add(NewestSpans);
        }

        foreach (var library in references.Except(None))
        {
            if (library is not PortableExecutableReference { FilePath: { } path } || Directory.GetParent(path)?.Parent is not { Name: "lib" } folder
                || Path.Combine(folder.FullName, "netstandard2.0", Path.GetFileName(path)) is var other && !File.Exists(other))
            {
                return null;
            }

            others.Add(FromFile(other));
        }

        return others.ToImmutable();
    }

    private static PortableExecutableReference ForNetStandard(string package, string version, string assembly)
        => FromFile(InPackages(package, version, "lib", "netstandard2.0", assembly + ".dll"));

    /// <summary>The assembly of a stub.</summary>
    public static MetadataReference Stub(string assembly, string source, params MetadataReference[] references)
    {
        using var image = new MemoryStream();
        var result = CSharpCompilation.Create(
            assembly, [CSharpSyntaxTree.ParseText(source)], [.. None, .. references], new(OutputKind.DynamicallyLinkedLibrary)).Emit(image);
        return result.Success ? MetadataReference.CreateFromImage(image.ToArray()) : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    /// <summary>The assembly of a stub that builds on another library.</summary>
    public static MetadataReference StubOver(string assembly, string source, MetadataReference library)
    {
        using var image = new MemoryStream();
        var result = CSharpCompilation.Create(
            assembly, [CSharpSyntaxTree.ParseText(source)], None.Add(library), new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)).Emit(image);
        return result.Success ? MetadataReference.CreateFromImage(image.ToArray()) : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    /// <summary>An empty assembly of a given name, for what is only ever recognised by its presence.</summary>
    public static MetadataReference Named(string assembly) => Stub(assembly, "");

    private static ImmutableArray<MetadataReference> FilesIn(params string[] folder)
        => [.. Directory.EnumerateFiles(InPackages(folder), "*.dll").Order().Select(FromFile)];

    private static PortableExecutableReference FromFile(string path) => MetadataReference.CreateFromFile(path);

    private static string InPackages(params string[] parts) => Path.Combine([Metadata("PackageRoot"), .. parts]);

    /// <summary>A path that the build wrote into the test assembly.</summary>
    public static string Metadata(string key)
        => typeof(References).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}

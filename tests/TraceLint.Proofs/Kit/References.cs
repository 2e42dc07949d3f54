using System.Collections.Immutable;
using Amazon.Runtime;
using Amazon.SQS;
using Azure.Messaging.ServiceBus;
using CliWrap;
using Confluent.Kafka;
using Google.Cloud.PubSub.V1;
using Google.Protobuf;
using Microsoft.CodeAnalysis;
using MQTTnet;
using OpenTelemetry.Context.Propagation;
using RabbitMQ.Client;
using TraceLint.Proofs.Parts;

namespace TraceLint.Proofs.Kit;

/// <summary>What programs are compiled against.</summary>
internal static class References
{
    /// <summary>.NET alone.</summary>
    public static readonly ImmutableArray<MetadataReference> Framework =
        [.. Directory.EnumerateFiles(Path.Combine(Settings.PackageRoot, "microsoft.netcore.app.ref", "10.0.14", "ref", "net10.0"), "*.dll").Order().Select(FromFile)];

    private static readonly ImmutableArray<MetadataReference> s_systemDiagnostics =
    [
        .. Framework,
        .. new[] { typeof(ProducerConfig), typeof(AmazonSQSClient), typeof(AmazonServiceClient), typeof(IMqttClient), typeof(IModel), typeof(PubsubMessage), typeof(ByteString), typeof(ServiceBusReceiver), typeof(BinaryData), typeof(Cli) }.Select(static type => FromFile(type.Assembly.Location)),
        LambdaStub.Reference,
    ];

    private static readonly ImmutableArray<MetadataReference> s_openTelemetry = [.. s_systemDiagnostics, FromFile(typeof(Propagators).Assembly.Location)];

    /// <summary>.NET and the libraries, with OpenTelemetry.Api or without.</summary>
    public static ImmutableArray<MetadataReference> Of(Dialect dialect) => dialect is Dialect.OpenTelemetry ? s_openTelemetry : s_systemDiagnostics;

    private static PortableExecutableReference FromFile(string path) => MetadataReference.CreateFromFile(path);
}

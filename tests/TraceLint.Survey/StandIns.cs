using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Tests.Verification;

namespace TraceLint.Survey;

/// <summary>
/// Assemblies made up here. Rules tell a test project, or one whose messages are instrumented, by the names of what it
/// references. Test frameworks are stood in for by an empty assembly, packages that the registry lacks by the part of
/// their API that application code calls.
/// </summary>
internal sealed class StandIns
{
    private static readonly StandIn[] s_all =
    [
        new("xunit.v3", "xunit.v3.core"),
        new("xunit", "xunit.core"),
        new("nunit", "nunit.framework"),
        new("MSTest", "Microsoft.VisualStudio.TestPlatform.TestFramework"),
        new("TUnit", "TUnit.Core"),
        new("Aspire.Confluent.Kafka", "Aspire.Confluent.Kafka"),
        new("Confluent.Kafka.Extensions.Diagnostics", "Confluent.Kafka.Extensions.Diagnostics", """
            using System;
            using System.Threading;
            using System.Threading.Tasks;

            namespace Confluent.Kafka.Extensions.Diagnostics
            {
                public static class ProducerBuilderExtensions
                {
                    public static IProducer<TKey, TValue> BuildWithInstrumentation<TKey, TValue>(this ProducerBuilder<TKey, TValue> producerBuilder) => null;
                }

                public static class DependentProducerBuilderExtensions
                {
                    public static IProducer<TKey, TValue> BuildWithInstrumentation<TKey, TValue>(this DependentProducerBuilder<TKey, TValue> producerBuilder) => null;
                }

                public static class ConsumerExtensions
                {
                    public static Task ConsumeWithInstrumentation<TKey, TValue>(this IConsumer<TKey, TValue> consumer, Func<ConsumeResult<TKey, TValue>, CancellationToken, Task> action, CancellationToken cancellationToken) => null;

                    public static void ConsumeWithInstrumentation<TKey, TValue>(this IConsumer<TKey, TValue> consumer, Action<ConsumeResult<TKey, TValue>> action, int millisecondsTimeout) { }
                }
            }
            """),
        new("OpenTelemetry.Instrumentation.ConfluentKafka", "OpenTelemetry.Instrumentation.ConfluentKafka", """
            using System.Collections.Generic;

            namespace Confluent.Kafka
            {
                public sealed class InstrumentedProducerBuilder<TKey, TValue> : ProducerBuilder<TKey, TValue>
                {
                    public InstrumentedProducerBuilder(IEnumerable<KeyValuePair<string, string>> config) : base(config) { }

                    public override IProducer<TKey, TValue> Build() => null;
                }

                public sealed class InstrumentedConsumerBuilder<TKey, TValue> : ConsumerBuilder<TKey, TValue>
                {
                    public InstrumentedConsumerBuilder(IEnumerable<KeyValuePair<string, string>> config) : base(config) { }

                    public override IConsumer<TKey, TValue> Build() => null;
                }
            }
            """),
    ];

    /// <summary>Versions that the registry lacks, in place of the one it has or of none: what the tests stub.</summary>
    public static readonly IReadOnlyList<StandIn> Older =
    [
        new("", "MQTTnet", TransportStubs.Mqtt4) { IsMeant = static (namespaces, mentions) => namespaces.Contains("MQTTnet.Client") },
        new("", "NATS.Client", TransportStubs.Nats) { IsMeant = static (namespaces, mentions) => namespaces.Contains("NATS.Client") && !namespaces.Contains("NATS.Client.Core") },
        Namespace("Google.Cloud.PubSub.V1", CloudStubs.PubSub),
        Namespace("EasyNetQ", BusStubs.EasyNetQ),
        Namespace("DotPulsar", BusStubs.DotPulsar),
        Namespace("Amazon.Lambda.SQSEvents", AwsStubs.Lambda),
        Namespace("Amazon.Lambda.SNSEvents", AwsStubs.LambdaSns),
        Namespace("Amazon.Lambda.KafkaEvents", AwsStubs.LambdaKafka),
        Namespace("Amazon.Lambda.KinesisEvents", AwsStubs.LambdaKinesis),
    ];

    // A library whose assembly has the name of its namespace.
    private static StandIn Namespace(string name, string source)
        => new("", name, source) { IsMeant = (namespaces, mentions) => namespaces.Contains(name) };

    private readonly IReadOnlyList<MetadataReference> _references;
    private readonly Dictionary<StandIn, MetadataReference> _made = [];

    /// <param name="references">What the source of the assemblies may use.</param>
    public StandIns(IReadOnlyList<MetadataReference> references) => _references = references;

    /// <summary>The stand-ins for what a project references.</summary>
    /// <param name="packages">The packages that the project and the projects it references ask for.</param>
    /// <param name="replaced">Assemblies that are built from source here.</param>
    public IEnumerable<MetadataReference> For(IReadOnlySet<string> packages, IReadOnlySet<string> replaced) =>
        packages
            .Select(package => s_all.FirstOrDefault(standIn => package.StartsWith(standIn.PackagePrefix, StringComparison.OrdinalIgnoreCase)))
            .OfType<StandIn>()
            .Distinct()
            .Where(standIn => !replaced.Contains(standIn.Assembly))
            .Select(Make);

    /// <summary>The assembly of one of them.</summary>
    public MetadataReference Make(StandIn standIn)
    {
        if (_made.TryGetValue(standIn, out var reference))
            return reference;

        using var image = new MemoryStream();
        var result = CSharpCompilation
            .Create(standIn.Assembly, [CSharpSyntaxTree.ParseText(standIn.Source)], _references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .Emit(image);
        if (!result.Success)
            throw new InvalidOperationException($"{standIn.Assembly} could not be made up: {string.Join(", ", result.Diagnostics)}");

        return _made[standIn] = MetadataReference.CreateFromImage(image.ToArray(), filePath: standIn.Assembly + ".dll");
    }

    /// <param name="PackagePrefix">The start of the names of the packages that bring the assembly, the more special first.</param>
    public sealed record StandIn(string PackagePrefix, string Assembly, string Source = "")
    {
        /// <summary>Whether a project uses it, going by the namespaces it imports and the texts in its source.</summary>
        public Func<IReadOnlySet<string>, Func<string, bool>, bool> IsMeant { get; init; } = static (_, _) => false;
    }
}

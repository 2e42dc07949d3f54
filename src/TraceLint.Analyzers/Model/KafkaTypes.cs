using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using TraceLint.Flow;

namespace TraceLint.Model;

/// <summary>The types of Confluent.Kafka that are used to publish and to consume.</summary>
internal sealed record KafkaTypes(
    INamedTypeSymbol Producer,
    INamedTypeSymbol Message,
    INamedTypeSymbol MessageMetadata,
    INamedTypeSymbol Headers,
    INamedTypeSymbol Header,
    INamedTypeSymbol ConsumeResult,
    INamedTypeSymbol ProducerBuilder,
    ImmutableArray<INamedTypeSymbol> Serializers)
{
    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string Producer = "Confluent.Kafka.IProducer`2";
        public const string Message = "Confluent.Kafka.Message`2";
        public const string MessageMetadata = "Confluent.Kafka.MessageMetadata";
        public const string Headers = "Confluent.Kafka.Headers";
        public const string Header = "Confluent.Kafka.Header";
        public const string ConsumeResult = "Confluent.Kafka.ConsumeResult`2";
        public const string Serializer = "Confluent.Kafka.ISerializer`1";
        public const string AsyncSerializer = "Confluent.Kafka.IAsyncSerializer`1";
        public const string ProducerBuilder = "Confluent.Kafka.ProducerBuilder`2";
    }

    /// <summary>Finds the types; fails when the library is not referenced or older than 1.0, or when a name is ambiguous.</summary>
    public static bool TryGet(Compilation compilation, [NotNullWhen(true)] out KafkaTypes? types)
    {
        var serializers = new[] { compilation.TypeNamed(Names.Serializer), compilation.TypeNamed(Names.AsyncSerializer) };
        types = compilation.TypeNamed(Names.Producer) is { } producer
            && compilation.TypeNamed(Names.Message) is { } message
            && compilation.TypeNamed(Names.MessageMetadata) is { } metadata
            && compilation.TypeNamed(Names.Headers) is { } headers
            && compilation.TypeNamed(Names.Header) is { } header
            && compilation.TypeNamed(Names.ConsumeResult) is { } result
            && compilation.TypeNamed(Names.ProducerBuilder) is { } builder
                ? new KafkaTypes(
                    producer,
                    message,
                    metadata,
                    headers,
                    header,
                    result,
                    builder,
                    serializers.OfType<INamedTypeSymbol>().ToImmutableArray())
                : null;
        return types is not null;
    }
}

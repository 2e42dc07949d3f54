using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace TraceLint.Boundaries;

/// <summary>
/// The transports whose messages reach the code that processes them as the library's own types. Entries of a Redis stream are
/// left out: they are looked up as often as they are consumed.
/// </summary>
internal static class ReceivingTransports
{
    /// <summary>Those that a compilation references.</summary>
    public static ImmutableArray<Transport> In(Compilation compilation)
        => new Transport?[] { ConfluentKafka.In(compilation), AwsMessaging.In(compilation), LambdaEvents.In(compilation), RabbitMq.In(compilation), Mqtt.In(compilation), Nats.In(compilation) }
            .OfType<Transport>().ToImmutableArray();
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using TraceLint.Configuration;

namespace TraceLint.Model;

/// <summary>
/// The transports whose messages reach the code that processes them as the library's own types, and those that are declared. Entries of a Redis stream are
/// left out: they are looked up as often as they are consumed.
/// </summary>
internal static class ReceivingTransports
{
    /// <summary>Those that a compilation references.</summary>
    public static ImmutableArray<Transport> In(Compilation compilation, Settings settings)
        => new Transport?[] { ConfluentKafka.In(compilation), AwsMessaging.In(compilation), LambdaEvents.In(compilation), RabbitMq.In(compilation), Mqtt.In(compilation), Nats.In(compilation) }
            .OfType<Transport>()
            .Concat(DeclaredBus.AllIn(compilation, settings, CancellationToken.None).Where(static bus => !bus.Received.IsEmpty))
            .ToImmutableArray();
}

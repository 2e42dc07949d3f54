using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using TraceLint.Configuration;

namespace TraceLint.Model;

/// <summary>
/// The transports whose messages arrive as types of the library, and the declared ones. Redis streams are left out, because their
/// entries are looked up as often as they are consumed.
/// </summary>
internal static class ReceivingTransports
{
    /// <summary>The transports that a compilation references or that are declared for it.</summary>
    public static ImmutableArray<Transport> In(Compilation compilation, Settings settings)
    {
        var known = new Transport?[]
        {
            ConfluentKafka.In(compilation),
            AwsMessaging.In(compilation),
            LambdaEvents.In(compilation),
            RabbitMq.In(compilation),
            Mqtt.In(compilation),
            Nats.In(compilation),
        };
        var declared = DeclaredBus.AllIn(compilation, settings, CancellationToken.None).Where(static bus => !bus.Received.IsEmpty);
        return known.OfType<Transport>().Concat(declared).ToImmutableArray();
    }
}

using Microsoft.CodeAnalysis;

namespace TraceLint.Model;

/// <summary>The transports of known libraries.</summary>
internal static class Transports
{
    /// <summary>The transports that a compilation references.</summary>
    public static IReadOnlyList<Transport> In(Compilation compilation)
        => [.. new Transport?[]
        {
            ConfluentKafka.In(compilation),
            AwsMessaging.In(compilation),
            RabbitMq.In(compilation),
            Mqtt.In(compilation),
            Nats.In(compilation),
            RedisStreams.In(compilation),
        }.OfType<Transport>()];
}

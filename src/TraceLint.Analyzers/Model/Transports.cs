using Microsoft.CodeAnalysis;

namespace TraceLint.Model;

/// <summary>The transports that a compilation references.</summary>
internal static class Transports
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Transport> In(Compilation compilation)
        => [.. new Transport?[]
        {
            ConfluentKafka.In(compilation), AwsMessaging.In(compilation), RabbitMq.In(compilation), Mqtt.In(compilation), Nats.In(compilation), RedisStreams.In(compilation),
        }.OfType<Transport>()];
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using TraceLint.Configuration;

namespace TraceLint.Model;

/// <summary>The transports of known libraries: the one place that lists them.</summary>
internal static class Transports
{
    // Code that publishes contains one of the words: a part of the library's namespace, or the name of a method that is unique to it.
    // The rules that are about a single transport have their own.
    private static readonly (Func<Compilation, Transport?> In, string[] Words)[] s_known =
    [
        (ConfluentKafka.In, []),
        (AwsMessaging.In, []),
        (LambdaEvents.OfSqs, []),
        (LambdaEvents.OfSns, []),
        (LambdaEvents.OfKafka, []),
        (RabbitMq.In, ["BasicPublish", "RabbitMQ"]),
        (Mqtt.In, ["MQTTnet"]),
        (Nats.In, ["NATS"]),
        (GooglePubSub.In, ["PubSub"]),
        (EasyNetQ.In, ["EasyNetQ"]),
        (DotPulsar.In, ["DotPulsar"]),
        (AzureMessages.OfServiceBus, []),
        (AzureMessages.OfEventHubs, []),
        (AwsPayloads.OfEventBridge, ["EventBridge"]),
        (AwsPayloads.OfKinesis, ["Kinesis"]),
        (RedisStreams.In, ["StackExchange"]),
    ];

    /// <summary>The words of all transports of <see cref="TransportRules.Shared"/>.</summary>
    public static IReadOnlyCollection<string> Words { get; } = [.. s_known.SelectMany(static known => known.Words)];

    /// <summary>The names of the methods that publish, of all transports: what can be asked of a text before any type is looked up.</summary>
    public static IReadOnlyCollection<string> PublishNames { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "BasicPublish", "EnqueueAsync", "Produce", "ProduceAsync", "Publish", "PublishAsync", "PublishBatch", "PublishBatchAsync",
        "PublishBinaryAsync", "PublishSequenceAsync", "PublishStringAsync", "PutEvents", "PutEventsAsync", "PutRecord", "PutRecordAsync",
        "PutRecords", "PutRecordsAsync", "Request", "RequestAsync", "Send", "SendAsync", "SendMessage", "SendMessageAsync",
        "SendMessageBatch", "SendMessageBatchAsync", "StreamAdd", "StreamAddAsync",
    };

    /// <summary>The transports that a compilation references.</summary>
    public static IReadOnlyList<Transport> In(Compilation compilation)
        => [.. s_known.Select(known => known.In(compilation)).OfType<Transport>()];

    /// <summary>The transports whose received messages can be told by their types: referenced or declared ones.</summary>
    public static ImmutableArray<Transport> ReceivingIn(Compilation compilation, Settings settings)
    {
        var declared = DeclaredBus.AllIn(compilation, settings, CancellationToken.None).Where(static bus => !bus.Received.IsEmpty);
        return In(compilation).Where(static transport => transport.Receives).Concat(declared).ToImmutableArray();
    }
}

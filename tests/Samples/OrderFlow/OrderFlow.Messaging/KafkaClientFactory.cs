using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrderFlow.Messaging;

/// <summary>Makes Kafka clients that follow <see cref="KafkaOptions"/> and write to the application's log.</summary>
public sealed partial class KafkaClientFactory(IOptions<KafkaOptions> options, ILogger<KafkaClientFactory> logger)
{
    public IProducer<string, string> CreateProducer() =>
        new ProducerBuilder<string, string>(new ProducerConfig
        {
            BootstrapServers = options.Value.BootstrapServers,
            EnableIdempotence = true,
            LingerMs = 0,
        })
        .SetLogHandler((_, entry) => Log(entry))
        .Build();

    public IConsumer<string, string> CreateConsumer(string groupId) =>
        new ConsumerBuilder<string, string>(new ConsumerConfig
        {
            BootstrapServers = options.Value.BootstrapServers,
            GroupId = groupId,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoOffsetStore = false,
            FetchWaitMaxMs = (int)options.Value.FetchWait.TotalMilliseconds,
        })
        .SetLogHandler((_, entry) => Log(entry))
        .Build();

    private void Log(LogMessage entry)
    {
        var level = (LogLevel)entry.LevelAs(LogLevelType.MicrosoftExtensionsLogging);
        LogClient(level, entry.Name, entry.Facility, entry.Message);
    }

    [LoggerMessage("{Client} {Facility}: {Text}")]
    private partial void LogClient(LogLevel level, string client, string facility, string text);
}

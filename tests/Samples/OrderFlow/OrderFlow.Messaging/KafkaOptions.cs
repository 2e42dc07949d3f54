namespace OrderFlow.Messaging;

/// <summary>The <c>Kafka</c> section of the configuration.</summary>
public sealed class KafkaOptions
{
    public const string Section = "Kafka";

    public string BootstrapServers { get; set; } = "localhost:9092";

    /// <summary>How long a broker that has nothing new may keep a consumer waiting.</summary>
    public TimeSpan FetchWait { get; set; } = TimeSpan.FromMilliseconds(500);
}

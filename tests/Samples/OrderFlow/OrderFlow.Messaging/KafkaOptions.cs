namespace OrderFlow.Messaging;

/// <summary>The <c>Kafka</c> section of the configuration.</summary>
public sealed class KafkaOptions
{
    public const string Section = "Kafka";

    public string BootstrapServers { get; set; } = "localhost:9092";
}

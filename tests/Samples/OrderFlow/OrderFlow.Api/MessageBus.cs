using Confluent.Kafka;

namespace OrderFlow.Api;

/// <summary>Publishes what no customer should wait for. What is lost is in the log.</summary>
internal sealed partial class MessageBus(IProducer<string, string> producer, ILogger<MessageBus> logger)
{
    public void Produce(string topic, Message<string, string> message) =>
        producer.Produce(topic, message, report =>
        {
            if (report.Error.IsError)
                LogLost(report.Key, report.Topic, report.Error.Reason);
        });

    [LoggerMessage(LogLevel.Warning, "Message {Key} is not on {Topic}: {Reason}")]
    private partial void LogLost(string key, string topic, string reason);
}

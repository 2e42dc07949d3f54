using Confluent.Kafka;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>Reads one topic as long as the application runs, one message after the other.</summary>
public abstract partial class TopicWorker(string topic, KafkaClientFactory kafka, ILogger logger) : BackgroundService
{
    protected abstract Task ProcessAsync(ConsumeResult<string, string> result);

    // Consume blocks, so it gets a thread of its own instead of one from the pool.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(
            () => Consume(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Consume(CancellationToken stoppingToken)
    {
        using var consumer = kafka.CreateConsumer(groupId: $"order-flow.{topic}");
        consumer.Subscribe(topic);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
                ProcessNext(consumer, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The application stops.
        }
        finally
        {
            consumer.Close();
        }
    }

    private void ProcessNext(IConsumer<string, string> consumer, CancellationToken stoppingToken)
    {
        var result = consumer.Consume(stoppingToken);
        try
        {
            // Not cancelled: a message that was begun is finished, also when the application stops.
            ProcessAsync(result).GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            LogSkipped(exception, result.TopicPartitionOffset);
        }

        consumer.StoreOffset(result);
    }

    [LoggerMessage(LogLevel.Error, "The message at {Position} could not be processed and is skipped")]
    private partial void LogSkipped(Exception exception, TopicPartitionOffset position);
}

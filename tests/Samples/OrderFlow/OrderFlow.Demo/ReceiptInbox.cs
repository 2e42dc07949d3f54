using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using OrderFlow.Messaging;
using OrderFlow.Worker;

namespace OrderFlow.Demo;

/// <summary>The customer's end of the flow: the receipt is the last thing that happens to an order.</summary>
internal sealed class ReceiptInbox(KafkaClientFactory kafka, ILogger<ReceiptInbox> logger)
    : TopicWorker(Topics.Receipts, kafka, logger)
{
    private readonly TaskCompletionSource<Receipt> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The first receipt to arrive.</summary>
    public Task<Receipt> First => _first.Task;

    protected override Task ProcessAsync(ConsumeResult<string, string> result)
    {
        _first.TrySetResult(JsonSerializer.Deserialize<Receipt>(result.Message.Value)!);
        return Task.CompletedTask;
    }
}

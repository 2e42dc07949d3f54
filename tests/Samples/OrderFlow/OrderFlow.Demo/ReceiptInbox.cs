using System.Diagnostics;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OrderFlow.Messaging;
using OrderFlow.Worker;

namespace OrderFlow.Demo;

/// <summary>The customer's end of the flow: the receipt arrives.</summary>
internal sealed class ReceiptInbox(KafkaClientFactory kafka, ILogger<ReceiptInbox> logger)
    : TopicWorker(Topics.Receipts, kafka, logger)
{
    protected override Task ProcessAsync(ConsumeResult<string, string> result)
    {
        var parent = KafkaTraceContext.Extract(result.Message.Headers);
        Baggage.Current = parent.Baggage;
        using var activity = Telemetry.Source.StartActivity("receipts process", ActivityKind.Consumer, parent.ActivityContext);

        var receipt = JsonSerializer.Deserialize<Receipt>(result.Message.Value)
            ?? throw new JsonException("A receipt is empty.");
        activity?.SetTag("order.id", receipt.OrderId);
        return Task.CompletedTask;
    }
}

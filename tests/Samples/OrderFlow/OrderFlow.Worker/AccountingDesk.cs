using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>Shows dead letters to the people who can do something about them.</summary>
internal sealed partial class AccountingDesk(KafkaClientFactory kafka, ILogger<AccountingDesk> logger)
    : TopicWorker(Topics.InvoicesDeadLetter, kafka, logger)
{
    protected override Task ProcessAsync(ConsumeResult<string, string> result)
    {
        var headers = result.Message.Headers;
        var parent = KafkaTraceContext.Extract(headers);
        Baggage.Current = parent.Baggage;
        using var activity = Telemetry.Source.StartActivity("invoices-dead-letter process", ActivityKind.Consumer);

        var reason = headers.TryGetLastBytes("reason", out var value) ? Encoding.UTF8.GetString(value) : "unknown";
        LogDeadLetter(result.Message.Key, reason);
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information, "The invoice of order {OrderId} needs a person: {Reason}")]
    private partial void LogDeadLetter(string orderId, string reason);
}

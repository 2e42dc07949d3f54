using System.Diagnostics;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>Mails notices to customers.</summary>
internal sealed class NoticeWorker(KafkaClientFactory kafka, ILogger<NoticeWorker> logger)
    : TopicWorker(Topics.Notices, kafka, logger)
{
    protected override Task ProcessAsync(ConsumeResult<string, string> result)
    {
        using var activity = Telemetry.Source.StartActivity("notices process", ActivityKind.Consumer);

        var notice = JsonSerializer.Deserialize<Notice>(result.Message.Value)
            ?? throw new JsonException("A notice is empty.");
        activity?.SetTag("order.id", notice.OrderId);

        Mail(notice);
        return Task.CompletedTask;
    }

    // There is no mail server yet.
    private static void Mail(Notice notice)
    {
        using var activity = Telemetry.Source.StartActivity("send mail", ActivityKind.Client);
        activity?.SetTag("mail.length", notice.Text.Length);
    }
}

using System.Diagnostics;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Hosting;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>Writes the audit trail to the archive, a batch at a time.</summary>
internal sealed class AuditArchive(KafkaClientFactory kafka) : BackgroundService
{
    private const int MaxBatch = 100;
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(50);

    // Consume blocks, so it gets a thread of its own instead of one from the pool.
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Factory.StartNew(
            () => Archive(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Archive(CancellationToken stoppingToken)
    {
        using var consumer = kafka.CreateConsumer(groupId: "order-flow.audit-archive");
        consumer.Subscribe(Topics.Audit);
        var batch = new List<ConsumeResult<string, string>>();
        while (!stoppingToken.IsCancellationRequested)
        {
            var result = consumer.Consume(_patience);
            if (result is not null)
                batch.Add(result);
            if (batch.Count == MaxBatch || (result is null && batch.Count > 0))
            {
                Write(batch);
                batch.ForEach(consumer.StoreOffset);
                batch.Clear();
            }
        }

        consumer.Close();
    }

    private static void Write(List<ConsumeResult<string, string>> batch)
    {
        using var activity = Telemetry.Source.StartActivity("audit archive", ActivityKind.Consumer);
        activity?.SetTag("messaging.batch.message_count", batch.Count);
        foreach (var result in batch)
            Write(JsonSerializer.Deserialize<AuditEvent>(result.Message.Value));
    }

    // The archive is an event for now.
    private static void Write(AuditEvent? entry) => Activity.Current?.AddEvent(new ActivityEvent($"archived {entry?.Action}"));
}

using System.Text;
using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Confluent.Kafka;
using Decoys.Platform;
using Microsoft.Extensions.Hosting;

namespace Decoys.Outbox;

/// <summary>Publishes what was stored, with the context it was stored with: the relay's own would be the wrong one.</summary>
internal sealed class OutboxRelay(IOutbox outbox, IProducer<string, byte[]> producer, IAmazonSQS sqs) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await foreach (var row in outbox.ReadAsync(stoppingToken))
            {
                var stored = JsonSerializer.Deserialize<Dictionary<string, string>>(row.HeadersJson) ?? [];
                var headers = new Headers();
                foreach (var (name, value) in stored)
                    headers.Add(name, Encoding.UTF8.GetBytes(value));

                await producer.ProduceAsync(row.Topic, new Message<string, byte[]> { Key = row.Key, Value = row.Payload, Headers = headers }, stoppingToken);
                await outbox.DeleteAsync(row.Id, stoppingToken);
            }

            await RelayLegacyAsync(stoppingToken);
        }
    }

    private async Task RelayLegacyAsync(CancellationToken cancellationToken)
    {
        foreach (var row in await outbox.ReadLegacyAsync(cancellationToken))
        {
            var message = new Message<string, byte[]> { Key = "", Value = Encoding.UTF8.GetBytes(row.Payload), Headers = [] };
            if (row.TraceParent is not null)
                message.Headers.Add("traceparent", Encoding.UTF8.GetBytes(row.TraceParent));
            if (row is { TraceState.Length: > 0 })
                message.Headers.Add("tracestate", Encoding.UTF8.GetBytes(row.TraceState));

            producer.Produce(row.Topic, message);
            await outbox.DeleteAsync(row.Id, cancellationToken);
        }
    }

    /// <summary>The rows of an older version, whose readers find the context in the body.</summary>
    public async Task ExportAsync(IEnumerable<LegacyOutboxRow> rows, CancellationToken cancellationToken)
    {
        foreach (var chunk in rows.Chunk(10))
        {
            await sqs.SendMessageBatchAsync(
                new SendMessageBatchRequest
                {
                    QueueUrl = Names.NoticeQueue,
                    Entries = [.. chunk.Select(static row => new SendMessageBatchRequestEntry($"{row.Id}", JsonSerializer.Serialize(row)))],
                },
                cancellationToken);
        }
    }

    public Task ReplayAsync(OutboxRow row)
        => producer.ProduceAsync(row.Topic, new Message<string, byte[]>
        {
            Key = row.Key,
            Value = row.Payload,
            Headers = StoredHeaders.Parse(row.HeadersJson),
        });

    public Task ReplayToSqsAsync(OutboxRow row) => sqs.SendMessageAsync(new SendMessageRequest
    {
        QueueUrl = Names.NoticeQueue,
        MessageBody = Convert.ToBase64String(row.Payload),
        MessageAttributes = JsonSerializer.Deserialize<Dictionary<string, string>>(row.HeadersJson)?
            .Where(static pair => pair.Value is { Length: > 0 })
            .ToDictionary(static pair => pair.Key, static pair => SqsTrace.Text(pair.Value)),
    });
}

internal static class StoredHeaders
{
    public static Headers Parse(string json)
    {
        var headers = new Headers();
        using var document = JsonDocument.Parse(json);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Value.GetString() is { Length: > 0 } value)
                headers.Add(new Header(property.Name, Encoding.UTF8.GetBytes(value)));
        }

        return headers;
    }
}

using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.SQS;
using Amazon.SQS.Model;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Outbox;

/// <summary>The body says which trace it belongs to.</summary>
internal sealed record Envelope<T>(string Id, string Type, T Data)
{
    public string? TraceParent { get; init; }
}

/// <summary>A CloudEvent with the extension for distributed tracing.</summary>
internal sealed class CloudEvent
{
    public string SpecVersion { get; init; } = "1.0";

    public required string Id { get; init; }

    public required string Source { get; init; }

    public required string Type { get; init; }

    public object? Data { get; init; }

    public string? Traceparent { get; set; } = Activity.Current?.Id;
}

internal abstract class IntegrationEvent
{
    public Guid Id { get; } = Guid.NewGuid();

    public string? ActivityId { get; } = Activity.Current?.Id;
}

internal sealed class OrderArchived(string orderId) : IntegrationEvent
{
    public string OrderId { get; } = orderId;
}

/// <summary>The context is in the payload, and the consumers look for it there.</summary>
internal sealed class EnvelopePublisher(IProducer<string, string> producer, IAmazonSQS sqs)
{
    public Task PublishAsync(Order order)
    {
        var envelope = new Envelope<Order>(Guid.NewGuid().ToString(), "order", order) { TraceParent = Activity.Current?.Id };
        return producer.ProduceAsync(Names.Orders, new Message<string, string> { Key = order.Id, Value = JsonSerializer.Serialize(envelope) });
    }

    public Task PublishCopyAsync(Envelope<Order> envelope)
    {
        var copy = envelope with { Id = Guid.NewGuid().ToString() };
        return producer.ProduceAsync(Names.Orders, new Message<string, string> { Key = copy.Data.Id, Value = JsonSerializer.Serialize(copy) });
    }

    public Task PublishCloudEventAsync(Order order)
    {
        var cloudEvent = new CloudEvent { Id = order.Id, Source = "/orders", Type = "order.archived", Data = order };
        return producer.ProduceAsync("events", new() { Key = order.Id, Value = JsonSerializer.Serialize(cloudEvent) });
    }

    public Task PublishStructuredAsync(Order order)
        => producer.ProduceAsync("events", new Message<string, string>
        {
            Key = order.Id,
            Value = ToJson(new CloudEvent { Id = order.Id, Source = "/orders", Type = "order.structured" }),
            Headers = new Headers { { "content-type", "application/cloudevents+json"u8.ToArray() } },
        });

    public Task ArchiveAsync(Order order) => ArchiveAsync(new OrderArchived(order.Id));

    public Task SendNoticeAsync(Notice notice)
    {
        var body = new JsonObject
        {
            ["to"] = notice.Recipient,
            ["text"] = notice.Text,
            ["traceparent"] = Activity.Current?.Id,
        };
        return sqs.SendMessageAsync(new SendMessageRequest(Names.NoticeQueue, body.ToJsonString()));
    }

    public Task SendAnonymousAsync(Notice notice)
        => sqs.SendMessageAsync(Names.NoticeQueue, JsonSerializer.Serialize(new { notice.Recipient, notice.Text, traceparent = Activity.Current?.Id }));

    public Task SendEnvelopeAsync(Notice notice)
        => sqs.SendMessageAsync(Names.NoticeQueue, JsonSerializer.Serialize(new Envelope<Notice>(Guid.NewGuid().ToString(), "notice", notice) { TraceParent = Activity.Current?.Id }));

    private Task<DeliveryResult<string, string>> ArchiveAsync<TEvent>(TEvent @event)
        where TEvent : IntegrationEvent
        => producer.ProduceAsync("archive", new Message<string, string> { Key = $"{@event.Id}", Value = JsonSerializer.Serialize(@event) });

    private static string ToJson(CloudEvent cloudEvent) => JsonSerializer.Serialize(cloudEvent, JsonSerializerOptions.Web);
}

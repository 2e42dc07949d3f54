using System.Diagnostics;
using System.Text.Json;
using Amazon.SQS;
using Confluent.Kafka;
using Decoys.Outbox;
using Decoys.Platform;

namespace Decoys.Fraud;

/// <summary>What is known about where an event comes from.</summary>
internal sealed class Provenance
{
    public Dictionary<string, string?> Fields { get; } = [];
}

internal sealed record ScoreChanged(string OrderId, double Score, Provenance Provenance);

/// <summary>Publishes any event of the team, and all of them say where they come from.</summary>
internal sealed class EventPublisher<TEvent>(IProducer<string, string> producer)
    where TEvent : IntegrationEvent
{
    public Task PublishAsync(TEvent @event)
        => producer.ProduceAsync("events", new Message<string, string> { Key = typeof(TEvent).Name, Value = JsonSerializer.Serialize(@event) });
}

/// <summary>Bodies that are made by callers, all of which put the context in.</summary>
internal sealed class FraudQueue(IAmazonSQS sqs, IProducer<string, string> producer)
{
    public Task HoldAsync(Order order)
        => SendBodyAsync(JsonSerializer.Serialize(new Envelope<Order>(order.Id, "hold", order) { TraceParent = Activity.Current?.Id }));

    public Task ReleaseAsync(Order order)
        => SendBodyAsync(JsonSerializer.Serialize(new { order.Id, traceparent = Activity.Current?.Id }));

    public Task ScoreAsync(Order order)
        => PublishBodyAsync(order.Id, JsonSerializer.Serialize(new Envelope<Order>(order.Id, "score", order) { TraceParent = Activity.Current?.Id }));

    public Task SealAsync(Order order) => SendSealedAsync(new Envelope<Order>(order.Id, "seal", order) { TraceParent = Activity.Current?.Id });

    public Task ScoreChangedAsync(Order order, double score)
    {
        var changed = new ScoreChanged(order.Id, score, new Provenance());
        changed.Provenance.Fields["traceparent"] = Activity.Current?.Id;
        return producer.ProduceAsync("scores", new Message<string, string> { Key = order.Id, Value = JsonSerializer.Serialize(changed) });
    }

    private Task SendBodyAsync(string body) => sqs.SendMessageAsync(Names.NoticeQueue, body);

    private Task SendSealedAsync<T>(T content) => sqs.SendMessageAsync(Names.NoticeQueue, JsonSerializer.Serialize(content));

    private Task PublishBodyAsync(string key, string body) => producer.ProduceAsync("fraud", new Message<string, string> { Key = key, Value = body });
}

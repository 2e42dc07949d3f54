using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Bus;

/// <summary>A thin wrapper that injects for its callers.</summary>
internal sealed class TracingProducer<TKey, TValue>(IProducer<TKey, TValue> inner)
{
    public Task<DeliveryResult<TKey, TValue>> ProduceAsync(string topic, Message<TKey, TValue> message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        message.Headers = message.Headers.WithTraceContext();
        return inner.ProduceAsync(topic, message, cancellationToken);
    }

    public void Produce(string topic, Message<TKey, TValue> message, Action<DeliveryReport<TKey, TValue>>? handler = null)
    {
        using var activity = Telemetry.Source.StartActivity($"{topic} publish", System.Diagnostics.ActivityKind.Producer);
        inner.Produce(topic, message.WithTraceContext(), handler);
    }
}

/// <summary>What the rest of the code knows of the bus.</summary>
internal interface IEventBus
{
    Task PublishAsync<T>(string topic, string key, T value, Action<Headers>? configure = null);

    Task SendAsync(Message<string, string> message, string topic);
}

/// <summary>Registered for <see cref="IEventBus"/>; what it is handed is stamped here.</summary>
internal sealed class KafkaEventBus(IProducer<string, string> producer) : IEventBus
{
    public async Task PublishAsync<T>(string topic, string key, T value, Action<Headers>? configure = null)
    {
        var headers = new Headers();
        configure?.Invoke(headers);
        KafkaTrace.Inject(headers);
        await SendCoreAsync(topic, new() { Key = key, Value = JsonSerializer.Serialize(value), Headers = headers });
    }

    public Task SendAsync(Message<string, string> message, string topic) => SendCoreAsync(topic, message.WithTraceContext());

    private Task<DeliveryResult<string, string>> SendCoreAsync(string topic, Message<string, string> message) => producer.ProduceAsync(topic, message);
}

/// <summary>The same for SQS, where the request is what is handed over.</summary>
internal interface IQueueSender
{
    Task SendAsync(SendMessageRequest request, CancellationToken cancellationToken = default);

    Task SendAllAsync(string queueUrl, List<SendMessageBatchRequestEntry> entries);
}

internal sealed class SqsQueueSender(IAmazonSQS sqs) : IQueueSender
{
    async Task IQueueSender.SendAsync(SendMessageRequest request, CancellationToken cancellationToken)
    {
        request.MessageAttributes = SqsTrace.Inject(request.MessageAttributes);
        await sqs.SendMessageAsync(request, cancellationToken);
    }

    async Task IQueueSender.SendAllAsync(string queueUrl, List<SendMessageBatchRequestEntry> entries)
    {
        foreach (var entry in entries)
            entry.MessageAttributes = SqsTrace.Inject(entry.MessageAttributes);
        await sqs.SendMessageBatchAsync(queueUrl, entries);
    }
}

/// <summary>Hands bare messages to wrappers that do the rest.</summary>
internal sealed class WrapperUser(TracingProducer<string, string> producer, IEventBus bus, IQueueSender queue, IProducer<string, string> raw)
{
    public Task OrderPlacedAsync(Order order)
        => producer.ProduceAsync(Names.Orders, new Message<string, string> { Key = order.Id, Value = "placed" });

    public void OrderChanged(Order order)
        => producer.Produce(Names.Orders, new() { Key = order.Id, Value = "changed", Headers = [new Header("team", "bus"u8.ToArray())] });

    public Task OrderClosedAsync(Order order) => bus.SendAsync(new Message<string, string> { Key = order.Id, Value = "closed" }, Names.Orders);

    public Task OrderStoredAsync(Order order)
        => bus.PublishAsync(Names.Orders, order.Id, order, static headers => headers.Add("stored", "1"u8.ToArray()));

    public Task ShipAsync(Order order) => queue.SendAsync(new SendMessageRequest(Names.ShipmentQueue, order.Id));

    public Task ShipAllAsync(IEnumerable<Order> orders)
        => queue.SendAllAsync(Names.ShipmentQueue, [.. orders.Select(order => new SendMessageBatchRequestEntry(order.Id, order.Customer))]);

    // Its callers stamp: both of them.
    private Task<DeliveryResult<string, string>> ForwardAsync(string topic, Message<string, string> message) => raw.ProduceAsync(topic, message);

    private Task<DeliveryResult<string, string>> ForwardAsync(string topic, string key, Headers headers)
        => raw.ProduceAsync(topic, new Message<string, string> { Key = key, Value = key, Headers = headers });

    public Task OrderSplitAsync(Order order)
    {
        var message = new Message<string, string> { Key = order.Id, Value = "split" };
        message.WithTraceContext();
        return ForwardAsync(Names.Orders, message);
    }

    public Task OrderJoinedAsync(Order order) => ForwardAsync(Names.Orders, new Message<string, string> { Key = order.Id, Headers = KafkaTrace.NewHeaders() });

    public Task OrderTouchedAsync(Order order) => ForwardAsync(Names.Orders, order.Id, new Headers().WithTraceContext());
}

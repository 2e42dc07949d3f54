using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Checkout;

/// <summary>A message that is never without context: its constructor sees to that.</summary>
internal class TracedMessage<TKey, TValue> : Message<TKey, TValue>
{
    public TracedMessage() => Headers = KafkaTrace.NewHeaders();

    protected TracedMessage(string type)
        : this() => Headers.Add("type", Encoding.UTF8.GetBytes(type));
}

/// <summary>Inherits the constructor's work.</summary>
internal sealed class OrderMessage(Order order, string type) : TracedMessage<string, string>(type)
{
    public string Customer { get; } = order.Customer;
}

/// <summary>The base class does nothing in one constructor, and everything in the other.</summary>
internal abstract class EventMessage : Message<string, string>
{
    protected EventMessage()
    {
    }

    protected EventMessage(string key, Func<Headers> headers)
    {
        Key = key;
        Headers = headers();
    }
}

internal sealed class OrderShelved(string id) : EventMessage(id, KafkaTrace.NewHeaders);

/// <summary>A message with properties of its own, which are headers.</summary>
internal sealed class AuditMessage : Message<string, string>
{
    public string Auditor
    {
        init => (Headers ??= []).Add("auditor", Encoding.UTF8.GetBytes(value));
    }

    public Activity? Cause
    {
        init
        {
            if (value?.Id is { } id)
                (Headers ??= []).Add("traceparent", Encoding.ASCII.GetBytes(id));
        }
    }

    public new string Key
    {
        get => base.Key;
        set
        {
            base.Key = value;
            KafkaTrace.Inject(Headers ??= []);
        }
    }
}

/// <summary>Not a message, but turns into one.</summary>
internal readonly record struct OrderEvent(string Id, string Type)
{
    public Message<string, string> Message => new Message<string, string> { Key = Id, Value = Type }.WithTraceContext();

    public static implicit operator Message<string, string>(OrderEvent source)
        => new() { Key = source.Id, Value = source.Type, Headers = KafkaTrace.NewHeaders() };
}

/// <summary>Publishes messages of types of its own.</summary>
internal sealed class OrderLifecycle(IProducer<string, string> producer)
{
    public Task CreatedAsync(Order order)
        => producer.ProduceAsync(Names.Orders, new TracedMessage<string, string> { Key = order.Id, Value = JsonSerializer.Serialize(order) });

    public Task ConfirmedAsync(Order order)
    {
        var message = new OrderMessage(order, "confirmed") { Key = order.Id };
        message.Value = message.Customer;
        return producer.ProduceAsync(Names.Orders, message);
    }

    public void Shelved(Order order) => producer.Produce(Names.Orders, new OrderShelved(order.Id) { Value = order.Customer });

    public Task AuditedAsync(Order order, Activity cause)
        => producer.ProduceAsync(Names.Orders, new AuditMessage { Auditor = order.Customer, Value = order.Id, Cause = cause });

    public Task AuditedByKeyAsync(Order order) => producer.ProduceAsync(Names.Orders, new AuditMessage { Key = order.Id, Value = order.Customer });

    public Task PackedAsync(Order order) => producer.ProduceAsync(Names.Orders, new OrderEvent(order.Id, "packed"));

    public Task UnpackedAsync(Order order) => producer.ProduceAsync(Names.Orders, new OrderEvent(order.Id, "unpacked").Message);

    public Task ReopenedAsync(Order order)
    {
        OrderEvent reopened = new(order.Id, "reopened");
        Message<string, string> message = reopened with { Type = "reopened-by-customer" };
        return producer.ProduceAsync(Names.Orders, message);
    }
}

using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Partners;

/// <summary>What partners' events are published through.</summary>
internal interface IPartnerPublisher
{
    Task PublishAsync(Message<string, string> message);

    Task PublishAsync(string key, string value, Headers? headers = null);
}

/// <summary>Publishes what it gets.</summary>
internal class PartnerPublisher(IProducer<string, string> producer) : IPartnerPublisher
{
    public virtual Task PublishAsync(Message<string, string> message) => producer.ProduceAsync("partners", message);

    public Task PublishAsync(string key, string value, Headers? headers = null)
    {
        headers ??= [];
        headers.Remove("traceparent");
        headers.Add("traceparent", Encoding.ASCII.GetBytes(Activity.Current!.Id!));
        return PublishAsync(new Message<string, string> { Key = key, Value = value, Headers = headers });
    }
}

/// <summary>Around the one above, and registered in its place.</summary>
internal sealed class TracingPartnerPublisher(IPartnerPublisher inner) : IPartnerPublisher
{
    public Task PublishAsync(Message<string, string> message) => inner.PublishAsync(message.WithTraceContext());

    public Task PublishAsync(string key, string value, Headers? headers = null) => inner.PublishAsync(key, value, headers.WithTraceContext());
}

/// <summary>Derived from it, for the same purpose.</summary>
internal sealed class StampingPartnerPublisher(IProducer<string, string> producer) : PartnerPublisher(producer)
{
    public override Task PublishAsync(Message<string, string> message)
    {
        message.Headers = message.Headers.WithTraceContext();
        return base.PublishAsync(message);
    }
}

/// <summary>For the developer's machine.</summary>
internal sealed class ConsolePartnerPublisher : IPartnerPublisher
{
    public Task PublishAsync(Message<string, string> message) => Console.Out.WriteLineAsync(message.Value);

    public Task PublishAsync(string key, string value, Headers? headers = null) => Console.Out.WriteLineAsync(value);
}

/// <summary>Uses them without knowing which one.</summary>
internal sealed class PartnerEvents(IPartnerPublisher publisher, PartnerPublisher derived, IProducer<string, string> producer)
{
    private static readonly Dictionary<string, Action<IProducer<string, string>, Order>> _handlers = new()
    {
        ["new"] = static (producer, order) => producer.Produce("partners", new Message<string, string> { Key = order.Id, Headers = KafkaTrace.NewHeaders() }),
        ["gone"] = static (producer, order) =>
        {
            var message = new Message<string, string> { Key = order.Id, Headers = [] };
            KafkaTrace.Inject(message.Headers);
            producer.Produce("partners", message);
        },
    };

    private readonly Func<Order, Task> _confirm = order => producer.ProduceAsync(
        "partners", new Message<string, string> { Key = order.Id, Value = "confirmed" }.WithTraceContext());

    public Task JoinedAsync(Order order) => publisher.PublishAsync(new Message<string, string> { Key = order.Id, Value = "joined" });

    public Task LeftAsync(Order order) => derived.PublishAsync(new Message<string, string> { Key = order.Id, Value = "left" });

    public Task RenamedAsync(Order order) => publisher.PublishAsync(order.Id, "renamed");

    public Task ConfirmedAsync(Order order) => _confirm(order);

    public void Handle(string type, Order order) => _handlers[type](producer, order);

    public Task SentAsync(Order order) => producer.ProduceTracedAsync("partners", new() { Key = order.Id, Value = "sent" });

    public Task DeliveredAsync(Order order) => producer.ProduceAsync("partners", order.Id, "delivered");

    public Task AcceptedAsync(Order order) => SendAsync(new() { Key = order.Id, Value = "accepted" });

    public Task DeclinedAsync(Order order) => SendAsync(new() { Key = order.Id, Value = "declined", Headers = KafkaTrace.NewHeaders() }, stamp: false);

    public Task InvitedAsync(Order order, Activity activity)
    {
        var headers = new Headers();
        Ensure(ref headers, out var traced);
        return producer.ProduceAsync("partners", new Message<string, string> { Key = order.Id, Value = activity.DisplayName, Headers = traced });
    }

    private Task SendAsync(Message<string, string> message, bool stamp = true)
    {
        if (stamp)
        {
            message.Headers ??= [];
            message.Headers.Add("traceparent", Encoding.ASCII.GetBytes(Activity.Current!.Id!));
        }

        return producer.ProduceAsync("partners", message);
    }

    private static void Ensure(ref Headers headers, out Headers traced)
    {
        headers ??= [];
        KafkaTrace.Inject(headers);
        traced = headers;
    }
}

internal static class ProducerExtensions
{
    public static Task<DeliveryResult<TKey, TValue>> ProduceTracedAsync<TKey, TValue>(this IProducer<TKey, TValue> producer, string topic, Message<TKey, TValue> message)
    {
        KafkaTrace.Inject(message.Headers ??= []);
        return producer.ProduceAsync(topic, message);
    }

    public static Task ProduceAsync<TKey, TValue>(this IProducer<TKey, TValue> producer, string topic, TKey key, TValue value)
        => producer.ProduceTracedAsync(topic, new Message<TKey, TValue> { Key = key, Value = value });
}

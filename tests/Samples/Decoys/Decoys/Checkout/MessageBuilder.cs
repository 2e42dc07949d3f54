using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Checkout;

/// <summary>A fluent builder of the team: what it builds has what was asked for.</summary>
internal sealed class MessageBuilder<TValue>
{
    private readonly Headers _headers = [];
    private string _key = "";
    private TValue? _value;

    public MessageBuilder<TValue> Key(string key)
    {
        _key = key;
        return this;
    }

    public MessageBuilder<TValue> Value(TValue value)
    {
        _value = value;
        return this;
    }

    public MessageBuilder<TValue> Header(string name, string value)
    {
        _headers.Add(name, Encoding.UTF8.GetBytes(value));
        return this;
    }

    public MessageBuilder<TValue> Traced()
    {
        KafkaTrace.Inject(_headers);
        return this;
    }

    public Message<string, string> Build() => new() { Key = _key, Value = JsonSerializer.Serialize(_value), Headers = _headers };
}

/// <summary>Publishes what the builder made, and what generic little helpers let through.</summary>
internal sealed class BasketEvents(IProducer<string, string> producer)
{
    public Task AbandonedAsync(Order order)
        => producer.ProduceAsync("baskets", new MessageBuilder<Order>().Key(order.Id).Value(order).Header("type", "abandoned").Traced().Build());

    public Task MergedAsync(Order order)
        => producer.ProduceAsync("baskets", new Message<string, string> { Key = order.Id, Value = "merged", Headers = [] }
            .Also(message => KafkaTrace.Inject(message.Headers)));

    public void Restored(Order order)
        => new Message<string, string> { Key = order.Id, Value = "restored" }
            .Pipe(KafkaTrace.WithTraceContext)
            .Pipe(message =>
            {
                producer.Produce("baskets", message);
                return true;
            });

    public Task SharedAsync(Order order)
    {
        var message = new Message<string, string> { Key = order.Id, Value = "shared" };
        message.Headers = new Headers().Append(("type", "shared"), ("traceparent", Activity.Current?.Id));
        return producer.ProduceAsync("baskets", message);
    }
}

internal static class FluentExtensions
{
    public static T Also<T>(this T value, Action<T> action)
    {
        action(value);
        return value;
    }

    public static TResult Pipe<T, TResult>(this T value, Func<T, TResult> next) => next(value);

    public static Headers Append(this Headers headers, params (string Key, string? Value)[] entries)
    {
        foreach (var (key, value) in entries)
        {
            if (value is not null)
                headers.Add(key, Encoding.UTF8.GetBytes(value));
        }

        return headers;
    }
}

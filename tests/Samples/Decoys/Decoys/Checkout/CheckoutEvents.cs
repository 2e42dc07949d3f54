using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Checkout;

/// <summary>Extension methods and helpers in the middle of expressions.</summary>
internal sealed class CheckoutEvents(IProducer<string, string> producer)
{
    private const string MessageType = "message-type";

    public Task PlacedAsync(Order order, CancellationToken cancellationToken) =>
        producer.ProduceAsync(
            Names.Orders,
            new Message<string, string> { Key = order.Id, Value = JsonSerializer.Serialize(order) }.WithTraceContext(),
            cancellationToken);

    public Task PaidAsync(Order order) => producer.ProduceAsync(Names.Orders, new Message<string, string>
    {
        Key = order.Id,
        Value = "paid",
        Headers = new Headers { { MessageType, "order-paid"u8.ToArray() } }.WithTraceContext(),
    });

    public void Cancelled(Order order, string? reason)
        => producer.Produce(Names.Orders, new()
        {
            Key = order.Id,
            Value = reason ?? "",
            Headers = reason is null ? KafkaTrace.NewHeaders() : new Headers { new Header("reason", Encoding.UTF8.GetBytes(reason)) }.WithTraceContext(),
        });

    public Task ChangedAsync(Order order, OrderChange change)
    {
        var message = change switch
        {
            OrderChange.Address => new Message<string, string> { Key = order.Id, Value = "address" }.WithTraceContext(),
            OrderChange.Lines => Build(order, lines => string.Join(',', lines.Select(line => line.Sku))),
            _ => new Message<string, string> { Key = order.Id, Value = "other", Headers = KafkaTrace.NewHeaders() },
        };
        return producer.ProduceAsync(new TopicPartition(Names.Orders, Partition.Any), message);
    }

    public async Task<TopicPartitionOffset> ExpiredAsync(Order order)
    {
        var (topic, message) = Route(order);
        return (await producer.ProduceAsync(topic, message).ConfigureAwait(false)).TopicPartitionOffset;
    }

    public bool TryPublishRefund(Order order, decimal amount)
    {
        if (!TryBuildRefund(order, amount, out var message))
            return false;

        producer.Produce("refunds", message, static report =>
        {
            if (report.Error.IsError)
                Console.Error.WriteLine(report.Error.Reason);
        });
        return true;
    }

    private static Message<string, string> Build(Order order, Func<IReadOnlyList<OrderLine>, string> describe)
    {
        var message = new Message<string, string> { Key = order.Id, Value = describe(order.Lines), Headers = [] };
        KafkaTrace.Inject(message.Headers);
        return message;
    }

    private static (string Topic, Message<string, string> Message) Route(Order order)
    {
        var message = new Message<string, string> { Key = order.Id, Value = "expired" }.WithTraceContext();
        return order.Region == "eu" ? ("orders-eu", message) : (Names.Orders, message);
    }

    private static bool TryBuildRefund(Order order, decimal amount, out Message<string, string> message)
    {
        message = new Message<string, string> { Key = order.Id, Value = amount.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        if (amount <= 0)
            return false;

        message.Headers = KafkaTrace.NewHeaders();
        return true;
    }
}

internal enum OrderChange
{
    Address,
    Lines,
    Payment,
}

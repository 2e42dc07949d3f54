using System.Text.Json;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Inventory;

/// <summary>One class in three files: publishes here, headers there, and what a generator wrote in the third.</summary>
internal sealed partial class ReservationPublisher(IProducer<string, string> producer)
{
    public Task ReservedAsync(Order order)
    {
        var message = CreateMessage(order, "reserved");
        StampHeaders(message);
        return producer.ProduceAsync(Names.Stock, message);
    }

    public Task ReleasedAsync(Order order)
    {
        var message = CreateMessage(order, "released");
        OnPublishing(message);
        return producer.ProduceAsync(Names.Stock, message);
    }

    public Task ConvertedAsync(Order order)
    {
        var message = CreateMessage(order, "converted");
        message.Headers = GetGeneratedHeaders(order);
        return producer.ProduceAsync(Names.Stock, message);
    }

    public Task SplitAsync(Order order)
    {
        _draft = CreateMessage(order, "split");
        CompleteDraft();
        return producer.ProduceAsync(Names.Stock, _draft);
    }

    private static Message<string, string> CreateMessage(Order order, string type)
        => new() { Key = order.Id, Value = JsonSerializer.Serialize(new { order.Id, type }) };

    partial void OnPublishing(Message<string, string> message);

    private static partial Headers GetGeneratedHeaders(Order order);
}

using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Inventory;

internal sealed record StockLevel(string Sku, int Available);

/// <summary>Overrides that keep what the base class does.</summary>
internal sealed class StockPublisher(IProducer<string, byte[]> producer) : KafkaPublisher<StockLevel>(producer)
{
    protected override string Topic => Names.Stock;

    public Task PublishSoldOutAsync(string sku)
    {
        var message = new Message<string, byte[]> { Key = sku, Value = [] };
        base.Prepare(message);
        return Producer.ProduceAsync("sold-out", message);
    }

    public Task PublishRestockedAsync(StockLevel level)
    {
        var headers = BuildHeaders(level);
        headers.Add("restocked", "1"u8.ToArray());
        return Producer.ProduceAsync(Topic, new Message<string, byte[]> { Key = level.Sku, Value = Serialize(level), Headers = headers });
    }

    protected override string KeyOf(StockLevel @event) => @event.Sku;

    protected override byte[] Serialize(StockLevel @event) => JsonSerializer.SerializeToUtf8Bytes(@event);

    protected override Headers BuildHeaders(StockLevel @event)
    {
        var headers = base.BuildHeaders(@event);
        headers.Add("sku", Encoding.UTF8.GetBytes(@event.Sku));
        return headers;
    }
}

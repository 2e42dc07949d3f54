using System.Text;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Inventory;

/// <summary>Knows how to put a context on its own headers.</summary>
internal interface ITracedHeaders<TSelf>
    where TSelf : ITracedHeaders<TSelf>
{
    static abstract Headers Enrich(Headers headers);

    static virtual Headers Empty => TSelf.Enrich([]);
}

internal sealed class WarehouseHeaders : ITracedHeaders<WarehouseHeaders>
{
    public static Headers Enrich(Headers headers)
    {
        headers.Add("warehouse", "north"u8.ToArray());
        return headers.WithTraceContext();
    }
}

/// <summary>A message that stamps itself.</summary>
internal sealed class PickMessage : Message<string, byte[]>
{
    public void Stamp() => Headers = KafkaTrace.NewHeaders();
}

/// <summary>Generic constraints, static abstract members, type parameters that are messages.</summary>
internal sealed class WarehouseFeed(IProducer<string, byte[]> producer)
{
    public Task PublishAsync<TMessage>(TMessage message, Action<TMessage> stamp)
        where TMessage : Message<string, byte[]>
    {
        stamp(message);
        return producer.ProduceAsync("warehouse", message);
    }

    public Task CreateAndPublishAsync<TMessage>(string key)
        where TMessage : Message<string, byte[]>, new()
    {
        var message = Traced(new TMessage { Key = key, Value = [] });
        return producer.ProduceAsync("warehouse", message);
    }

    public Task PublishAsync<THeaders>(string key, byte[] value)
        where THeaders : ITracedHeaders<THeaders>
        => producer.ProduceAsync("warehouse", new Message<string, byte[]> { Key = key, Value = value, Headers = THeaders.Enrich(new Headers()) });

    public Task PublishEmptyAsync<THeaders>(string key)
        where THeaders : ITracedHeaders<THeaders>
        => producer.ProduceAsync("warehouse", new() { Key = key, Value = [], Headers = THeaders.Empty });

    public Task PickAsync(string sku)
    {
        var pick = new PickMessage { Key = sku, Value = Encoding.UTF8.GetBytes(sku) };
        pick.Stamp();
        return producer.ProduceAsync("picks", pick);
    }

    public Task PickNorthAsync(string sku) => PublishAsync(new PickMessage { Key = sku, Value = [] }, static pick => pick.Stamp());

    public Task RepickAsync(string sku) => CreateAndPublishAsync<PickMessage>(sku);

    public Task NorthAsync(string sku) => PublishAsync<WarehouseHeaders>(sku, []);

    public Task NorthEmptyAsync(string sku) => PublishEmptyAsync<WarehouseHeaders>(sku);

    private static TMessage Traced<TMessage>(TMessage message)
        where TMessage : MessageMetadata
    {
        message.Headers ??= [];
        KafkaTrace.Inject(message.Headers);
        return message;
    }
}

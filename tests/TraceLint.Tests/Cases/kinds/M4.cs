// A serializer that only reads headers injects nothing.
namespace Kinds;
internal sealed record Order(string Id);
internal sealed class OrderSerializer : ISerializer<Order>
{
    public byte[] Serialize(Order data, SerializationContext context)
        => context.Headers is { Count: > 3 } ? [] : JsonSerializer.SerializeToUtf8Bytes(data);
}
internal sealed class M4
{
    private readonly IProducer<string, Order> _producer = new ProducerBuilder<string, Order>(new ProducerConfig()).SetValueSerializer(new OrderSerializer()).Build();

    public async Task Kafka(string id) => await _producer.ProduceAsync("orders", new Message<string, Order> { Value = new Order(id) });
}

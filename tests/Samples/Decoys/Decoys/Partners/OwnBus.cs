namespace Decoys.Partners.Own;

/// <summary>A message of the team's own transport: the names are the same, and that is all.</summary>
internal sealed class Message<TKey, TValue>
{
    public required TKey Key { get; init; }

    public required TValue Value { get; init; }

    public Headers? Headers { get; set; }
}

internal sealed class Headers : Dictionary<string, byte[]>;

internal interface IProducer<TKey, TValue>
{
    Task ProduceAsync(string topic, Message<TKey, TValue> message);

    void Produce(string topic, Message<TKey, TValue> message);
}

/// <summary>Sends text messages to people.</summary>
internal interface ITelephone
{
    Task SendMessageAsync(string number, string text);

    Task SendMessageBatchAsync(IEnumerable<(string Number, string Text)> messages);
}

internal sealed class OwnBus(IProducer<string, string> producer, ITelephone telephone)
{
    public Task PublishAsync(string key) => producer.ProduceAsync("own", new Message<string, string> { Key = key, Value = key });

    public void Publish(string key) => producer.Produce("own", new() { Key = key, Value = key, Headers = [] });

    public Task CallAsync(string number) => telephone.SendMessageAsync(number, "Your parcel is here.");

    public Task CallAllAsync(IEnumerable<string> numbers) => telephone.SendMessageBatchAsync(numbers.Select(static number => (number, "Your parcel is here.")));
}

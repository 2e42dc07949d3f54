// An injection into a plain dictionary or a type of the project says nothing about a payload that cannot hold it.
namespace Kinds;
internal sealed record Order(string Id, decimal Total);
internal sealed class M1(IProducer<string, string> producer, IAmazonSQS sqs, RabbitMQ.Client.IModel channel)
{
    public Dictionary<string, string> HttpHeaders()
    {
        var headers = new Dictionary<string, string>();
        DistributedContextPropagator.Current.Inject(Activity.Current, headers, static (carrier, name, value) => ((Dictionary<string, string>)carrier!)[name] = value);
        return headers;
    }

    public void Environment(ProcessStartInfo start)
        => DistributedContextPropagator.Current.Inject(Activity.Current, start.Environment, static (carrier, name, value) => ((IDictionary<string, string?>)carrier!)[name] = value);

    public async Task Kafka(Order order) => await producer.ProduceAsync("orders", new Message<string, string> { Value = JsonSerializer.Serialize(order) });

    public async Task Sqs(Order order) => await sqs.SendMessageAsync("orders", JsonSerializer.Serialize(order));

    public void Rabbit(Order order) => RabbitMQ.Client.IModelExensions.BasicPublish(channel, "", "orders", null, JsonSerializer.SerializeToUtf8Bytes(order));

    // The dictionary that the context was written to is the payload.
    public async Task Silent() => await producer.ProduceAsync("orders", new Message<string, string> { Value = JsonSerializer.Serialize(HttpHeaders()) });
}

// A span for a message of which only the value is handed on.
namespace Kinds;
internal abstract class Consumer<TValue>(IConsumer<string, TValue> consumer) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var result = consumer.Consume(stop);
            await HandleAsync(result.Message.Key, result.Message.Value);
        }
    }

    protected abstract Task HandleAsync(string key, TValue value);
}
internal sealed class OrderConsumer(IConsumer<string, string> consumer, Store store) : Consumer<string>(consumer)
{
    protected override async Task HandleAsync(string key, string value)
    {
        using var activity = T.Source.StartActivity("order", ActivityKind.Consumer);
        await store.SaveAsync(value);
    }
}
internal sealed class ValueConsumer(IConsumer<string, string> consumer, Store store)
{
    public void Loop(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var r = consumer.Consume(stop);
            Handle(r.Message.Value);
        }
    }

    private void Handle(string value)
    {
        using var activity = T.Source.StartActivity("job", ActivityKind.Consumer);
        store.Save(value);
    }
}
internal sealed class Tutorial(IConsumer<string, string> consumer)
{
    public void Loop(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var result = consumer.Consume(stop);
            using var activity = T.Source.StartActivity("receive", ActivityKind.Consumer);
            Console.WriteLine($"Received {result.Message.Value}");
        }
    }
}
internal sealed class SqsValue(IAmazonSQS sqs, Store store)
{
    public async Task Loop(CancellationToken stop)
    {
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = "u", MessageAttributeNames = ["All"] }, stop);
        foreach (var message in response.Messages) await HandleAsync(message.Body);
    }

    private async Task HandleAsync(string body)
    {
        using var activity = T.Source.StartActivity("job", ActivityKind.Consumer);
        await store.SaveAsync(body);
    }
}

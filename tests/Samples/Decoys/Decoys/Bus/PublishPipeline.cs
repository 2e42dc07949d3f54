using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Bus;

/// <summary>What the middleware of the bus works on.</summary>
internal sealed class PublishContext(string topic, Message<string, byte[]> message)
{
    public string Topic { get; } = topic;

    public Message<string, byte[]> Message { get; set; } = message;

    public IDictionary<string, object> Items { get; } = new Dictionary<string, object>();
}

internal delegate Task PublishDelegate(PublishContext context);

/// <summary>Middleware in front of the producer, as ASP.NET Core has it in front of an endpoint.</summary>
internal sealed class PublishPipeline
{
    private readonly List<Func<PublishDelegate, PublishDelegate>> _middleware = [];

    public static PublishPipeline CreateDefault()
        => new PublishPipeline()
            .Use(async (context, next) =>
            {
                context.Message.WithTraceContext();
                await next(context);
            })
            .Use(static (context, next) =>
            {
                context.Message.Headers.Add("host", Encoding.UTF8.GetBytes(Environment.MachineName));
                return next(context);
            });

    public PublishPipeline Use(Func<PublishContext, PublishDelegate, Task> middleware)
    {
        _middleware.Add(next => context => middleware(context, next));
        return this;
    }

    public PublishDelegate Build(PublishDelegate end) => Enumerable.Reverse(_middleware).Aggregate(end, static (next, middleware) => middleware(next));
}

/// <summary>Publishes at the end of the pipeline.</summary>
internal sealed class PipelineBus(IProducer<string, byte[]> producer, PublishPipeline pipeline)
{
    private readonly PublishDelegate _publish = pipeline.Build(context => producer.ProduceAsync(context.Topic, context.Message));

    public Task PublishAsync<T>(string topic, string key, T value)
        => _publish(new PublishContext(topic, new Message<string, byte[]> { Key = key, Value = JsonSerializer.SerializeToUtf8Bytes(value) }));

    public Task PublishInlineAsync(string topic, string key, byte[] value)
    {
        var message = new Message<string, byte[]> { Key = key, Value = value };
        var run = pipeline.Build(_ => producer.ProduceAsync(topic, message));
        return run(new PublishContext(topic, message));
    }

    public async Task PublishThroughAsync(string topic, string key, byte[] value, Func<Message<string, byte[]>, Func<Task>, Task> middleware)
    {
        var message = new Message<string, byte[]> { Key = key, Value = value };
        await middleware(message, () => producer.ProduceAsync(topic, message));
    }
}

using Amazon.SQS;
using Amazon.SQS.Model;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;

namespace Decoys.Instrumented.Decorators;

/// <summary>Knows nothing of traces: the clients see to that.</summary>
internal sealed class Publishers(IProducer<string, string> producer, IAmazonSQS sqs)
{
    public static IServiceCollection Add(IServiceCollection services, ProducerConfig config)
        => services
            .AddSingleton<IProducer<string, string>>(_ => new TracingProducer<string, string>(new ProducerBuilder<string, string>(config).Build()))
            .AddSingleton<IAmazonSQS, TracingSqsClient>()
            .AddSingleton<Publishers>();

    public Task PublishAsync(string key, string value) => producer.ProduceAsync("plain", new Message<string, string> { Key = key, Value = value });

    public void Publish(string key) => producer.Produce("plain", new Message<string, string> { Key = key, Headers = [new Header("type", "plain"u8.ToArray())] });

    public Task SendAsync(string queueUrl, string body) => sqs.SendMessageAsync(queueUrl, body);

    public Task SendBatchAsync(string queueUrl, IEnumerable<string> bodies)
        => sqs.SendMessageBatchAsync(queueUrl, [.. bodies.Select(static (body, i) => new SendMessageBatchRequestEntry($"{i}", body))]);
}

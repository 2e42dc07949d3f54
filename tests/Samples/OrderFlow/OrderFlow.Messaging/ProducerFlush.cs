using Confluent.Kafka;
using Microsoft.Extensions.Hosting;

namespace OrderFlow.Messaging;

/// <summary>Delivers what is still buffered before the application ends.</summary>
internal sealed class ProducerFlush(IProducer<string, string> producer) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        producer.Flush(cancellationToken);
        return Task.CompletedTask;
    }
}

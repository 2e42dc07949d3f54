using Amazon.SQS;
using Confluent.Kafka;
using Decoys.Billing;
using Decoys.Outbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Decoys.Bus;

internal static class Registration
{
    public static IServiceCollection AddBus(this IServiceCollection services)
    {
        services.AddOptions<BusOptions>().BindConfiguration("Bus");
        services.TryAddSingleton(static _ => new ProducerBuilder<string, string>(new ProducerConfig { BootstrapServers = "localhost:9092" }).Build());
        services.TryAddSingleton(static _ => new ProducerBuilder<string, byte[]>(new ProducerConfig { BootstrapServers = "localhost:9092" }).Build());
        services.TryAddSingleton<IAmazonSQS>(static _ => new AmazonSQSClient());
        services.TryAddSingleton<IEventBus, KafkaEventBus>();
        services.TryAddSingleton<IQueueSender, SqsQueueSender>();
        services.TryAddSingleton<IMessageStamp, TraceStamp>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHeaderEnricher, TraceEnricher>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHeaderEnricher, HostEnricher>());
        services.TryAddSingleton(static _ => PublishPipeline.CreateDefault());
        services.AddHostedService<OutboxRelay>();
        return services;
    }
}

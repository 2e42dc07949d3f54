using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OrderFlow.Messaging;

public static class MessagingServices
{
    /// <summary>Registers the Kafka clients and publishers. Call it before consumers are added: services stop in reverse order.</summary>
    public static IServiceCollection AddMessaging(this IServiceCollection services)
    {
        services.AddOptions<KafkaOptions>().BindConfiguration(KafkaOptions.Section);
        services.TryAddSingleton<KafkaClientFactory>();
        services.TryAddSingleton(provider => provider.GetRequiredService<KafkaClientFactory>().CreateProducer());
        services.TryAddSingleton<OrderPublisher>();
        services.AddHostedService<ProducerFlush>();
        return services;
    }
}

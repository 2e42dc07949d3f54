using Amazon.Runtime;
using Amazon.SQS;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace OrderFlow.Messaging;

public static class MessagingServices
{
    /// <summary>Registers the clients of Kafka and SQS, and publishers. Call it before consumers are added: services stop in reverse order.</summary>
    public static IServiceCollection AddMessaging(this IServiceCollection services)
    {
        services.AddOptions<KafkaOptions>().BindConfiguration(KafkaOptions.Section);
        services.TryAddSingleton<KafkaClientFactory>();
        services.TryAddSingleton(provider => provider.GetRequiredService<KafkaClientFactory>().CreateProducer());
        services.TryAddSingleton<OrderPublisher>();
        services.AddHostedService<ProducerFlush>();

        services.AddOptions<SqsOptions>().BindConfiguration(SqsOptions.Section);
        services.TryAddSingleton<IAmazonSQS>(provider => CreateSqs(provider.GetRequiredService<IOptions<SqsOptions>>().Value));
        return services;
    }

    private static AmazonSQSClient CreateSqs(SqsOptions options) => options.ServiceUrl is { } url
        ? new AmazonSQSClient(new AnonymousAWSCredentials(), new AmazonSQSConfig { ServiceURL = url })
        : new AmazonSQSClient();
}

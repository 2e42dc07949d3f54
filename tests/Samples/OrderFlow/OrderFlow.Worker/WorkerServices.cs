using Microsoft.Extensions.DependencyInjection;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

public static class WorkerServices
{
    /// <summary>Registers everything that happens to an order after it was accepted.</summary>
    public static IServiceCollection AddOrderWorkers(this IServiceCollection services)
    {
        services.AddMessaging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<ICardGateway, SandboxCardGateway>();
        services.AddHostedService<OrderWorker>();
        services.AddHostedService<PaymentWorker>();
        return services;
    }
}

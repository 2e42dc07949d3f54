using Microsoft.Extensions.DependencyInjection;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

public static class WorkerServices
{
    /// <summary>Registers everything that happens to an order after it was accepted and until it is shipped.</summary>
    public static IServiceCollection AddOrderWorkers(this IServiceCollection services)
    {
        services.AddMessaging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<PriceList>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<SalesFeed>();
        services.AddSingleton<FraudReview>();
        services.AddSingleton<ICardGateway, SandboxCardGateway>();
        services.AddSingleton<PaymentRetry>();
        services.AddSingleton<ShipmentRequests>();
        services.AddSingleton<LoyaltyPoints>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<ITaxOffice, SandboxTaxOffice>();
        services.AddHostedService<OutboxRelay>();
        services.AddHostedService<NoticeWorker>();
        services.AddHostedService<OrderWorker>();
        services.AddHostedService<PaymentWorker>();
        services.AddHostedService<InvoiceWorker>();
        services.AddHostedService<AccountingDesk>();
        services.AddHostedService<AuditArchive>();
        return services;
    }
}

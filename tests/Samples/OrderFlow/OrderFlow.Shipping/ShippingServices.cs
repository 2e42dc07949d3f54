using Microsoft.Extensions.DependencyInjection;
using OrderFlow.Messaging;

namespace OrderFlow.Shipping;

public static class ShippingServices
{
    /// <summary>Registers everything that happens to an order after it was paid.</summary>
    public static IServiceCollection AddShipping(this IServiceCollection services)
    {
        services.AddMessaging();
        services.AddSingleton<PickList>();
        services.AddSingleton<CarrierBooking>();
        services.AddSingleton<BookingRetries>();
        services.AddHostedService(static provider => provider.GetRequiredService<BookingRetries>());
        services.AddSingleton<ParcelLabels>();
        services.AddSingleton<ReadyParcels>();
        services.AddSingleton<ParcelTracking>();
        services.AddHostedService<ShipmentWorker>();
        services.AddHostedService<PickWorker>();
        services.AddHostedService<PickupWorker>();
        services.AddHostedService<LabelWorker>();
        services.AddHostedService<LoadingDock>();
        return services;
    }
}

using OpenTelemetry.Trace;
using OrderFlow.Messaging;

namespace OrderFlow.Api;

/// <summary>The order service: takes orders over HTTP and hands them on to Kafka.</summary>
public static class OrderApi
{
    /// <param name="args">Configuration, in the form of command line arguments.</param>
    /// <param name="configure">What the host adds, e.g. exporters.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);

        builder.Services.AddMessaging();
        builder.Services.AddSingleton<StockReservations>();
        builder.Services.AddSingleton<MessageBus>();
        builder.Services.AddSingleton<CustomerNotices>();
        builder.Services.AddSingleton<BasketFeed>();
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing
            .AddSource(Telemetry.SourceName)
            .AddAspNetCoreInstrumentation());
        configure?.Invoke(builder.Services);

        var app = builder.Build();
        app.MapOrders();
        return app;
    }
}

using Decoys.Bus;
using Decoys.Platform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddBus();
using var host = builder.Build();

var bus = host.Services.GetRequiredService<IEventBus>();
using (Telemetry.Source.StartActivity("start"))
    await bus.PublishAsync(Names.Orders, "1", new Order("1", "Ada", "eu", []));

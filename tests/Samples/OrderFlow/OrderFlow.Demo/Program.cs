using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;
using OrderFlow.Api;
using OrderFlow.Demo;
using OrderFlow.Messaging;
using OrderFlow.Worker;

const string DemoSource = "OrderFlow.Demo";
var patience = TimeSpan.FromSeconds(30);

using var kafka = new EmbeddedKafka(Topics.Orders, Topics.Payments, Topics.Receipts, Topics.Reservations, Topics.Audit);
using var source = new ActivitySource(DemoSource);
using var recorder = new SpanRecorder();

string[] settings =
[
    "--urls=http://127.0.0.1:0",
    $"--{KafkaOptions.Section}:{nameof(KafkaOptions.BootstrapServers)}={kafka.BootstrapServers}",
    "--Logging:LogLevel:Default=Warning",
    // What goes wrong belongs on stderr; stdout is for the traces.
    "--Logging:Console:LogToStandardErrorThreshold=Trace",
];

var receiptArrived = true;
await using (var app = OrderApi.Build(settings, services => services
    .AddOrderWorkers()
    .AddSingleton<ReceiptInbox>()
    .AddHostedService(provider => provider.GetRequiredService<ReceiptInbox>())
    .ConfigureOpenTelemetryTracerProvider(tracing => tracing
        .AddSource(DemoSource, "System.Net.Http")
        .AddProcessor(recorder))))
{
    await app.StartAsync();

    using (source.StartActivity("place order"))
    using (var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) })
    {
        var order = new PlaceOrder("Ada", [new("keyboard", 1, 89.90m), new("cable", 2, 7.50m)]);
        using var response = await http.PostAsJsonAsync("/orders", order);
        response.EnsureSuccessStatusCode();
    }

    try
    {
        await app.Services.GetRequiredService<ReceiptInbox>().First.WaitAsync(patience);
    }
    catch (TimeoutException)
    {
        receiptArrived = false;
        await Console.Error.WriteLineAsync($"No receipt within {patience.TotalSeconds} s.");
    }

    // Ends the spans that are still open: the receipt is published inside of some.
    await app.StopAsync();
}

new TraceReport(Console.Out).Write(recorder.Spans);
return receiptArrived ? 0 : 1;

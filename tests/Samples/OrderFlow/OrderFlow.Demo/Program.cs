using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;
using OrderFlow.Api;
using OrderFlow.Demo;
using OrderFlow.Messaging;
using OrderFlow.Shipping;
using OrderFlow.Worker;

const string DemoSource = "OrderFlow.Demo";
var patience = TimeSpan.FromSeconds(30);

// Where the ways of an order with two lines end.
string[] ends =
[
    "notices process", "receipts process", "invoices-dead-letter process",
    "picks process", "picks process", "labels process", "labels process", "tracking process",
    "audit archive", "parcels load",
];

using var kafka = new EmbeddedKafka(
    Topics.Orders, Topics.Payments, Topics.Notices, Topics.Invoices, Topics.InvoicesDeadLetter,
    Topics.Receipts, Topics.Reservations, Topics.Baskets, Topics.OrdersReview, Topics.Sales, Topics.Audit);
using var sqs = new EmbeddedSqs(Queues.Shipments, Queues.Picks, Queues.Pickups, Queues.Labels, Queues.Parcels, Queues.Tracking);
using var source = new ActivitySource(DemoSource);
using var printed = new PrinterSpans();
using var recorder = new SpanRecorder(isNoise: sqs.IsCalledBy);

string[] settings =
[
    "--urls=http://127.0.0.1:0",
    $"--{KafkaOptions.Section}:{nameof(KafkaOptions.BootstrapServers)}={kafka.BootstrapServers}",
    // Unlike a real broker, the embedded one does not answer earlier when a message comes in.
    $"--{KafkaOptions.Section}:{nameof(KafkaOptions.FetchWait)}=00:00:00.02",
    $"--{SqsOptions.Section}:{nameof(SqsOptions.ServiceUrl)}={sqs.ServiceUrl}",
    $"--{SqsOptions.Section}:{nameof(SqsOptions.AccountUrl)}={sqs.AccountUrl}",
    "--Logging:LogLevel:Default=Warning",
    // What goes wrong belongs on stderr; stdout is for the traces.
    "--Logging:Console:LogToStandardErrorThreshold=Trace",
];

IReadOnlyList<string> missing;
await using (var app = OrderApi.Build(settings, services => services
    .AddOrderWorkers()
    .AddShipping()
    .AddHostedService<ReceiptInbox>()
    .AddHostedService<TrackingApp>()
    .ConfigureOpenTelemetryTracerProvider(tracing => tracing
        .SetSampler(new RecordingSampler(samplesRoots: !args.Contains("--unsampled")))
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

    missing = await recorder.WaitForAsync(ends, patience);
    foreach (var end in missing)
        await Console.Error.WriteLineAsync($"No \"{end}\" within {patience.TotalSeconds} s.");

    // Ends the spans that are still open.
    await app.StopAsync();
}

new TraceReport(Console.Out).Write([.. recorder.Spans, .. printed.Read()]);
return missing.Count == 0 ? 0 : 1;

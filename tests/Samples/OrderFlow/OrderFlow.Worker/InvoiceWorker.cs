using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>Registers invoices. Those that are rejected become dead letters.</summary>
internal sealed class InvoiceWorker(
    IProducer<string, string> producer, ITaxOffice taxes, KafkaClientFactory kafka, ILogger<InvoiceWorker> logger)
    : TopicWorker(Topics.Invoices, kafka, logger)
{
    protected override async Task ProcessAsync(ConsumeResult<string, string> result)
    {
        var parent = KafkaTraceContext.Extract(result.Message.Headers);
        Baggage.Current = parent.Baggage;
        using var activity = Telemetry.Source.StartActivity("invoices process", ActivityKind.Consumer, parent.ActivityContext);

        try
        {
            var invoice = JsonSerializer.Deserialize<InvoiceRequest>(result.Message.Value)
                ?? throw new JsonException("An invoice is empty.");
            activity?.SetTag("order.id", invoice.OrderId);
            await taxes.RegisterAsync(invoice);
        }
        catch (Exception exception) when (exception is InvoiceRejectedException or JsonException)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            await DeadLetterAsync(result, exception.Message);
        }
    }

    private async Task DeadLetterAsync(ConsumeResult<string, string> result, string reason) =>
        await producer.ProduceAsync(Topics.InvoicesDeadLetter, new Message<string, string>
        {
            Key = result.Message.Key,
            Value = result.Message.Value,
            Headers = new Headers { { "reason", Encoding.UTF8.GetBytes(reason) } },
        });
}

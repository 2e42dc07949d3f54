using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>Charges the customer's card, publishes the receipt, and has the order sent and invoiced.</summary>
internal sealed class PaymentWorker(
    IProducer<string, string> producer,
    ICardGateway cards,
    PaymentRetry retry,
    ShipmentRequests shipments,
    LoyaltyPoints points,
    Outbox outbox,
    KafkaClientFactory kafka,
    ILogger<PaymentWorker> logger)
    : TopicWorker(Topics.Payments, kafka, logger)
{
    protected override async Task ProcessAsync(ConsumeResult<string, string> result)
    {
        var parent = KafkaTraceContext.Extract(result.Message.Headers);
        Baggage.Current = parent.Baggage;
        using var activity = Telemetry.Source.StartActivity("payments process", ActivityKind.Consumer, parent.ActivityContext);

        var payment = JsonSerializer.Deserialize<PaymentRequest>(result.Message.Value)
            ?? throw new JsonException("A payment request is empty.");
        activity?.SetTag("order.id", payment.OrderId);

        try
        {
            await PayAsync(payment);
        }
        catch (CardGatewayBusyException exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            if (!await retry.TryAgainAsync(result))
                throw;
        }
    }

    private async Task PayAsync(PaymentRequest payment)
    {
        var authorization = await cards.ChargeAsync(payment.Customer, payment.Amount);
        await PublishAsync(new Receipt(payment.OrderId, payment.Amount, authorization));
        await shipments.SendAsync(new ShipmentRequest(payment.OrderId, payment.Customer, payment.Lines));
        points.Award(payment.Customer, payment.Amount);
        outbox.Add(
            Topics.Invoices,
            payment.OrderId.ToString(),
            JsonSerializer.Serialize(new InvoiceRequest(payment.OrderId, payment.Customer, payment.Amount)));
    }

    private async Task PublishAsync(Receipt receipt)
    {
        using var activity = Telemetry.Source.StartActivity("receipts publish", ActivityKind.Producer);

        var message = new Message<string, string>
        {
            Key = receipt.OrderId.ToString(),
            Value = JsonSerializer.Serialize(receipt),
            Headers = new Headers(),
        };
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
            message.Headers,
            static (headers, key, value) =>
            {
                headers.Remove(key);
                headers.Add(key, Encoding.UTF8.GetBytes(value));
            });
        await producer.ProduceAsync(Topics.Receipts, message);
    }
}

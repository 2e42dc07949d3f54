using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>Prices orders and asks for their payment.</summary>
internal sealed class OrderWorker(
    IProducer<string, string> producer,
    PriceList prices,
    AuditTrail audit,
    SalesFeed sales,
    FraudReview fraud,
    KafkaClientFactory kafka,
    ILogger<OrderWorker> logger)
    : TopicWorker(Topics.Orders, kafka, logger)
{
    protected override async Task ProcessAsync(ConsumeResult<string, string> result)
    {
        var parent = KafkaTraceContext.Extract(result.Message.Headers);
        Baggage.Current = parent.Baggage;
        using var activity = Telemetry.Source.StartActivity("orders process", ActivityKind.Consumer, parent.ActivityContext);

        var order = JsonSerializer.Deserialize<Order>(result.Message.Value)
            ?? throw new JsonException("An order is empty.");
        activity?.SetTag("order.id", order.Id);

        var amount = Price(order);
        audit.Record(order, "priced");
        await sales.PublishAsync(order, amount);
        if (amount > FraudReview.Limit)
            await fraud.ForwardAsync(result);
        await RequestPaymentAsync(new PaymentRequest(order.Id, order.Customer, order.Lines, amount));
    }

    private decimal Price(Order order)
    {
        using var activity = Telemetry.Source.StartActivity("price order");
        var amount = prices.PriceOf(order);
        activity?.SetTag("order.amount", amount);
        return amount;
    }

    private async Task RequestPaymentAsync(PaymentRequest payment)
    {
        using var activity = Telemetry.Source.StartActivity("payments publish", ActivityKind.Producer);

        var headers = new Headers { { "message-type", Encoding.UTF8.GetBytes("payment-requested") } };
        KafkaTraceContext.Inject(headers);
        await producer.ProduceAsync(Topics.Payments, new Message<string, string>
        {
            Key = payment.OrderId.ToString(),
            Value = JsonSerializer.Serialize(payment),
            Headers = headers,
        });
    }
}

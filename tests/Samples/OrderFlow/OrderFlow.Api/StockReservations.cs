using System.Text.Json;
using Confluent.Kafka;
using OrderFlow.Messaging;

namespace OrderFlow.Api;

/// <summary>Asks the warehouse to set aside what was ordered, one message a line.</summary>
internal sealed class StockReservations(IProducer<string, string> producer)
{
    public async Task RequestAsync(Order order, CancellationToken cancellationToken)
    {
        using var activity = Telemetry.Source.StartActivity("reserve stock");
        activity?.SetTag("order.lines", order.Lines.Count);

        await Task.WhenAll(order.Lines.Select(line =>
            producer.ProduceAsync(Topics.Reservations, new Message<string, string>
            {
                Key = line.Sku,
                Value = JsonSerializer.Serialize(new StockReservation(order.Id, line.Sku, line.Quantity)),
            }, cancellationToken)));
    }
}

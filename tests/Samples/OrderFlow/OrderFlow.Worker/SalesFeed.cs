using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>Tells the analysts what sells.</summary>
internal sealed class SalesFeed(IProducer<string, string> producer)
{
    public async Task PublishAsync(Order order, decimal amount)
    {
        using var activity = Telemetry.Source.StartActivity("sales publish", ActivityKind.Producer);

        var headers = EventHeaders.For(order);
        if (activity is not null)
        {
            Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(activity.Context, Baggage.Current),
                headers,
                static (headers, key, value) =>
                {
                    headers.Remove(key);
                    headers.Add(key, Encoding.UTF8.GetBytes(value));
                });
        }

        await producer.ProduceAsync(Topics.Sales, new Message<string, string>
        {
            Key = order.Id.ToString(),
            Value = JsonSerializer.Serialize(new Sale(order.Id, amount)),
            Headers = headers,
        });
    }
}

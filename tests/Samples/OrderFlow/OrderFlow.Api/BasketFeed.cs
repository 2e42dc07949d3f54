using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OrderFlow.Messaging;

namespace OrderFlow.Api;

/// <summary>Tells the recommendations what is bought together.</summary>
internal sealed class BasketFeed(MessageBus bus)
{
    public void Publish(Order order)
    {
        var headers = new Headers { { "message-type", "basket"u8.ToArray() } };
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
            headers,
            static (headers, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value)));

        bus.Produce(Topics.Baskets, new Message<string, string>
        {
            Key = order.Id.ToString(),
            Value = JsonSerializer.Serialize(new Basket([.. order.Lines.Select(line => line.Sku)])),
            Headers = headers,
        });
    }
}

using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>Lets the fraud team see large orders, as they came in.</summary>
internal sealed class FraudReview(IProducer<string, string> producer)
{
    /// <summary>What an order may cost without being looked at.</summary>
    public const decimal Limit = 100;

    public async Task ForwardAsync(ConsumeResult<string, string> result)
    {
        using var activity = Telemetry.Source.StartActivity("orders-review publish", ActivityKind.Producer);

        var message = new Message<string, string>
        {
            Key = result.Message.Key,
            Value = result.Message.Value,
            Headers = result.Message.Headers,
        };
        var context = new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current);
        Propagators.DefaultTextMapPropagator.Inject(context, message.Headers, static (headers, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value)));
        await producer.ProduceAsync(Topics.OrdersReview, message);
    }
}

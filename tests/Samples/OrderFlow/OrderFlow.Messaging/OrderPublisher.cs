using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace OrderFlow.Messaging;

/// <summary>Publishes accepted orders to <see cref="Topics.Orders"/>.</summary>
public sealed partial class OrderPublisher(IProducer<string, string> producer, ILogger<OrderPublisher> logger)
{
    public async Task PublishAsync(Order order, CancellationToken cancellationToken)
    {
        using var activity = Telemetry.Source.StartActivity("orders publish", ActivityKind.Producer);
        activity?.SetTag("messaging.system", "kafka");
        activity?.SetTag("messaging.destination.name", Topics.Orders);

        var key = order.Id.ToString();
        var message = new Message<string, string>
        {
            Key = key,
            Value = JsonSerializer.Serialize(order),
            Headers = new Headers
            {
                { "message-type", "order-placed"u8.ToArray() },
                { "correlation-id", Encoding.UTF8.GetBytes(key) },
            },
        };

        var delivery = await producer.ProduceAsync(Topics.Orders, message, cancellationToken);
        LogPublished(order.Id, delivery.TopicPartitionOffset);
    }

    [LoggerMessage(LogLevel.Information, "Order {OrderId} is at {Position}")]
    private partial void LogPublished(Guid orderId, TopicPartitionOffset position);
}

using System.Text;
using Confluent.Kafka;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>What the readers of events want to know before they look inside.</summary>
internal static class EventHeaders
{
    public static Headers For(Order order) => new()
    {
        { "content-type", "application/json"u8.ToArray() },
        { "correlation-id", Encoding.UTF8.GetBytes(order.Id.ToString()) },
    };
}

using System.Text.Json;
using Confluent.Kafka;
using OrderFlow.Messaging;

namespace OrderFlow.Api;

/// <summary>Lets customers know what happens to their orders.</summary>
internal sealed class CustomerNotices(MessageBus bus)
{
    public void Confirm(Order order)
    {
        var notice = new Notice(order.Id, order.Customer, "Thank you for your order.");
        bus.Produce(Topics.Notices, new Message<string, string>
        {
            Key = order.Id.ToString(),
            Value = JsonSerializer.Serialize(notice),
        });
    }
}

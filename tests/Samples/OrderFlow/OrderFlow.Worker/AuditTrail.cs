using System.Text.Json;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>Tells the auditors what happened to an order, without holding the order up.</summary>
internal sealed partial class AuditTrail(IProducer<string, string> producer, TimeProvider time, ILogger<AuditTrail> logger)
{
    public void Record(Order order, string action) =>
        producer.Produce(Topics.Audit, new Message<string, string>
        {
            Key = order.Id.ToString(),
            Value = JsonSerializer.Serialize(new AuditEvent(order.Id, action, time.GetUtcNow())),
            Headers = EventHeaders.For(order),
        }, report =>
        {
            if (report.Error.IsError)
                LogLost(report.Key, report.Error.Reason);
        });

    [LoggerMessage(LogLevel.Error, "The audit trail of order {OrderId} has a gap: {Reason}")]
    private partial void LogLost(string orderId, string reason);
}

using System.Globalization;
using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;
using OrderFlow.Messaging;

namespace OrderFlow.Shipping;

/// <summary>Tells the pickers what to fetch, one message a line.</summary>
internal sealed class PickList(IAmazonSQS sqs, IOptions<SqsOptions> options)
{
    public async Task SendAsync(ShipmentRequest shipment)
    {
        foreach (var lines in shipment.Lines.Chunk(Queues.MaxBatch))
        {
            var entries = lines.Select((line, index) => new SendMessageBatchRequestEntry
            {
                Id = index.ToString(CultureInfo.InvariantCulture),
                MessageBody = JsonSerializer.Serialize(new Pick(shipment.OrderId, line.Sku, line.Quantity)),
            }).ToList();
            await sqs.SendMessageBatchAsync(options.Value.UrlOf(Queues.Picks), entries);
        }
    }
}

using Amazon.SQS;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderFlow.Messaging;

namespace OrderFlow.Shipping;

/// <summary>Has paid orders picked and picked up.</summary>
internal sealed class ShipmentWorker(
    PickList picks, CarrierBooking carrier, IAmazonSQS sqs, IOptions<SqsOptions> options, ILogger<ShipmentWorker> logger)
    : QueueWorker<ShipmentRequest>(Queues.Shipments, sqs, options, logger)
{
    protected override async Task ProcessAsync(ShipmentRequest body)
    {
        await picks.SendAsync(body);
        await carrier.BookAsync(new Pickup(body.OrderId, body.Customer, Parcels: body.Lines.Count));
    }
}

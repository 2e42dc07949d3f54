using Amazon.SQS;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderFlow.Messaging;

namespace OrderFlow.Shipping;

/// <summary>The carrier's end: has the labels printed and the parcels loaded, and lets the customer know.</summary>
internal sealed class PickupWorker(
    ParcelLabels labels,
    ReadyParcels ready,
    ParcelTracking tracking,
    IAmazonSQS sqs,
    IOptions<SqsOptions> options,
    ILogger<PickupWorker> logger)
    : QueueWorker<Pickup>(Queues.Pickups, sqs, options, logger)
{
    protected override async Task ProcessAsync(Pickup body)
    {
        await labels.SendAsync(body);
        await ready.SendAsync(body);
        await tracking.UpdateAsync(body.OrderId, "on its way");
    }
}

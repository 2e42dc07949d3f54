using System.Diagnostics;
using Amazon.SQS;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderFlow.Messaging;

namespace OrderFlow.Shipping;

/// <summary>Fetches from the shelves, one line after the other.</summary>
internal sealed class PickWorker(IAmazonSQS sqs, IOptions<SqsOptions> options, ILogger<PickWorker> logger)
    : QueueWorker<Pick>(Queues.Picks, sqs, options, logger)
{
    protected override Task ProcessAsync(Pick body)
    {
        Activity.Current?.SetTag("pick.sku", body.Sku);
        return Task.CompletedTask;
    }
}

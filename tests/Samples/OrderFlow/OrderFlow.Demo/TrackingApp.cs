using System.Diagnostics;
using Amazon.SQS;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderFlow.Messaging;
using OrderFlow.Shipping;

namespace OrderFlow.Demo;

/// <summary>The customer's end of the flow: the parcels are on their way.</summary>
internal sealed class TrackingApp(IAmazonSQS sqs, IOptions<SqsOptions> options, ILogger<TrackingApp> logger)
    : QueueWorker<TrackingUpdate>(Queues.Tracking, sqs, options, logger)
{
    protected override Task ProcessAsync(TrackingUpdate body)
    {
        Activity.Current?.SetTag("order.id", body.OrderId);
        return Task.CompletedTask;
    }
}

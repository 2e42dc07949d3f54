using System.Diagnostics;
using Amazon.SQS;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrderFlow.Messaging;

namespace OrderFlow.Shipping;

/// <summary>Prints labels.</summary>
internal sealed class LabelWorker(IAmazonSQS sqs, IOptions<SqsOptions> options, ILogger<LabelWorker> logger)
    : QueueWorker<Label>(Queues.Labels, sqs, options, logger)
{
    protected override Task ProcessAsync(Label body)
    {
        Activity.Current?.SetTag("label.parcel", body.Parcel);
        return Task.CompletedTask;
    }
}

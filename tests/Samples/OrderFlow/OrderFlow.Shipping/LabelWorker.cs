using System.Diagnostics;
using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrderFlow.Messaging;

namespace OrderFlow.Shipping;

/// <summary>Prints labels. A label that cannot be printed comes again.</summary>
internal sealed class LabelWorker(IAmazonSQS sqs, IOptions<SqsOptions> options) : BackgroundService
{
    private readonly string _url = options.Value.UrlOf(Queues.Labels);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var request = new ReceiveMessageRequest(_url)
        {
            MaxNumberOfMessages = 10,
            WaitTimeSeconds = 20,
            MessageAttributeNames = ["All"],
        };
        while (!stoppingToken.IsCancellationRequested)
        {
            var response = await sqs.ReceiveMessageAsync(request, stoppingToken);
            foreach (var message in response.Messages ?? [])
            {
                using var activity = Telemetry.Source.StartActivity("labels process", ActivityKind.Consumer);
                if (JsonSerializer.Deserialize<Label>(message.Body) is { } label)
                    await LabelPrinter.PrintAsync(label, stoppingToken);
                await sqs.DeleteMessageAsync(_url, message.ReceiptHandle, CancellationToken.None);
            }
        }
    }
}

using System.Diagnostics;
using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrderFlow.Messaging;

namespace OrderFlow.Shipping;

/// <summary>Loads all parcels that are waiting at once.</summary>
internal sealed class LoadingDock(IAmazonSQS sqs, IOptions<SqsOptions> options) : BackgroundService
{
    private readonly string _url = options.Value.UrlOf(Queues.Parcels);

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
            if (response.Messages is { Count: > 0 } messages)
                await LoadAsync(messages);
        }
    }

    private async Task LoadAsync(List<Message> messages)
    {
        using var activity = Telemetry.Source.StartActivity("parcels load", ActivityKind.Consumer);
        foreach (var message in messages)
        {
            Load(JsonSerializer.Deserialize<Parcel>(message.Body));
            await sqs.DeleteMessageAsync(_url, message.ReceiptHandle);
        }
    }

    // The van is a tag for now.
    private static void Load(Parcel? parcel) => Activity.Current?.AddEvent(new ActivityEvent($"parcel {parcel?.Number}"));
}

using System.Globalization;
using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;
using OrderFlow.Messaging;

namespace OrderFlow.Shipping;

/// <summary>Has a label printed for every parcel.</summary>
internal sealed class ParcelLabels(IAmazonSQS sqs, IOptions<SqsOptions> options)
{
    public async Task SendAsync(Pickup pickup)
    {
        foreach (var parcels in Enumerable.Range(1, pickup.Parcels).Chunk(Queues.MaxBatch))
        {
            var request = new SendMessageBatchRequest { QueueUrl = options.Value.UrlOf(Queues.Labels), Entries = [] };
            foreach (var parcel in parcels)
            {
                var entry = new SendMessageBatchRequestEntry
                {
                    Id = parcel.ToString(CultureInfo.InvariantCulture),
                    MessageBody = JsonSerializer.Serialize(new Label(pickup.OrderId, pickup.Customer, parcel)),
                    MessageAttributes = [],
                };
                SqsTraceContext.Inject(entry.MessageAttributes);
                request.Entries.Add(entry);
            }

            await sqs.SendMessageBatchAsync(request);
        }
    }
}

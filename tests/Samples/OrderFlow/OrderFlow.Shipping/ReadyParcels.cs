using System.Globalization;
using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;
using OrderFlow.Messaging;

namespace OrderFlow.Shipping;

/// <summary>Has the parcels of an order brought to the dock.</summary>
internal sealed class ReadyParcels(IAmazonSQS sqs, IOptions<SqsOptions> options)
{
    public async Task SendAsync(Pickup pickup)
    {
        foreach (var parcels in Enumerable.Range(1, pickup.Parcels).Chunk(Queues.MaxBatch))
            await sqs.SendMessageBatchAsync(options.Value.UrlOf(Queues.Parcels), [.. parcels.Select(parcel => EntryOf(pickup.OrderId, parcel))]);
    }

    private static SendMessageBatchRequestEntry EntryOf(Guid orderId, int parcel)
    {
        var entry = new SendMessageBatchRequestEntry
        {
            Id = parcel.ToString(CultureInfo.InvariantCulture),
            MessageBody = JsonSerializer.Serialize(new Parcel(orderId, parcel)),
            MessageAttributes = [],
        };
        SqsTraceContext.Inject(entry.MessageAttributes);
        return entry;
    }
}

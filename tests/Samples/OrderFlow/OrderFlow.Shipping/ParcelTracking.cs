using System.Text.Json;
using Amazon.SQS;
using Microsoft.Extensions.Options;
using OrderFlow.Messaging;

namespace OrderFlow.Shipping;

/// <summary>Lets customers know where their parcels are.</summary>
internal sealed class ParcelTracking(IAmazonSQS sqs, IOptions<SqsOptions> options)
{
    public async Task UpdateAsync(Guid orderId, string status)
    {
        var update = JsonSerializer.Serialize(new TrackingUpdate(orderId, status));
        await sqs.SendMessageAsync(options.Value.UrlOf(Queues.Tracking), update);
    }
}

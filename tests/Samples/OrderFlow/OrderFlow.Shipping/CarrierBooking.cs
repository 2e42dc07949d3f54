using System.Diagnostics;
using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;
using OrderFlow.Messaging;

namespace OrderFlow.Shipping;

/// <summary>Asks a carrier to come for parcels.</summary>
internal sealed class CarrierBooking(IAmazonSQS sqs, IOptions<SqsOptions> options, BookingRetries retries)
{
    public async Task BookAsync(Pickup pickup)
    {
        using var activity = Telemetry.Source.StartActivity("pickups send", ActivityKind.Producer);

        var request = new SendMessageRequest
        {
            QueueUrl = options.Value.UrlOf(Queues.Pickups),
            MessageBody = JsonSerializer.Serialize(pickup),
            MessageAttributes = new Dictionary<string, MessageAttributeValue>
            {
                ["message-type"] = new() { DataType = "String", StringValue = "pickup-booked" },
            },
        };
        try
        {
            await sqs.SendMessageAsync(request);
        }
        catch (AmazonSQSException exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            retries.Take(new LateBooking(pickup.OrderId, pickup.Parcels));
        }
    }
}

using System.Diagnostics;
using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OrderFlow.Messaging;

namespace OrderFlow.Worker;

/// <summary>Asks the shipping department, which works with SQS, to send what was paid.</summary>
internal sealed class ShipmentRequests(IAmazonSQS sqs, IOptions<SqsOptions> options)
{
    public async Task SendAsync(ShipmentRequest shipment)
    {
        using var activity = Telemetry.Source.StartActivity("shipments send", ActivityKind.Producer);

        var request = new SendMessageRequest
        {
            QueueUrl = options.Value.UrlOf(Queues.Shipments),
            MessageBody = JsonSerializer.Serialize(shipment),
            MessageAttributes = [],
        };
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
            request.MessageAttributes,
            static (attributes, key, value) => attributes[key] = new() { DataType = "String", StringValue = value });
        await sqs.SendMessageAsync(request);
    }
}

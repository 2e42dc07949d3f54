using System.Diagnostics;
using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using Confluent.Kafka;
using Decoys.Platform;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Decoys.Shipping;

/// <summary>A span is started, or is not because nobody listens or it is not sampled: what is current goes along in any case.</summary>
internal sealed class LabelSpans(IProducer<string, string> producer, IAmazonSQS sqs)
{
    private const string Topic = "labels";

    public async Task SpanOrCurrentAsync(Shipment shipment)
    {
        using var activity = Telemetry.Source.StartActivity("print", ActivityKind.Producer);
        var message = NewMessage(shipment);
        Inject((activity ?? Activity.Current)?.Context ?? default, message.Headers);
        await producer.ProduceAsync(Topic, message);
    }

    public async Task ContextOrCurrentAsync(Shipment shipment)
    {
        using var activity = Telemetry.Source.StartActivity("print", ActivityKind.Producer);
        var context = activity?.Context ?? Activity.Current?.Context ?? default;
        var message = NewMessage(shipment);
        Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(context, Baggage.Current), message.Headers, static (to, name, value) =>
        {
            to.Remove(name);
            to.Add(name, Encoding.UTF8.GetBytes(value));
        });
        await producer.ProduceAsync(Topic, message);
    }

    public async Task TagsOnlyWhenThereAsync(Shipment shipment)
    {
        var message = NewMessage(shipment);
        using var activity = Telemetry.Source.StartActivity("print", ActivityKind.Producer);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("messaging.destination.name", Topic);
            activity.SetTag("shipment.id", shipment.Id);
        }

        KafkaTrace.Inject(message.Headers);
        await producer.ProduceAsync(Topic, message);
    }

    public async Task CurrentAfterStartAsync(Shipment shipment)
    {
        using var activity = Telemetry.Source.StartActivity("print", ActivityKind.Producer);
        var message = NewMessage(shipment);
        if (Activity.Current is { Id: { } id })
            message.Headers.Add("traceparent", Encoding.ASCII.GetBytes(id));
        await producer.ProduceAsync(Topic, message);
    }

    public async Task SpanElseCurrentAsync(Shipment shipment)
    {
        var message = NewMessage(shipment);
        using var activity = Telemetry.Source.StartActivity("print", ActivityKind.Producer);
        if (activity is not null)
            Inject(activity.Context, message.Headers);
        else if (Activity.Current is { } current)
            Inject(current.Context, message.Headers);
        await producer.ProduceAsync(Topic, message);
    }

    public async Task AlwaysASpanAsync(Shipment shipment)
    {
        var message = NewMessage(shipment);
        using var activity = Telemetry.Source.StartActivity("print", ActivityKind.Producer) ?? new Activity("print").Start();
        message.Headers.Add("traceparent", Encoding.ASCII.GetBytes(activity.Id!));
        await producer.ProduceAsync(Topic, message);
    }

    public async Task OwnSpanAsync(Shipment shipment)
    {
        var message = NewMessage(shipment);
        var activity = new Activity("print").Start();
        try
        {
            if (activity.Id is { } id)
                message.Headers.Add("traceparent", Encoding.ASCII.GetBytes(id));
            await producer.ProduceAsync(Topic, message);
        }
        finally
        {
            activity.Stop();
        }
    }

    public async Task BothWaysAsync(Shipment shipment)
    {
        var headers = new Headers();
        using (var activity = Telemetry.Source.StartActivity("print", ActivityKind.Producer))
        {
            if (activity == null)
            {
                // Not sampled: that, too, is something to tell.
                Inject(Activity.Current?.Context ?? default, headers);
                await producer.ProduceAsync(Topic, new Message<string, string> { Key = shipment.Id, Value = shipment.Carrier, Headers = headers });
                return;
            }

            Inject(activity.Context, headers);
            await producer.ProduceAsync(Topic, new Message<string, string> { Key = shipment.Id, Value = shipment.Carrier, Headers = headers });
        }
    }

    public async Task RequestAsync(Shipment shipment)
    {
        using var activity = Telemetry.Source.StartActivity("queue", ActivityKind.Producer);
        activity?.SetTag("shipment.id", shipment.Id);
        var source = activity ?? Activity.Current;
        var request = new SendMessageRequest(Names.ShipmentQueue, shipment.Id) { MessageAttributes = new() };
        if (source is not null)
        {
            DistributedContextPropagator.Current.Inject(source, request.MessageAttributes, static (carrier, name, value)
                => ((Dictionary<string, MessageAttributeValue>)carrier!)[name] = SqsTrace.Text(value));
        }

        await sqs.SendMessageAsync(request);
    }

    public async Task BatchAsync(IEnumerable<Shipment> shipments)
    {
        using var batch = Telemetry.Source.StartActivity("queue all", ActivityKind.Producer);
        var entries = new List<SendMessageBatchRequestEntry>();
        foreach (var shipment in shipments)
        {
            using var one = Telemetry.Source.StartActivity("queue", ActivityKind.Producer);
            entries.Add(new SendMessageBatchRequestEntry(shipment.Id, shipment.Carrier)
            {
                MessageAttributes = new() { ["traceparent"] = SqsTrace.Text((one ?? batch ?? Activity.Current)?.Id ?? throw new InvalidOperationException("There is always a request.")) },
            });
        }

        await sqs.SendMessageBatchAsync(Names.ShipmentQueue, entries);
    }

    private static Message<string, string> NewMessage(Shipment shipment) => new() { Key = shipment.Id, Value = shipment.Carrier, Headers = new Headers() };

    private static void Inject(ActivityContext context, Headers headers)
        => Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(context, Baggage.Current), headers, static (to, name, value) =>
        {
            to.Remove(name);
            to.Add(name, Encoding.UTF8.GetBytes(value));
        });
}

using System.Diagnostics;
using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using Confluent.Kafka;
using Decoys.Platform;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Decoys.Returns;

/// <summary>How a header comes to be propagated.</summary>
internal enum WireFormat
{
    W3C,
    Zipkin,
}

/// <summary>Conditions around an injection that are right, whatever they are called.</summary>
internal sealed class ReturnEvents(IProducer<string, string> producer, IAmazonSQS sqs, WireFormat format)
{
    private const string Topic = "returns";

    public Task OpenedAsync(Order order)
    {
        var id = Activity.Current?.Id;
        var message = new Message<string, string> { Key = order.Id, Value = "opened", Headers = [] };
        if (id != null)
            message.Headers.Add("traceparent", Encoding.ASCII.GetBytes(id));
        return producer.ProduceAsync(Topic, message);
    }

    public Task LabelledAsync(Order order)
    {
        var value = Activity.Current?.Id;
        var fields = new Headers { { "label", "1"u8.ToArray() } };
        if (!string.IsNullOrEmpty(value))
            fields.Add("traceparent", Encoding.ASCII.GetBytes(value));
        return producer.ProduceAsync(Topic, new Message<string, string> { Key = order.Id, Value = "labelled", Headers = fields });
    }

    public Task ReceivedAsync(Order order)
    {
        var w3c = new byte[55];
        var hdrs = new Headers();
        if (TryWrite(w3c))
            hdrs.Add("traceparent", w3c);
        return producer.ProduceAsync(Topic, new Message<string, string> { Key = order.Id, Value = "received", Headers = hdrs });
    }

    public Task RefundAsync(Order order)
    {
        var attrs = new Dictionary<string, MessageAttributeValue> { ["type"] = SqsTrace.Text("refund") };
        if (!attrs.ContainsKey("traceparent") && Activity.Current is { Id: { } id })
            attrs["traceparent"] = SqsTrace.Text(id);
        return sqs.SendMessageAsync(new SendMessageRequest(Names.InvoiceQueue, order.Id) { MessageAttributes = attrs });
    }

    public Task RefundOnceAsync(Order order)
    {
        var map = new Dictionary<string, MessageAttributeValue>();
        if (!map.ContainsKey("traceparent"))
            Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), map, static (to, name, value) => to[name] = SqsTrace.Text(value));
        return sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = Names.InvoiceQueue, MessageBody = order.Id, MessageAttributes = map });
    }

    public Task RejectedAsync(Order order)
    {
        var message = new Message<string, string> { Key = order.Id, Value = "rejected", Headers = new Headers() };
        switch (format)
        {
            case WireFormat.W3C:
                message.Headers.Add("traceparent", Encoding.ASCII.GetBytes(Activity.Current!.Id!));
                break;
            case WireFormat.Zipkin:
                message.Headers.Add("b3", Encoding.ASCII.GetBytes($"{Activity.Current!.TraceId}-{Activity.Current.SpanId}"));
                break;
        }

        return producer.ProduceAsync(Topic, message);
    }

    public async Task PickedUpAsync(Order order)
    {
        var abroad = order.Region != "eu";
        var message = new Message<string, string> { Key = order.Id, Value = "picked up", Headers = [] };
        if (abroad)
            Inject(message.Headers);

        await Task.Yield();
        if (abroad)
            await producer.ProduceAsync(Topic, message);
    }

    public async Task DeclaredAsync(Order order)
    {
        var headers = new Headers();
        var abroad = order.Region != "eu";
        if (abroad)
        {
            Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                headers,
                static (to, name, value) =>
                {
                    to.Remove(name);
                    to.Add(name, Encoding.UTF8.GetBytes(value));
                });
        }

        await Task.Yield();
        if (!abroad)
            return;

        await producer.ProduceAsync("customs", new Message<string, string> { Key = order.Id, Value = "declared", Headers = headers });
    }

    public async Task RetriedAsync(Order order, CancellationToken cancellationToken)
    {
        var message = new Message<string, string> { Key = order.Id, Value = "retried", Headers = [] };
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            // Once is enough: the message stays the same.
            if (attempt == 1)
                message.Headers.Add("traceparent", Encoding.ASCII.GetBytes(Activity.Current!.Id!));

            var result = await producer.ProduceAsync(Topic, message, cancellationToken);
            if (result.Status is PersistenceStatus.Persisted)
                return;
        }
    }

    public void Broadcast(Order order, IEnumerable<string> topics)
    {
        var headers = new Headers();
        var done = false;
        foreach (var topic in topics)
        {
            if (!done)
            {
                headers.Add("traceparent", Encoding.ASCII.GetBytes(Activity.Current!.Id!));
                done = true;
            }

            producer.Produce(topic, new Message<string, string> { Key = order.Id, Value = "broadcast", Headers = headers });
        }
    }

    public void Restocked(Order order)
    {
        var message = new Message<string, string> { Key = order.Id, Value = "restocked", Headers = [] };
        if (!TryStamp(message))
        {
            // There is no trace to be part of.
            producer.Produce(Topic, message);
            return;
        }

        message.Headers.Add("stamped", []);
        producer.Produce(Topic, message);
    }

    public void Disposed(Order order)
    {
        if (Activity.Current == null)
            producer.Produce(Topic, new Message<string, string> { Key = order.Id, Value = "disposed" });
        else
            producer.Produce(Topic, new Message<string, string> { Key = order.Id, Value = "disposed" }.WithTraceContext());
    }

    public Task DonatedAsync(Order order)
    {
        var current = Activity.Current;
        return current is null
            ? producer.ProduceAsync(Topic, new Message<string, string> { Key = order.Id, Value = "donated" })
            : producer.ProduceAsync(Topic, new Message<string, string>
            {
                Key = order.Id,
                Value = "donated",
                Headers = new Headers { { "traceparent", Encoding.ASCII.GetBytes(current.Id!) } },
            });
    }

    public Task ClosedAsync(Order order)
    {
        var stamped = false;
        var message = new Message<string, string> { Key = order.Id, Value = "closed", Headers = [] };
        try
        {
            Inject(message.Headers);
            stamped = true;
        }
        finally
        {
            if (!stamped)
                message.Headers = KafkaTrace.NewHeaders();
        }

        return producer.ProduceAsync(Topic, message);
    }

    private static bool TryStamp(Message<string, string> message)
    {
        if (Activity.Current?.Id is not { } id)
            return false;

        message.Headers.Add("traceparent", Encoding.ASCII.GetBytes(id));
        return true;
    }

    private static bool TryWrite(Span<byte> target) => Activity.Current?.Id is { Length: 55 } id && Encoding.ASCII.TryGetBytes(id, target, out _);

    private static void Inject(Headers headers)
    {
        if (headers.TryGetLastBytes("traceparent", out _))
            return;

        DistributedContextPropagator.Current.Inject(Activity.Current, headers, static (carrier, name, value) => ((Headers)carrier!).Add(name, Encoding.UTF8.GetBytes(value)));
    }
}

using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Amazon.SQS;
using Amazon.SQS.Model;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Fraud;

internal sealed class EventMetadata
{
    public string? TraceParent { get; init; } = Activity.Current?.Id;
}

/// <summary>The context is one level down.</summary>
internal sealed record FraudSuspected(string OrderId, double Score, EventMetadata Metadata);

internal interface ITracedEvent
{
    string? TraceParent { get; }
}

internal interface IFraudEvent : ITracedEvent
{
    string OrderId { get; }
}

internal sealed record FraudCleared(string OrderId) : IFraudEvent
{
    public string? TraceParent { get; } = Activity.Current?.Id;
}

internal sealed record FraudReported(string OrderId)
{
    [JsonPropertyName("traceparent")]
    public string? Parent { get; } = Activity.Current?.Id;
}

/// <summary>What other parts of the team's code call an operation.</summary>
internal interface IOperationContext
{
    string Current { get; }
}

internal sealed class ActivityOperationContext : IOperationContext
{
    public string Current => Activity.Current?.Id ?? "";
}

/// <summary>Bodies that get the context on the way to being bodies.</summary>
internal sealed class FraudPayloads(IProducer<string, string> producer, IProducer<string, byte[]> binary, IAmazonSQS sqs, IOperationContext operation)
{
    private const string Topic = "fraud";

    public Task SuspectedAsync(Order order, double score)
        => producer.ProduceAsync(Topic, new Message<string, string> { Key = order.Id, Value = JsonSerializer.Serialize(new FraudSuspected(order.Id, score, new())) });

    public Task ClearedAsync(IFraudEvent cleared)
        => producer.ProduceAsync(Topic, new Message<string, string> { Key = cleared.OrderId, Value = JsonSerializer.Serialize(cleared, cleared.GetType()) });

    public Task ReportedAsync(Order order)
        => producer.ProduceAsync(Topic, new Message<string, string> { Key = order.Id, Value = JsonSerializer.Serialize(new FraudReported(order.Id)) });

    public Task ConfirmedAsync(Order order)
    {
        var body = JsonSerializer.SerializeToNode(order)!.AsObject();
        body["traceparent"] = Activity.Current?.Id;
        return producer.ProduceAsync(Topic, new Message<string, string> { Key = order.Id, Value = body.ToJsonString() });
    }

    public Task EscalatedAsync(Order order)
        => producer.ProduceAsync(Topic, new Message<string, string> { Key = order.Id, Value = Wrap(order) });

    public Task ScoredAsync(Order order, double score)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("traceparent", Activity.Current?.Id);
            writer.WriteNumber("score", score);
            writer.WriteEndObject();
        }

        return binary.ProduceAsync(Topic, new Message<string, byte[]> { Key = order.Id, Value = buffer.WrittenSpan.ToArray() });
    }

    public Task LoggedAsync(Order order)
    {
        var line = new StringBuilder(order.Id);
        line.Append(';').Append(Activity.Current?.Id);
        return producer.ProduceAsync(Topic, new Message<string, string> { Key = order.Id, Value = line.ToString() });
    }

    public Task BlockedAsync(Order order, bool known)
    {
        string body;
        if (known)
            body = JsonSerializer.Serialize(new FraudReported(order.Id));
        else
            body = JsonSerializer.Serialize(new { order.Id, traceparent = Activity.Current?.Id });
        return producer.ProduceAsync(Topic, new Message<string, string> { Key = order.Id, Value = body });
    }

    public Task ReleasedAsync(Order order)
    {
        var fields = new Dictionary<string, object?> { ["order"] = order.Id };
        fields["traceparent"] = Activity.Current?.Id;
        return sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = Names.NoticeQueue, MessageBody = JsonSerializer.Serialize(fields) });
    }

    public Task ReviewedAsync(Order order)
    {
        var request = new SendMessageRequest { QueueUrl = Names.NoticeQueue };
        var envelope = new JsonObject { ["order"] = order.Id };
        AddContext(envelope);
        request.MessageBody = envelope.ToJsonString();
        return sqs.SendMessageAsync(request);
    }

    public Task AssignedAsync(Order order)
    {
        var headers = new Headers { { "operation", Encoding.ASCII.GetBytes(operation.Current) } };
        return producer.ProduceAsync(Topic, new Message<string, string> { Key = order.Id, Value = "assigned", Headers = headers });
    }

    public Task ReassignedAsync(Order order)
    {
        var message = new Message<string, string> { Key = order.Id, Value = "reassigned", Headers = [] };
        message.Headers.Add("parent", CurrentOperation());
        return producer.ProduceAsync(Topic, message);
    }

    public Task BatchAsync(IEnumerable<Order> orders)
        => sqs.SendMessageBatchAsync(Names.NoticeQueue, orders.Select(static (order, i) => new SendMessageBatchRequestEntry($"{i}", Wrap(order))).ToList());

    private static string Wrap(Order order)
    {
        var body = new JsonObject { ["order"] = order.Id };
        AddContext(body);
        return body.ToJsonString();
    }

    private static void AddContext(JsonObject body) => body["traceparent"] = Activity.Current?.Id;

    private static byte[] CurrentOperation() => Encoding.ASCII.GetBytes(Activity.Current?.Id ?? "");
}

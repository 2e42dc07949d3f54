using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Outbox;

/// <summary>A stored message with whatever belongs to it.</summary>
internal sealed record StoredMessage(string Key, string Body, IReadOnlyDictionary<string, string> Fields);

/// <summary>Puts back the context that was stored, where one was.</summary>
internal sealed class StoredContext(IProducer<string, string> producer, IAmazonSQS sqs)
{
    public Task ReplayAsync(StoredMessage stored)
    {
        var message = new Message<string, string> { Key = stored.Key, Value = stored.Body, Headers = [] };
        if (stored.Fields.TryGetValue("traceparent", out var value))
            message.Headers.Add("traceparent", Encoding.UTF8.GetBytes(value));
        return producer.ProduceAsync("replays", message);
    }

    public Task ReplayToSqsAsync(StoredMessage stored)
    {
        var attributes = new Dictionary<string, MessageAttributeValue>();
        if (stored.Fields.TryGetValue("traceparent", out var value))
            attributes["traceparent"] = SqsTrace.Text(value);
        return sqs.SendMessageAsync(new SendMessageRequest(Names.NoticeQueue, stored.Body) { MessageAttributes = attributes });
    }

    public Task CopyAsync(ConsumeResult<string, string> result)
    {
        var from = result.Message.Headers;
        var to = new Headers { { "copied", [] } };
        if (from.TryGetLastBytes("traceparent", out var bytes))
            to.Add("traceparent", bytes);
        return producer.ProduceAsync("copies", new Message<string, string> { Key = result.Message.Key, Value = result.Message.Value, Headers = to });
    }

    public async Task CopyBatchAsync(List<Message> received, string queueUrl)
    {
        var entries = new List<SendMessageBatchRequestEntry>();
        foreach (var one in received)
        {
            var entry = new SendMessageBatchRequestEntry(one.MessageId, one.Body) { MessageAttributes = [] };
            if (one.MessageAttributes?.GetValueOrDefault("traceparent") is { } found)
                entry.MessageAttributes.Add("traceparent", found);
            entries.Add(entry);
        }

        await sqs.SendMessageBatchAsync(queueUrl, entries);
    }

    public async Task CopySystemAttributeAsync(Message received, string queueUrl)
    {
        var request = new SendMessageRequest(queueUrl, received.Body);
        if (received.Attributes is { } all && all.TryGetValue("AWSTraceHeader", out var value))
        {
            request.MessageSystemAttributes = [];
            request.MessageSystemAttributes["AWSTraceHeader"] = new() { DataType = "String", StringValue = value };
        }

        await sqs.SendMessageAsync(request);
    }

    public Task CopySystemAttributeByHelperAsync(Message received, string queueUrl)
        => sqs.SendMessageAsync(new SendMessageRequest(queueUrl, received.Body) { MessageSystemAttributes = SystemAttributes(received) });

    public Task SystemAttributesByLocalAsync(string queueUrl, string body, string value)
    {
        var system = new Dictionary<string, MessageSystemAttributeValue>();
        system.Add("AWSTraceHeader", new() { DataType = "String", StringValue = value });
        var request = new SendMessageRequest(queueUrl, body) { MessageSystemAttributes = system };
        return sqs.SendMessageAsync(request);
    }

    public Task SystemAttributesByFillingAsync(string queueUrl, string body, string value)
    {
        var request = new SendMessageRequest(queueUrl, body) { MessageSystemAttributes = [] };
        Fill(request.MessageSystemAttributes, value);
        return sqs.SendMessageAsync(request);
    }

    private static Dictionary<string, MessageSystemAttributeValue> SystemAttributes(Message received)
        => received.Attributes is { } all && all.TryGetValue("AWSTraceHeader", out var value)
            ? new() { ["AWSTraceHeader"] = new() { DataType = "String", StringValue = value } }
            : [];

    private static void Fill(Dictionary<string, MessageSystemAttributeValue> attributes, string value)
        => attributes[MessageSystemAttributeNameForSends.AWSTraceHeader.Value] = new() { DataType = "String", StringValue = value };
}

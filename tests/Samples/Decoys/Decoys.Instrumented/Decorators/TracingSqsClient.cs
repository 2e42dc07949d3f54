using System.Diagnostics;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace Decoys.Instrumented.Decorators;

/// <summary>A client derived from the SDK's, with context on whatever it sends.</summary>
internal sealed class TracingSqsClient : AmazonSQSClient
{
    public override Task<SendMessageResponse> SendMessageAsync(SendMessageRequest request, CancellationToken cancellationToken = default)
    {
        request.MessageAttributes = WithContext(request.MessageAttributes);
        return base.SendMessageAsync(request, cancellationToken);
    }

    public override Task<SendMessageResponse> SendMessageAsync(string queueUrl, string messageBody, CancellationToken cancellationToken = default)
        => SendMessageAsync(new SendMessageRequest(queueUrl, messageBody), cancellationToken);

    public override Task<SendMessageBatchResponse> SendMessageBatchAsync(SendMessageBatchRequest request, CancellationToken cancellationToken = default)
    {
        foreach (var entry in request.Entries)
            entry.MessageAttributes = WithContext(entry.MessageAttributes);
        return base.SendMessageBatchAsync(request, cancellationToken);
    }

    public override Task<SendMessageBatchResponse> SendMessageBatchAsync(string queueUrl, List<SendMessageBatchRequestEntry> entries, CancellationToken cancellationToken = default)
        => SendMessageBatchAsync(new SendMessageBatchRequest(queueUrl, entries), cancellationToken);

    private static Dictionary<string, MessageAttributeValue> WithContext(Dictionary<string, MessageAttributeValue>? attributes)
    {
        attributes ??= [];
        if (Activity.Current?.Id is { } id)
            attributes["traceparent"] = new() { DataType = "String", StringValue = id };
        return attributes;
    }
}

using System.Globalization;
using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Forwarding;

/// <summary>What was received goes on with the headers it came with, or with what matters of them.</summary>
internal sealed class DeadLetters(IProducer<string, string> producer)
{
    private const string Attempts = "x-attempts";

    public Task ForwardAsync(ConsumeResult<string, string> result) => producer.ProduceAsync(result.Topic + ".dlq", result.Message);

    public Task ForwardHeadersAsync(ConsumeResult<string, string> result, Exception exception)
    {
        var headers = result.Message.Headers ?? new Headers();
        headers.Add("x-error", Encoding.UTF8.GetBytes(exception.Message));
        return producer.ProduceAsync(
            result.Topic + ".dlq", new Message<string, string> { Key = result.Message.Key, Value = result.Message.Value, Headers = headers });
    }

    public Task CopyInLoopAsync(ConsumeResult<string, string> result)
    {
        var copy = new Headers();
        foreach (var header in result.Message.Headers)
            copy.Add(header.Key, header.GetValueBytes());
        copy.Add("x-copied-at", Encoding.UTF8.GetBytes(DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture)));

        return producer.ProduceAsync("copies", new Message<string, string> { Key = result.Message.Key, Value = result.Message.Value, Headers = copy });
    }

    public Task CopyFilteredAsync(ConsumeResult<string, string> result)
    {
        var copy = result.Message.Headers
            .Where(static header => header.Key != Attempts)
            .Aggregate(new Headers(), static (headers, header) =>
            {
                headers.Add(header.Key, header.GetValueBytes());
                return headers;
            });
        return producer.ProduceAsync("copies", new Message<string, string> { Key = result.Message.Key, Value = result.Message.Value, Headers = copy });
    }

    public void CopyByMethodGroup(ConsumeResult<string, string> result)
    {
        var copy = new Headers();
        result.Message.Headers.Where(static header => !header.Key.StartsWith("x-", StringComparison.Ordinal)).ToList().ForEach(copy.Add);
        producer.Produce("copies", new Message<string, string> { Key = result.Message.Key, Value = result.Message.Value, Headers = copy });
    }

    public async Task RetryAsync(ConsumeResult<string, string> result, CancellationToken cancellationToken)
    {
        var attempts = result.Message.Headers.TryGetLastBytes(Attempts, out var bytes) ? BitConverter.ToInt32(bytes) + 1 : 1;
        var retry = new Message<string, string> { Key = result.Message.Key, Value = result.Message.Value, Headers = new Headers() };
        for (var i = 0; i < result.Message.Headers.Count; i++)
        {
            if (result.Message.Headers[i] is { Key: not Attempts } header)
                retry.Headers.Add(header.Key, header.GetValueBytes());
        }

        retry.Headers.Add(Attempts, BitConverter.GetBytes(attempts));
        await producer.ProduceAsync($"{result.Topic}.retry.{attempts}", retry, cancellationToken);
    }

    public Task TranslateAsync(ConsumeResult<string, byte[]> result)
        => producer.ProduceAsync(result.Topic + "-text", Translate(result.Message, static value => Encoding.UTF8.GetString(value)));

    public Task RestoreOnlyContextAsync(ConsumeResult<string, string> result)
    {
        var headers = new Headers();
        foreach (var name in new[] { "traceparent", "tracestate", "baggage" })
        {
            if (result.Message.Headers.TryGetLastBytes(name, out var value))
                headers.Add(name, value);
        }

        return producer.ProduceAsync("slim", new Message<string, string> { Key = result.Message.Key, Value = result.Message.Value, Headers = headers });
    }

    public async Task ReplaceContextAsync(ConsumeResult<string, string> result)
    {
        var parent = KafkaTrace.Extract(result.Message.Headers);
        using var activity = Telemetry.Source.StartActivity("redeliver", System.Diagnostics.ActivityKind.Consumer, parent.ActivityContext);
        var message = result.Message;
        message.Headers ??= [];
        // It replaces what came in.
        KafkaTrace.Inject(message.Headers);
        await producer.ProduceAsync(result.Topic, message);
    }

    public Task SummarizeAsync(IReadOnlyList<ConsumeResult<string, string>> results)
        => producer.ProduceAsync("summaries", new Message<string, string>
        {
            Key = results[0].Message.Key,
            Value = string.Join('\n', results.Select(static result => result.Message.Value)),
            Headers = results[^1].Message.Headers,
        });

    private static Message<TKey, TOut> Translate<TKey, TIn, TOut>(Message<TKey, TIn> message, Func<TIn, TOut> translate) => new()
    {
        Key = message.Key,
        Value = translate(message.Value),
        Headers = message.Headers,
        Timestamp = message.Timestamp,
    };
}

/// <summary>The same between queues.</summary>
internal sealed class Redrive(IAmazonSQS sqs)
{
    public async Task RunAsync(string from, string to, CancellationToken cancellationToken)
    {
        var response = await sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = from, MaxNumberOfMessages = 10, MessageAttributeNames = ["All"] }, cancellationToken);
        foreach (var message in response.Messages ?? [])
        {
            await sqs.SendMessageAsync(
                new SendMessageRequest { QueueUrl = to, MessageBody = message.Body, MessageAttributes = message.MessageAttributes }, cancellationToken);
            await sqs.DeleteMessageAsync(from, message.ReceiptHandle, cancellationToken);
        }
    }

    public async Task RunBatchAsync(string from, string to, CancellationToken cancellationToken)
    {
        var response = await sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest(from) { MaxNumberOfMessages = 10, MessageAttributeNames = ["All"] }, cancellationToken);
        if (response is not { Messages: { Count: > 0 } messages })
            return;

        var entries = messages.ConvertAll(static message => new SendMessageBatchRequestEntry
        {
            Id = message.MessageId,
            MessageBody = message.Body,
            MessageAttributes = message.MessageAttributes?
                .Where(static attribute => attribute.Key != "attempts")
                .ToDictionary(static attribute => attribute.Key, static attribute => attribute.Value),
        });
        await sqs.SendMessageBatchAsync(to, entries, cancellationToken);
    }

    public Task RequeueAsync(Message message, string queueUrl, int attempt)
    {
        var attributes = new Dictionary<string, MessageAttributeValue>(message.MessageAttributes ?? [])
        {
            ["attempts"] = new() { DataType = "Number", StringValue = attempt.ToString(CultureInfo.InvariantCulture) },
        };
        return sqs.SendMessageAsync(new() { QueueUrl = queueUrl, MessageBody = message.Body, MessageAttributes = attributes });
    }

    public Task RequeueCopyAsync(Message message, string queueUrl)
    {
        var request = new SendMessageRequest(queueUrl, message.Body) { MessageAttributes = [] };
        foreach (var (name, value) in message.MessageAttributes ?? [])
            request.MessageAttributes.TryAdd(name, value);
        return sqs.SendMessageAsync(request);
    }
}

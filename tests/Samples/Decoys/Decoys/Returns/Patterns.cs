using System.Diagnostics;
using System.Text;
using Amazon.SQS;
using Amazon.SQS.Model;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Returns;

/// <summary>Messages and their headers by the names that patterns give them, and from delegates that hand them out again.</summary>
internal sealed class Patterns(IProducer<string, string> producer, IAmazonSQS sqs)
{
    private const string Topic = "returns";

    public Task HeadersByPatternAsync(string key)
    {
        var message = new Message<string, string> { Key = key, Value = key, Headers = new Headers() };
        if (message.Headers is { } headers)
            KafkaTrace.Inject(headers);
        return producer.ProduceAsync(Topic, message);
    }

    public Task HeadersMadeWhenMissingAsync(string key)
    {
        var message = new Message<string, string> { Key = key, Value = key };
        if (message.Headers is not { } headers)
            message.Headers = headers = new Headers();
        headers.Add("traceparent", Encoding.ASCII.GetBytes(Activity.Current!.Id!));
        return producer.ProduceAsync(Topic, message);
    }

    public Task HeadersByNestedPatternAsync(string key)
    {
        var message = new Message<string, string> { Key = key, Value = key, Headers = new() };
        if (message is { Key.Length: > 0, Headers: { Count: < 100 } headers })
            headers.Add("traceparent", Encoding.ASCII.GetBytes(Activity.Current!.Id!));
        return producer.ProduceAsync(Topic, message);
    }

    public Task HeadersBySwitchAsync(string key)
    {
        var message = new Message<string, string> { Key = key, Value = key, Headers = new() };
        var headers = message switch
        {
            { Headers: { } existing } => existing,
            _ => throw new InvalidOperationException("There are headers."),
        };
        headers.Add("traceparent", Encoding.ASCII.GetBytes(Activity.Current!.Id!));
        return producer.ProduceAsync(Topic, message);
    }

    public Task MessageByPatternAsync(string key)
    {
        var message = key.Length > 0 ? new Message<string, string> { Key = key, Value = key } : null;
        if (message is not { } certain)
            return Task.CompletedTask;

        certain.Headers = new Headers { { "traceparent", Encoding.ASCII.GetBytes(Activity.Current!.Id!) } };
        return producer.ProduceAsync(Topic, message);
    }

    public Task MessageByTypePatternAsync(string key)
    {
        var message = new Message<string, string> { Key = key, Value = key };
        if (message is MessageMetadata { Headers: null } metadata)
            metadata.Headers = KafkaTrace.NewHeaders();
        return producer.ProduceAsync(Topic, message);
    }

    public Task MessageByVarPatternAsync(string key)
    {
        var message = new Message<string, string> { Key = key, Value = key };
        return message is var same && Stamp(same) ? producer.ProduceAsync(Topic, message) : Task.CompletedTask;
    }

    public Task MessagesByListPatternAsync(string key)
    {
        var messages = new List<Message<string, string>> { new() { Key = key, Value = "first" }, new() { Key = key, Value = "last" } };
        if (messages is [var first, .., var last])
        {
            Stamp(first);
            Stamp(last);
        }

        return Task.WhenAll(producer.ProduceAsync(Topic, messages[0]), producer.ProduceAsync(Topic, messages[1]));
    }

    public Task AttributesByPatternAsync(string body)
    {
        var request = new SendMessageRequest(Names.NoticeQueue, body) { MessageAttributes = new() };
        if (request.MessageAttributes is { Count: < 10 } attributes)
            attributes["traceparent"] = SqsTrace.Text(Activity.Current!.Id!);
        return sqs.SendMessageAsync(request);
    }

    public Task AttributesByNestedPatternAsync(string body)
    {
        var request = new SendMessageRequest(Names.NoticeQueue, body) { MessageAttributes = new() };
        if (request is { MessageAttributes: { } attributes })
            SqsTrace.Inject(attributes);
        return sqs.SendMessageAsync(request);
    }

    public Task AttributesByTypePatternAsync(string body)
    {
        var request = new SendMessageRequest(Names.NoticeQueue, body) { MessageAttributes = new() };
        if (request.MessageAttributes is IDictionary<string, MessageAttributeValue> attributes)
            attributes.TryAdd("traceparent", SqsTrace.Text(Activity.Current!.Id!));
        return sqs.SendMessageAsync(request);
    }

    public Task InHelperByPatternAsync(string key)
    {
        var message = new Message<string, string> { Key = key, Value = key, Headers = new() };
        Complete(message);
        return producer.ProduceAsync(Topic, message);
    }

    public Task FromDelegateAsync(string key)
    {
        var message = new Message<string, string> { Key = key, Value = key };
        Func<Message<string, string>> get = () => message;
        get().Headers = KafkaTrace.NewHeaders();
        return producer.ProduceAsync(Topic, message);
    }

    public Task FromLazyAsync(string key)
    {
        var message = new Message<string, string> { Key = key, Value = key };
        var lazy = new Lazy<Message<string, string>>(() => message);
        lazy.Value.Headers = KafkaTrace.NewHeaders();
        return producer.ProduceAsync(Topic, message);
    }

    private static bool Stamp(Message<string, string> message)
    {
        message.Headers = KafkaTrace.NewHeaders();
        return true;
    }

    private static void Complete(MessageMetadata metadata)
    {
        if (metadata is { Headers: { } headers })
            headers.Add("traceparent", Encoding.ASCII.GetBytes(Activity.Current!.Id!));
    }
}

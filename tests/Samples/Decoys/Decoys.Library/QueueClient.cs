using Amazon.SQS;
using Amazon.SQS.Model;

namespace Decoys.Library;

/// <summary>Has a say before a request leaves. Implemented by the users of the library.</summary>
public interface IRequestInterceptor
{
    void OnSend(SendMessageRequest request);

    void OnSend(SendMessageBatchRequestEntry entry) => entry?.MessageAttributes?.Remove("debug");
}

/// <summary>Options of the client, set by whoever registers it.</summary>
public sealed class QueueClientOptions
{
    public required string QueueUrl { get; set; }

    public Action<SendMessageRequest>? Configure { get; set; }

    public Func<Dictionary<string, MessageAttributeValue>>? Attributes { get; set; }

    public IList<IRequestInterceptor> Interceptors { get; } = [];
}

/// <summary>A public client around SQS. Requests come from its callers, or pass by code of theirs.</summary>
public class QueueClient(IAmazonSQS sqs, QueueClientOptions options)
{
    public Task<SendMessageResponse> SendAsync(SendMessageRequest request, CancellationToken cancellationToken = default)
        => sqs.SendMessageAsync(request, cancellationToken);

    public Task<SendMessageBatchResponse> SendAsync(List<SendMessageBatchRequestEntry> entries, CancellationToken cancellationToken = default)
        => sqs.SendMessageBatchAsync(options.QueueUrl, entries, cancellationToken);

    public async Task<string> SendAsync(string body, CancellationToken cancellationToken = default)
    {
        var request = new SendMessageRequest(options.QueueUrl, body);
        options.Configure?.Invoke(request);
        foreach (var interceptor in options.Interceptors)
            interceptor.OnSend(request);
        return (await sqs.SendMessageAsync(request, cancellationToken).ConfigureAwait(false)).MessageId;
    }

    public Task SendWithAttributesAsync(string body) => sqs.SendMessageAsync(new SendMessageRequest
    {
        QueueUrl = options.QueueUrl,
        MessageBody = body,
        MessageAttributes = options.Attributes?.Invoke() ?? [],
    });

    public Task SendBatchAsync(IEnumerable<string> bodies)
    {
        var entries = bodies.Select(static (body, i) => new SendMessageBatchRequestEntry($"{i}", body)).ToList();
        foreach (var interceptor in options.Interceptors)
            entries.ForEach(interceptor.OnSend);
        return sqs.SendMessageBatchAsync(options.QueueUrl, entries);
    }

    public Task SendCreatedAsync(string body) => sqs.SendMessageAsync(CreateRequest(body));

    public async Task SendBatchCreatedAsync(IEnumerable<string> bodies)
    {
        await foreach (var entry in EntriesAsync(bodies).ConfigureAwait(false))
            await sqs.SendMessageBatchAsync(new SendMessageBatchRequest(options.QueueUrl, [entry])).ConfigureAwait(false);
    }

    protected virtual SendMessageRequest CreateRequest(string body) => new(options.QueueUrl, body);

    protected virtual IAsyncEnumerable<SendMessageBatchRequestEntry> EntriesAsync(IEnumerable<string> bodies)
        => bodies.Select(static (body, i) => new SendMessageBatchRequestEntry($"{i}", body)).ToAsyncEnumerable();
}

using Amazon.SQS;
using Amazon.SQS.Model;
using Decoys.Library;
using Decoys.Platform;

namespace Decoys.Notifications;

/// <summary>A request with context from the start.</summary>
internal sealed class TracedSendRequest : SendMessageRequest
{
    public TracedSendRequest(string queueUrl, string body)
        : base(queueUrl, body) => MessageAttributes = SqsTrace.Inject(null);
}

internal sealed class TracedEntry : SendMessageBatchRequestEntry
{
    public TracedEntry() => MessageAttributes = SqsTrace.Inject(MessageAttributes);
}

/// <summary>Requests of own types, from fields, from other assemblies, from callers.</summary>
internal sealed class NoticeRequests(IAmazonSQS sqs, AmazonSQSClient client, NoticeRequestFactory factory)
{
    private readonly SendMessageRequest _template = new() { QueueUrl = Names.NoticeQueue, MessageAttributes = [] };

    public Task SendAsync(Notice notice) => sqs.SendMessageAsync(new TracedSendRequest(Names.NoticeQueue, notice.Text));

    public Task SendDelayedAsync(Notice notice) => client.SendMessageAsync(new TracedSendRequest(Names.NoticeQueue, notice.Text) { DelaySeconds = 5 });

    public Task SendBatchAsync(IEnumerable<Notice> notices)
        => sqs.SendMessageBatchAsync(Names.NoticeQueue, [.. notices.Select((notice, i) => new TracedEntry { Id = $"{i}", MessageBody = notice.Text })]);

    public Task SendLibraryRequestAsync(Notice notice) => sqs.SendMessageAsync(factory.Create(Names.NoticeQueue, notice.Text));

    public Task SendLibraryStampedAsync(Notice notice)
    {
        var request = new SendMessageRequest(Names.NoticeQueue, notice.Text);
        request.AddTraceAttributes();
        return sqs.SendMessageAsync(request);
    }

    public async Task SendTemplateAsync(Notice notice)
    {
        _template.MessageBody = notice.Text;
        SqsTrace.Inject(_template.MessageAttributes);
        await sqs.SendMessageAsync(_template);
    }

    public async Task SendGivenAsync(SendMessageRequest request, Action<SendMessageRequest>? configure)
    {
        configure?.Invoke(request);
        await sqs.SendMessageAsync(request);
    }

    public Task SendConfiguredAsync(Notice notice, Action<SendMessageRequest> configure)
    {
        var request = new SendMessageRequest(Names.NoticeQueue, notice.Text);
        configure(request);
        return sqs.SendMessageAsync(request);
    }

    public Task SendAllConfiguredAsync(IEnumerable<Notice> notices, Action<SendMessageBatchRequestEntry> configure)
    {
        var entries = notices.Select(static (notice, i) => new SendMessageBatchRequestEntry($"{i}", notice.Text)).ToList();
        entries.ForEach(configure);
        return sqs.SendMessageBatchAsync(Names.NoticeQueue, entries);
    }

    public async Task<bool> TrySendAsync(Notice notice)
    {
        if (Describe(notice) is not { QueueUrl.Length: > 0 } request)
            return false;

        try
        {
            await sqs.SendMessageAsync(request);
            return true;
        }
        catch (AmazonSQSException) when (notice.Subject.Length == 0)
        {
            request.DelaySeconds = 30;
            await sqs.SendMessageAsync(request);
            return false;
        }
    }

    private static SendMessageRequest? Describe(Notice notice) => notice switch
    {
        { Text: "" } => null,
        { Recipient: [.., '@'] } => null,
        { Subject.Length: > 100 } => new TracedSendRequest(Names.NoticeQueue, notice.Subject),
        _ => new SendMessageRequest(Names.NoticeQueue, notice.Text) { MessageAttributes = SqsTrace.Inject(null) },
    };
}

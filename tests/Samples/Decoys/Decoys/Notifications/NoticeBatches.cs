using System.Diagnostics;
using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Decoys.Platform;

namespace Decoys.Notifications;

/// <summary>Batches: every entry has its own attributes, set before it is in the batch or after.</summary>
internal sealed class NoticeBatches(IAmazonSQS sqs)
{
    private const int MaxEntries = 10;

    public Task SelectAsync(IReadOnlyList<Notice> notices)
        => sqs.SendMessageBatchAsync(new SendMessageBatchRequest
        {
            QueueUrl = Names.NoticeQueue,
            Entries = notices.Select(static (notice, index) => new SendMessageBatchRequestEntry
            {
                Id = $"{index}",
                MessageBody = JsonSerializer.Serialize(notice),
                MessageAttributes = SqsTrace.Inject(null),
            }).ToList(),
        });

    public async Task ChunkAsync(IEnumerable<Notice> notices, CancellationToken cancellationToken)
    {
        foreach (var chunk in notices.Chunk(MaxEntries))
        {
            var entries = new List<SendMessageBatchRequestEntry>(chunk.Length);
            for (var i = 0; i < chunk.Length; i++)
            {
                var entry = new SendMessageBatchRequestEntry { Id = i.ToString(System.Globalization.CultureInfo.InvariantCulture), MessageBody = chunk[i].Text };
                entry.MessageAttributes = SqsTrace.Inject(entry.MessageAttributes);
                entries.Add(entry);
            }

            await sqs.SendMessageBatchAsync(Names.NoticeQueue, entries, cancellationToken);
        }
    }

    public Task AfterwardsAsync(IEnumerable<Notice> notices)
    {
        var request = new SendMessageBatchRequest(Names.NoticeQueue, [.. notices.Select(static notice => EntryFor(notice))]);
        foreach (var entry in request.Entries)
            entry.MessageAttributes = SqsTrace.Inject(entry.MessageAttributes);
        return sqs.SendMessageBatchAsync(request);
    }

    public Task AfterwardsByIndexAsync(IEnumerable<Notice> notices)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToList();
        for (var i = 0; i < entries.Count; i++)
            entries[i].MessageAttributes = SqsTrace.Inject(null);
        return sqs.SendMessageBatchAsync(Names.NoticeQueue, entries);
    }

    public Task AfterwardsByForEachAsync(IEnumerable<Notice> notices)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToList();
        entries.ForEach(static entry => entry.MessageAttributes = SqsTrace.Inject(entry.MessageAttributes));
        return sqs.SendMessageBatchAsync(Names.NoticeQueue, entries);
    }

    public Task ByHelperAsync(IEnumerable<Notice> notices)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToList();
        InjectAll(entries);
        return sqs.SendMessageBatchAsync(Names.NoticeQueue, entries);
    }

    public Task LiteralAsync(Notice first, Notice second)
        => sqs.SendMessageBatchAsync(Names.NoticeQueue,
        [
            new() { Id = "1", MessageBody = first.Text, MessageAttributes = SqsTrace.Inject(null) },
            new() { Id = "2", MessageBody = second.Text, MessageAttributes = SqsTrace.Inject(null) },
        ]);

    public Task SharedAttributesAsync(IReadOnlyList<Notice> notices)
    {
        var attributes = SqsTrace.Inject(null);
        var entries = from notice in notices
                      let id = Guid.NewGuid().ToString("N")
                      where notice.Text.Length > 0
                      select new SendMessageBatchRequestEntry { Id = id, MessageBody = notice.Text, MessageAttributes = attributes };
        return sqs.SendMessageBatchAsync(Names.NoticeQueue, [.. entries]);
    }

    public Task RangeAsync(IEnumerable<Notice> urgent, IEnumerable<Notice> others)
    {
        var request = new SendMessageBatchRequest { QueueUrl = Names.NoticeQueue, Entries = [] };
        request.Entries.AddRange(urgent.Select(TracedEntryFor));
        request.Entries.AddRange(others.Select(TracedEntryFor));
        return sqs.SendMessageBatchAsync(request);
    }

    public async Task YieldAsync(IEnumerable<Notice> notices)
    {
        var batch = new List<SendMessageBatchRequestEntry>();
        foreach (var entry in Entries(notices))
        {
            batch.Add(entry);
            if (batch.Count < MaxEntries)
                continue;

            await sqs.SendMessageBatchAsync(Names.NoticeQueue, batch);
            batch = [];
        }

        if (batch is not [])
            await sqs.SendMessageBatchAsync(Names.NoticeQueue, batch);
    }

    public Task ZipAsync(IReadOnlyList<Notice> notices, IEnumerable<string> ids)
        => sqs.SendMessageBatchAsync(Names.NoticeQueue, ids.Zip(notices, static (id, notice) =>
        {
            var entry = new SendMessageBatchRequestEntry(id, notice.Text) { MessageAttributes = new() { ["to"] = SqsTrace.Text(notice.Recipient) } };
            SqsTrace.Inject(entry.MessageAttributes);
            return entry;
        }).ToList());

    public async Task GroupAsync(IEnumerable<Notice> notices, Func<string, string> queueOf)
    {
        foreach (var group in notices.GroupBy(static notice => notice.Recipient, TracedEntryFor))
            await sqs.SendMessageBatchAsync(queueOf(group.Key), group.ToList());
    }

    public async Task GroupedAfterwardsAsync(IEnumerable<Notice> notices, Func<string, string> queueOf)
    {
        var byRecipient = new Dictionary<string, List<SendMessageBatchRequestEntry>>();
        foreach (var notice in notices)
        {
            if (!byRecipient.TryGetValue(notice.Recipient, out var entries))
                byRecipient.Add(notice.Recipient, entries = []);
            entries.Add(EntryFor(notice));
        }

        foreach (var entry in byRecipient.Values.SelectMany(static entries => entries))
            entry.MessageAttributes = SqsTrace.Inject(entry.MessageAttributes);
        foreach (var (recipient, entries) in byRecipient)
            await sqs.SendMessageBatchAsync(queueOf(recipient), entries);
    }

    public async Task ResendFailedAsync(List<SendMessageBatchRequestEntry> entries)
    {
        var response = await sqs.SendMessageBatchAsync(Names.NoticeQueue, entries);
        var failed = (response.Failed ?? []).Select(static error => error.Id).ToHashSet();
        var again = entries.Where(entry => failed.Contains(entry.Id)).ToList();
        if (again.Count > 0)
            await sqs.SendMessageBatchAsync(new() { QueueUrl = Names.NoticeQueue, Entries = again });
    }

    public Task UnderSystemAttributeAsync(IEnumerable<Notice> notices, string traceHeader)
        => sqs.SendMessageBatchAsync(Names.NoticeQueue, notices.Select(notice => new SendMessageBatchRequestEntry(Guid.NewGuid().ToString("N"), notice.Text)
        {
            MessageSystemAttributes = new() { ["AWSTraceHeader"] = new() { DataType = "String", StringValue = traceHeader } },
        }).ToList());

    public Task ByPropagatorAsync(IEnumerable<Notice> notices)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToArray();
        foreach (ref var entry in entries.AsSpan())
        {
            entry.MessageAttributes = [];
            DistributedContextPropagator.Current.Inject(Activity.Current, entry.MessageAttributes, static (carrier, name, value)
                => ((Dictionary<string, MessageAttributeValue>)carrier!)[name] = SqsTrace.Text(value));
        }

        return sqs.SendMessageBatchAsync(Names.NoticeQueue, [.. entries]);
    }

    private static SendMessageBatchRequestEntry EntryFor(Notice notice) => new(Guid.NewGuid().ToString("N"), JsonSerializer.Serialize(notice));

    private static SendMessageBatchRequestEntry TracedEntryFor(Notice notice)
    {
        var entry = EntryFor(notice);
        entry.MessageAttributes = SqsTrace.Inject(null);
        return entry;
    }

    private static IEnumerable<SendMessageBatchRequestEntry> Entries(IEnumerable<Notice> notices)
    {
        foreach (var notice in notices)
        {
            var entry = EntryFor(notice);
            (entry.MessageAttributes ??= []).Add("subject", SqsTrace.Text(notice.Subject));
            SqsTrace.Inject(entry.MessageAttributes);
            yield return entry;
        }
    }

    private static void InjectAll(IEnumerable<SendMessageBatchRequestEntry> entries)
    {
        foreach (var entry in entries)
            entry.MessageAttributes = SqsTrace.Inject(entry.MessageAttributes);
    }
}

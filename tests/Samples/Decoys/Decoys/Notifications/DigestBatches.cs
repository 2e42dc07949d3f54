using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Runtime.InteropServices;
using Amazon.SQS;
using Amazon.SQS.Model;
using Decoys.Platform;

namespace Decoys.Notifications;

/// <summary>Stamps what is added to it.</summary>
internal sealed class TracedEntries : List<SendMessageBatchRequestEntry>
{
    public new void Add(SendMessageBatchRequestEntry entry)
    {
        entry.MessageAttributes = SqsTrace.Inject(entry.MessageAttributes);
        base.Add(entry);
    }
}

/// <summary>The same, the way it is meant to be done.</summary>
internal sealed class TracedEntryCollection : Collection<SendMessageBatchRequestEntry>
{
    protected override void InsertItem(int index, SendMessageBatchRequestEntry item)
    {
        item.MessageAttributes = SqsTrace.Inject(item.MessageAttributes);
        base.InsertItem(index, item);
    }
}

/// <summary>Entries that are stamped on one way through them, and sent on another.</summary>
internal sealed class DigestBatches(IAmazonSQS sqs)
{
    private const string Queue = Names.NoticeQueue;

    public Task ByZipAsync(IReadOnlyList<Notice> notices)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToList();
        foreach (var (entry, notice) in entries.Zip(notices))
            entry.MessageAttributes = SqsTrace.Inject(new() { ["to"] = SqsTrace.Text(notice.Recipient) });
        return sqs.SendMessageBatchAsync(Queue, entries);
    }

    public Task ByIndexAsync(IEnumerable<Notice> notices)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToList();
        foreach (var (index, entry) in entries.Index())
            entry.MessageAttributes = SqsTrace.Inject(new() { ["index"] = SqsTrace.Text($"{index}") });
        return sqs.SendMessageBatchAsync(Queue, entries);
    }

    public Task ByPairAsync(IEnumerable<Notice> notices)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToList();
        foreach (var pair in entries.Select(static (entry, index) => (entry, index)))
            pair.entry.MessageAttributes = SqsTrace.Inject(null);
        return sqs.SendMessageBatchAsync(Queue, entries);
    }

    public Task ByAnonymousPairAsync(IEnumerable<Notice> notices)
    {
        var pairs = notices.Select(static notice => new { notice, entry = EntryFor(notice) }).ToList();
        foreach (var pair in pairs)
            pair.entry.MessageAttributes = SqsTrace.Inject(null);
        return sqs.SendMessageBatchAsync(Queue, pairs.ConvertAll(static pair => pair.entry));
    }

    public Task ByLetAsync(IEnumerable<Notice> notices)
    {
        var entries =
            from notice in notices
            let entry = EntryFor(notice)
            let attributes = entry.MessageAttributes = SqsTrace.Inject(null)
            where attributes.Count > 0
            select entry;
        return sqs.SendMessageBatchAsync(Queue, entries.ToList());
    }

    public Task ByLetOfHelperAsync(IEnumerable<Notice> notices)
    {
        var entries =
            from notice in notices
            let entry = EntryFor(notice)
            let stamped = TryStamp(entry)
            where stamped
            select entry;
        return sqs.SendMessageBatchAsync(Queue, [.. entries]);
    }

    public Task ByWhereAsync(IEnumerable<Notice> notices)
        => sqs.SendMessageBatchAsync(Queue, notices.Select(static notice => EntryFor(notice)).Where(TryStamp).ToList());

    public Task ByChunkAsync(IEnumerable<Notice> notices)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToList();
        foreach (var chunk in entries.Chunk(10))
        {
            foreach (var entry in chunk)
                entry.MessageAttributes = SqsTrace.Inject(null);
        }

        return Task.WhenAll(entries.Chunk(10).Select(chunk => sqs.SendMessageBatchAsync(Queue, chunk.ToList())));
    }

    public Task BySpanAsync(IEnumerable<Notice> notices)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToList();
        foreach (var entry in CollectionsMarshal.AsSpan(entries))
            entry.MessageAttributes = SqsTrace.Inject(null);
        return sqs.SendMessageBatchAsync(Queue, entries);
    }

    public Task ByCopyAsync(IEnumerable<Notice> notices)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToList();
        foreach (var entry in entries.ToArray())
            entry.MessageAttributes = SqsTrace.Inject(null);
        return sqs.SendMessageBatchAsync(Queue, entries);
    }

    public Task ByViewAsync(IEnumerable<Notice> notices)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToList();
        foreach (var entry in entries.AsReadOnly().Reverse().Skip(0))
            entry.MessageAttributes = SqsTrace.Inject(null);
        return sqs.SendMessageBatchAsync(Queue, entries);
    }

    public Task ByLinkedListAsync(IEnumerable<Notice> notices)
    {
        var entries = new LinkedList<SendMessageBatchRequestEntry>(notices.Select(static notice => EntryFor(notice)));
        for (var node = entries.First; node is not null; node = node.Next)
            node.Value.MessageAttributes = SqsTrace.Inject(null);
        return sqs.SendMessageBatchAsync(Queue, entries.ToList());
    }

    public Task ByNodeAsync(Notice notice)
    {
        var entries = new LinkedList<SendMessageBatchRequestEntry>();
        var node = entries.AddLast(EntryFor(notice));
        node.ValueRef.MessageAttributes = SqsTrace.Inject(null);
        return sqs.SendMessageBatchAsync(Queue, [.. entries]);
    }

    public Task ByKeyAsync(Notice first, Notice second)
    {
        var byRecipient = new Dictionary<string, SendMessageBatchRequestEntry> { [first.Recipient] = EntryFor(first), [second.Recipient] = EntryFor(second) };
        byRecipient[first.Recipient].MessageAttributes = SqsTrace.Inject(null);
        byRecipient[second.Recipient].MessageAttributes = SqsTrace.Inject(null);
        return sqs.SendMessageBatchAsync(Queue, byRecipient.Values.ToList());
    }

    public Task ByElementAsync(Notice only)
    {
        var entries = new List<SendMessageBatchRequestEntry> { EntryFor(only) };
        entries.Single().MessageAttributes = SqsTrace.Inject(null);
        return sqs.SendMessageBatchAsync(Queue, entries);
    }

    public Task ByLocalIteratorAsync(IEnumerable<Notice> notices)
    {
        return sqs.SendMessageBatchAsync(Queue, Entries().ToList());

        IEnumerable<SendMessageBatchRequestEntry> Entries()
        {
            foreach (var notice in notices)
            {
                var entry = EntryFor(notice);
                entry.MessageAttributes = SqsTrace.Inject(null);
                yield return entry;
            }
        }
    }

    public Task ByStampingIteratorAsync(IEnumerable<Notice> notices)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToList();
        return sqs.SendMessageBatchAsync(Queue, Stamped(entries).ToList());
    }

    public Task ByDrainedIteratorAsync(IEnumerable<Notice> notices)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToList();
        _ = Stamped(entries).Count();
        return sqs.SendMessageBatchAsync(Queue, entries);
    }

    public async Task ByAsyncIteratorAsync(IEnumerable<Notice> notices, CancellationToken cancellationToken)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToList();
        await foreach (var entry in entries.ToAsyncEnumerable().WithCancellation(cancellationToken))
            entry.MessageAttributes = SqsTrace.Inject(null);
        await sqs.SendMessageBatchAsync(Queue, entries, cancellationToken);
    }

    public Task ByAllAsync(IEnumerable<Notice> notices)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToList();
        return entries.All(TryStamp) ? sqs.SendMessageBatchAsync(Queue, entries) : Task.CompletedTask;
    }

    public Task ByCountAsync(IEnumerable<Notice> notices)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToList();
        var missing = entries.Count(static entry => !TryStamp(entry));
        return missing == 0 ? sqs.SendMessageBatchAsync(Queue, entries) : Task.CompletedTask;
    }

    public Task ByRemoveAllAsync(IEnumerable<Notice> notices)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToList();
        entries.RemoveAll(static entry => !TryStamp(entry));
        return sqs.SendMessageBatchAsync(Queue, entries);
    }

    public Task ByArrayForEachAsync(IEnumerable<Notice> notices)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToArray();
        Array.ForEach(entries, Stamp);
        return sqs.SendMessageBatchAsync(Queue, [.. entries]);
    }

    public Task ByConvertAllAsync(List<Notice> notices)
    {
        var entries = notices.ConvertAll(static notice => EntryFor(notice));
        return sqs.SendMessageBatchAsync(Queue, entries.ConvertAll(static entry =>
        {
            Stamp(entry);
            return entry;
        }));
    }

    public Task ByOwnListAsync(Notice first, Notice second)
        => sqs.SendMessageBatchAsync(new SendMessageBatchRequest { QueueUrl = Queue, Entries = new TracedEntries { EntryFor(first), EntryFor(second) } });

    public Task ByOwnCollectionAsync(IEnumerable<Notice> notices)
    {
        var entries = new TracedEntryCollection();
        foreach (var notice in notices)
            entries.Add(EntryFor(notice));
        return sqs.SendMessageBatchAsync(Queue, [.. entries]);
    }

    public Task ByImmutableAsync(IEnumerable<Notice> notices)
    {
        ImmutableArray<SendMessageBatchRequestEntry> entries = [.. notices.Select(static notice => EntryFor(notice))];
        for (var i = 0; i < entries.Length; i++)
            entries[i].MessageAttributes = SqsTrace.Inject(null);
        return sqs.SendMessageBatchAsync(Queue, [.. entries]);
    }

    public Task ByQueueAsync(IEnumerable<Notice> notices)
    {
        var waiting = new Queue<SendMessageBatchRequestEntry>(notices.Select(static notice => EntryFor(notice)));
        var batch = new List<SendMessageBatchRequestEntry>();
        while (batch.Count < 10 && waiting.TryDequeue(out var entry))
        {
            Stamp(entry);
            batch.Add(entry);
        }

        return sqs.SendMessageBatchAsync(Queue, batch);
    }

    public Task BySliceAsync(IEnumerable<Notice> notices)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToArray();
        foreach (var entry in entries[..^1])
            Stamp(entry);
        Stamp(entries[^1]);
        return sqs.SendMessageBatchAsync(Queue, [.. entries]);
    }

    public Task ByPatternAsync(IEnumerable<Notice> notices)
    {
        var entries = notices.Select(static notice => EntryFor(notice)).ToList();
        if (entries is [var first, .. var rest])
        {
            Stamp(first);
            rest.ForEach(static entry => Stamp(entry));
        }

        return sqs.SendMessageBatchAsync(Queue, entries);
    }

    private static SendMessageBatchRequestEntry EntryFor(Notice notice) => new(Guid.NewGuid().ToString("N"), notice.Text);

    private static void Stamp(SendMessageBatchRequestEntry entry) => entry.MessageAttributes = SqsTrace.Inject(entry.MessageAttributes);

    private static bool TryStamp(SendMessageBatchRequestEntry entry)
    {
        Stamp(entry);
        return entry.MessageAttributes.Count <= 10;
    }

    private static IEnumerable<SendMessageBatchRequestEntry> Stamped(IEnumerable<SendMessageBatchRequestEntry> entries)
    {
        foreach (var entry in entries)
        {
            entry.MessageAttributes = SqsTrace.Inject(entry.MessageAttributes);
            yield return entry;
        }
    }
}

using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace OrderFlow.Demo;

/// <summary>A queue of <see cref="EmbeddedSqs"/>. A message that was received does not come back.</summary>
internal sealed class EmbeddedQueue
{
    private const int MaxAttributes = 10;

    // Unlike in SQS, what was sent together comes together, so that every run shows the same.
    private readonly Lock _wholeBatch = new();
    private readonly Channel<JsonObject> _messages = Channel.CreateUnbounded<JsonObject>();

    /// <exception cref="ArgumentException">SQS would not take the message.</exception>
    public JsonObject Send(JsonObject request)
    {
        var body = (string)request["MessageBody"]!;
        var attributes = request["MessageAttributes"] as JsonObject ?? [];
        Check(attributes);

        var id = Guid.NewGuid().ToString();
        _messages.Writer.TryWrite(new JsonObject
        {
            ["MessageId"] = id,
            ["ReceiptHandle"] = id,
            ["Body"] = body,
            ["MD5OfBody"] = SqsChecksum.Of(body),
            ["MessageAttributes"] = attributes.DeepClone(),
        });

        var answer = new JsonObject { ["MessageId"] = id, ["MD5OfMessageBody"] = SqsChecksum.Of(body) };
        if (attributes.Count > 0)
            answer["MD5OfMessageAttributes"] = SqsChecksum.Of(attributes);
        return answer;
    }

    /// <inheritdoc cref="Send"/>
    public JsonObject SendBatch(JsonObject request)
    {
        var sent = new JsonArray();
        lock (_wholeBatch)
        {
            foreach (var entry in request["Entries"]!.AsArray())
            {
                var answer = Send(entry!.AsObject());
                answer["Id"] = (string)entry["Id"]!;
                sent.Add(answer);
            }
        }

        return new JsonObject { ["Successful"] = sent, ["Failed"] = new JsonArray() };
    }

    /// <summary>Waits for messages as long as the request says.</summary>
    public async Task<JsonObject> ReceiveAsync(JsonObject request, CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(TimeSpan.FromSeconds((int?)request["WaitTimeSeconds"] ?? 0));
        try
        {
            await _messages.Reader.WaitToReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return [];
        }

        var names = (request["MessageAttributeNames"] as JsonArray ?? []).Select(name => (string)name!).ToList();
        var max = (int?)request["MaxNumberOfMessages"] ?? 1;
        var messages = new JsonArray();
        lock (_wholeBatch)
        {
            while (messages.Count < max && _messages.Reader.TryRead(out var message))
                messages.Add(WithAttributes(names, message));
        }

        return new JsonObject { ["Messages"] = messages };
    }

    // What was not asked for does not come.
    private static JsonObject WithAttributes(List<string> names, JsonObject message)
    {
        var attributes = message["MessageAttributes"]!.AsObject();
        foreach (var (name, _) in attributes.ToList())
        {
            if (!names.Exists(asked => Matches(asked, name)))
                attributes.Remove(name);
        }

        if (attributes.Count > 0)
            message["MD5OfMessageAttributes"] = SqsChecksum.Of(attributes);
        else
            message.Remove("MessageAttributes");
        return message;
    }

    private static bool Matches(string asked, string name) =>
        asked is "All" or ".*" || asked == name || (asked.EndsWith(".*", StringComparison.Ordinal) && name.StartsWith(asked[..^2], StringComparison.Ordinal));

    private static void Check(JsonObject attributes)
    {
        if (attributes.Count > MaxAttributes)
            throw new ArgumentException($"A message has {MaxAttributes} attributes at most.");

        foreach (var (name, value) in attributes)
        {
            if (string.IsNullOrEmpty((string?)value!["StringValue"]))
                throw new ArgumentException($"The attribute {name} has no text.");
        }
    }
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace TraceLint.Proofs.Parts;

/// <summary>A queue: messages that were received come back after a while, unless they are deleted.</summary>
internal sealed class SqsQueue
{
    private static readonly TimeSpan s_visibilityTimeout = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<SqsMessage> _messages = [];
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <exception cref="SqsException">SQS would not take the message.</exception>
    public JsonObject Send(JsonObject request)
    {
        var message = SqsMessage.Of(request);
        lock (_lock)
        {
            _messages.Add(message);
            _arrival.TrySetResult();
            _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return message.Answer();
    }

    /// <summary>Waits for messages as long as the request says; the answer to having none is an empty one.</summary>
    /// <exception cref="SqsException">The request asks for too much.</exception>
    public async Task<JsonObject> ReceiveAsync(JsonObject request, CancellationToken cancellation)
    {
        var most = Number(request, "MaxNumberOfMessages", 1, 1, 10);
        var patience = TimeSpan.FromSeconds(Number(request, "WaitTimeSeconds", 0, 0, 20));
        var timeout = request["VisibilityTimeout"] is null ? s_visibilityTimeout : TimeSpan.FromSeconds(Number(request, "VisibilityTimeout", 0, 0, 43200));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(patience);
        while (true)
        {
            Task arrival;
            lock (_lock)
            {
                var now = DateTime.UtcNow;
                var received = _messages.Where(message => message.VisibleAt <= now).Take(most).Select(message => (JsonNode)message.Receive(request, now + timeout)).ToArray();
                if (received.Length > 0)
                {
                    return new() { ["Messages"] = new JsonArray(received) };
                }

                arrival = _arrival.Task;
            }

            try
            {
                await arrival.WaitAsync(end.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return [];
            }
        }
    }

    /// <exception cref="SqsException">The receipt handle is none.</exception>
    public JsonObject Delete(JsonObject request)
    {
        lock (_lock)
        {
            // Deleting what is gone already is no error.
            _messages.RemoveAll(message => message.ReceiptHandle == Handle(request));
            return [];
        }
    }

    /// <inheritdoc cref="Delete"/>
    public JsonObject ChangeVisibility(JsonObject request)
    {
        lock (_lock)
        {
            var message = _messages.Find(message => message.ReceiptHandle == Handle(request)) ?? throw SqsException.Invalid("The message is not in flight.");
            message.VisibleAt = DateTime.UtcNow.AddSeconds(Number(request, "VisibilityTimeout", 0, 0, 43200));
            _arrival.TrySetResult();
            _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return [];
        }
    }

    public JsonObject Purge()
    {
        lock (_lock)
        {
            _messages.Clear();
            return [];
        }
    }

    public JsonObject Attributes()
    {
        lock (_lock)
        {
            var visible = _messages.Count(static message => message.VisibleAt <= DateTime.UtcNow);
            return new()
            {
                ["Attributes"] = new JsonObject
                {
                    ["ApproximateNumberOfMessages"] = visible.ToString(CultureInfo.InvariantCulture),
                    ["ApproximateNumberOfMessagesNotVisible"] = (_messages.Count - visible).ToString(CultureInfo.InvariantCulture),
                },
            };
        }
    }

    private static string Handle(JsonObject request)
        => (string?)request["ReceiptHandle"] is { Length: > 0 } handle ? handle : throw new SqsException("ReceiptHandleIsInvalid", "The input receipt handle is invalid.");

    private static int Number(JsonObject request, string name, int standard, int least, int most)
        => ((int?)request[name] ?? standard) is var value && value >= least && value <= most
            ? value
            : throw SqsException.Invalid($"Value {value} for parameter {name} is invalid. Reason: Must be between {least} and {most}, if provided.");
}

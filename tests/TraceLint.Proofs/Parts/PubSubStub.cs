using System.Text;
using Google.Protobuf;
using Google.Protobuf.Collections;
using TraceLint.Proofs.Kit;

// Google.Cloud.PubSub.V1 cannot be restored. Its messages and clients, over the real Google.Protobuf, as far as programs use them.
namespace Google.Cloud.PubSub.V1;

/// <summary>A message, whose attributes always exist.</summary>
public sealed class PubsubMessage
{
    public ByteString Data { get; set; } = ByteString.Empty;

    public MapField<string, string> Attributes { get; } = [];

    public string OrderingKey { get; set; } = "";
}

/// <summary>Keeps what is published.</summary>
public class PublisherClient
{
    private readonly List<KeyValuePair<string, string>[]> _published = [];

    public Task<string> PublishAsync(PubsubMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        _published.Add([.. message.Attributes]);
        return Task.FromResult("1");
    }

    public Task<string> PublishAsync(string message, Encoding? encoding = null)
        => PublishAsync(new PubsubMessage { Data = ByteString.CopyFrom((encoding ?? Encoding.UTF8).GetBytes(message)) });

    /// <summary>Processes every message that the program has published.</summary>
    internal void ReceiveEverything()
    {
        foreach (var attributes in _published)
        {
            Wire.Process("orders", [.. attributes.Select(static attribute => (attribute.Key, (string?)attribute.Value))]);
        }
    }
}

/// <summary>Calls its handler once for each message that has arrived.</summary>
public class SubscriberClient
{
    private readonly IReadOnlyList<Dictionary<string, string>> _arrived;

    internal SubscriberClient(IReadOnlyList<Dictionary<string, string>> arrived) => _arrived = arrived;

    public enum Reply
    {
        Nack,
        Ack,
    }

    public async Task StartAsync(Func<PubsubMessage, CancellationToken, Task<Reply>> handlerAsync)
    {
        ArgumentNullException.ThrowIfNull(handlerAsync);
        foreach (var attributes in _arrived)
        {
            await handlerAsync(new PubsubMessage { Attributes = { attributes } }, CancellationToken.None);
        }
    }
}

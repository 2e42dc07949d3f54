using System.Text;
using TraceLint.Proofs.Kit;

// EasyNetQ cannot be restored. Its bus, as far as programs use it: headers arrive as RabbitMQ delivers them, text as bytes.
namespace EasyNetQ;

/// <summary>The properties of a message; before version 8, they always have headers.</summary>
public class MessageProperties
{
    private IDictionary<string, object>? _headers;

    public IDictionary<string, object> Headers
    {
        get => _headers ??= new Dictionary<string, object>();
        set => _headers = value;
    }
}

public class MessageReceivedInfo;

public interface IPublishConfiguration
{
    IPublishConfiguration WithTopic(string topic);

    IPublishConfiguration WithHeaders(IDictionary<string, object> headers);
}

public interface IPubSub
{
    Task PublishAsync<T>(T message, Action<IPublishConfiguration> configure, CancellationToken cancellationToken = default);
}

public interface IAdvancedBus
{
    Task PublishAsync(
        string exchange,
        string routingKey,
        bool mandatory,
        MessageProperties properties,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default);

    Task Consume(Func<ReadOnlyMemory<byte>, MessageProperties, MessageReceivedInfo, Task> handler);
}

public static class PubSubExtensions
{
    public static Task PublishAsync<T>(this IPubSub pubSub, T message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pubSub);
        return pubSub.PublishAsync(message, static _ => { }, cancellationToken);
    }
}

/// <summary>Keeps what is published, and delivers what has arrived.</summary>
internal sealed class EasyNetQStub(IReadOnlyList<Dictionary<string, string>> arrived) : IPubSub, IAdvancedBus
{
    private readonly List<KeyValuePair<string, object>[]> _published = [];

    public Task PublishAsync<T>(T message, Action<IPublishConfiguration> configure, CancellationToken cancellationToken = default)
    {
        var configuration = new Configuration();
        configure(configuration);
        _published.Add([.. configuration.Headers]);
        return Task.CompletedTask;
    }

    public Task PublishAsync(
        string exchange,
        string routingKey,
        bool mandatory,
        MessageProperties properties,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        _published.Add([.. properties.Headers]);
        return Task.CompletedTask;
    }

    public async Task Consume(Func<ReadOnlyMemory<byte>, MessageProperties, MessageReceivedInfo, Task> handler)
    {
        foreach (var headers in arrived)
        {
            var properties = new MessageProperties
            {
                Headers = headers.ToDictionary(static header => header.Key, static header => (object)Encoding.UTF8.GetBytes(header.Value)),
            };
            await handler("price"u8.ToArray(), properties, new MessageReceivedInfo());
        }
    }

    public void ReceiveEverything()
    {
        foreach (var headers in _published)
        {
            Wire.Process("orders", [.. headers.Select(static header => (header.Key, (string?)Encoding.UTF8.GetString((byte[])header.Value)))]);
        }
    }

    private sealed class Configuration : IPublishConfiguration
    {
        public IDictionary<string, object> Headers { get; private set; } = new Dictionary<string, object>();

        public IPublishConfiguration WithTopic(string topic) => this;

        public IPublishConfiguration WithHeaders(IDictionary<string, object> headers)
        {
            Headers = headers;
            return this;
        }
    }
}

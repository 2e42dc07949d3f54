using System.Text;
using Confluent.Kafka;

namespace Decoys.Library;

/// <summary>A base class for publishers elsewhere: what is virtual here may be anything there.</summary>
public abstract class CatalogPublisher(IProducer<string, string> producer)
{
    public event EventHandler<MessageEventArgs>? Sending;

    protected IProducer<string, string> Producer { get; } = producer;

    protected string Team { get; init; } = "catalog";

    protected Headers DefaultHeaders
    {
        get
        {
            var headers = new Headers { { "team", Encoding.UTF8.GetBytes(Team) } };
            LibraryTracing.Inject(headers);
            return headers;
        }
    }

    public Task PublishAsync(string topic, string key, string value)
    {
        var message = new Message<string, string> { Key = key, Value = value };
        OnSending(message);
        return Producer.ProduceAsync(topic, message);
    }

    public Task PublishWithHeadersAsync(string topic, string key, string value)
        => Producer.ProduceAsync(topic, new Message<string, string> { Key = key, Value = value, Headers = CreateHeaders(topic) });

    public Task PublishBuiltAsync(string topic, string key, string value) => Producer.ProduceAsync(topic, Build(key, value));

    public Task PublishWithEventAsync(string topic, string key, string value)
    {
        var args = new MessageEventArgs(new Message<string, string> { Key = key, Value = value });
        Sending?.Invoke(this, args);
        return Producer.ProduceAsync(topic, args.Message);
    }

    public Task PublishGivenAsync(string topic, Message<string, string> message) => Producer.ProduceAsync(topic, message);

    public Task PublishGivenHeadersAsync(string topic, string key, Headers headers)
        => Producer.ProduceAsync(topic, new Message<string, string> { Key = key, Headers = headers });

    protected static void BeforeSend(Message<string, string> message) => message.StampTrace();

    /// <summary>For overrides to add what they want to.</summary>
    protected virtual void OnSending(Message<string, string> message)
    {
    }

    /// <summary>None, unless a derived class knows better.</summary>
    protected virtual Headers CreateHeaders(string topic) => [];

    protected abstract Message<string, string> Build(string key, string value);
}

public sealed class MessageEventArgs(Message<string, string> message) : EventArgs
{
    public Message<string, string> Message { get; } = message;
}

using System.Diagnostics;
using System.Text;
using Amazon.SQS.Model;
using Confluent.Kafka;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Decoys.Library;

/// <summary>Puts the context on messages of others.</summary>
public static class LibraryTracing
{
    public static void StampTrace<TKey, TValue>(this Message<TKey, TValue> message)
    {
        ArgumentNullException.ThrowIfNull(message);
        message.Headers ??= [];
        Inject(message.Headers);
    }

    public static void AddTraceAttributes(this SendMessageRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.MessageAttributes ??= [];
        Inject(request.MessageAttributes);
    }

    internal static void Inject(Headers headers)
        => Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), headers, static (to, name, value) =>
            {
                to.Remove(name);
                to.Add(name, Encoding.UTF8.GetBytes(value));
            });

    internal static void Inject(Dictionary<string, MessageAttributeValue> attributes)
        => DistributedContextPropagator.Current.Inject(Activity.Current, attributes, static (carrier, name, value) =>
        {
            if (value.Length > 0)
                ((Dictionary<string, MessageAttributeValue>)carrier!)[name] = new() { DataType = "String", StringValue = value };
        });
}

/// <summary>Implemented by the users of the library.</summary>
public interface ITopicMessageFactory
{
    Message<string, string> Create(string topic, string key, string value);
}

/// <summary>Makes messages with context.</summary>
public class TracingMessages
{
    public virtual Message<string, string> Create(string key, string value)
    {
        var message = new Message<string, string> { Key = key, Value = value };
        message.StampTrace();
        return message;
    }
}

/// <summary>Makes requests with context.</summary>
public sealed class NoticeRequestFactory
{
    public SendMessageRequest Create(string queueUrl, string body)
    {
        var request = new SendMessageRequest(queueUrl, body) { DelaySeconds = Delay };
        request.AddTraceAttributes();
        return request;
    }

    public int Delay { get; set; }
}

/// <summary>A message with context from the start.</summary>
public class LibraryMessage : Message<string, string>
{
    public LibraryMessage(string key)
    {
        Key = key;
        this.StampTrace();
    }
}

using System.Diagnostics;
using System.Text;
using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Partners;

/// <summary>Whatever has headers.</summary>
internal interface IHasHeaders
{
    Headers Headers { get; set; }
}

internal interface IHasAttributes
{
    Dictionary<string, MessageAttributeValue> MessageAttributes { get; set; }
}

/// <summary>A message that can also be taken for what it has.</summary>
internal sealed class PartnerMessage : Message<string, string>, IHasHeaders
{
    public PartnerMessage Traced()
    {
        Headers = KafkaTrace.NewHeaders();
        return this;
    }

    public Task PublishAsync(IProducer<string, string> producer)
    {
        KafkaTrace.Inject(Headers ??= []);
        return producer.ProduceAsync("partners", this);
    }
}

internal sealed class PartnerRequest(string body) : SendMessageRequest(Names.NoticeQueue, body), IHasAttributes;

/// <summary>A message with a fluent interface of its own.</summary>
internal abstract class FluentMessage<TSelf> : Message<string, string>
    where TSelf : FluentMessage<TSelf>
{
    public TSelf WithKey(string key)
    {
        Key = key;
        return (TSelf)this;
    }

    public TSelf InTrace()
    {
        Headers = KafkaTrace.NewHeaders();
        return (TSelf)this;
    }
}

internal sealed class Offer : FluentMessage<Offer>;

/// <summary>Stamps whatever it is given, when it is something that can be stamped.</summary>
internal static class Stamper
{
    public static void Stamp(object something)
    {
        switch (something)
        {
            case MessageMetadata message:
                message.Headers = message.Headers.WithTraceContext();
                break;
            case SendMessageRequest request:
                request.MessageAttributes = SqsTrace.Inject(request.MessageAttributes);
                break;
        }
    }

    public static T Stamped<T>(T something)
    {
        if (something is MessageMetadata message)
            message.Headers = message.Headers.WithTraceContext();
        return something;
    }

    public static void Stamp(IHasHeaders carrier) => carrier.Headers = KafkaTrace.NewHeaders();

    public static void Stamp(IHasAttributes carrier) => carrier.MessageAttributes = SqsTrace.Inject(carrier.MessageAttributes);

    public static void StampRequest(AmazonWebServiceRequest request)
    {
        if (request is SendMessageRequest send)
            send.MessageAttributes = SqsTrace.Inject(send.MessageAttributes);
        else if (request is SendMessageBatchRequest batch)
            batch.Entries.ForEach(static entry => entry.MessageAttributes = SqsTrace.Inject(entry.MessageAttributes));
    }
}

/// <summary>Messages that are stamped under another type.</summary>
internal sealed class PartnerMessages(IProducer<string, string> producer, IAmazonSQS sqs)
{
    private const string Topic = "partners";

    public Task ThroughInterfaceAsync(string key)
    {
        var message = new PartnerMessage { Key = key, Value = key };
        Stamper.Stamp((IHasHeaders)message);
        return producer.ProduceAsync(Topic, message);
    }

    public Task ThroughInterfaceVariableAsync(string key)
    {
        var message = new PartnerMessage { Key = key, Value = key };
        IHasHeaders carrier = message;
        carrier.Headers = KafkaTrace.NewHeaders();
        return producer.ProduceAsync(Topic, message);
    }

    public Task ThroughAttributesInterfaceAsync(string key)
    {
        var request = new PartnerRequest(key);
        Stamper.Stamp((IHasAttributes)request);
        return sqs.SendMessageAsync(request);
    }

    public Task ThroughObjectAsync(string key)
    {
        var message = new Message<string, string> { Key = key, Value = key };
        Stamper.Stamp((object)message);
        return producer.ProduceAsync(Topic, message);
    }

    public Task ThroughObjectToSqsAsync(string key)
    {
        var request = new SendMessageRequest(Names.NoticeQueue, key);
        Stamper.Stamp((object)request);
        return sqs.SendMessageAsync(request);
    }

    public Task ThroughTypeParameterAsync(string key)
        => producer.ProduceAsync(Topic, Stamper.Stamped(new Message<string, string> { Key = key, Value = key }));

    public Task ThroughTypeParameterInPlaceAsync(string key)
    {
        var message = new Message<string, string> { Key = key, Value = key };
        Stamper.Stamped(message);
        return producer.ProduceAsync(Topic, message);
    }

    public Task ThroughSdkBaseTypeAsync(string key)
    {
        var request = new SendMessageRequest { QueueUrl = Names.NoticeQueue, MessageBody = key };
        Stamper.StampRequest(request);
        return sqs.SendMessageAsync(request);
    }

    public Task ThroughSdkBaseTypeBatchAsync(IEnumerable<string> keys)
    {
        var batch = new SendMessageBatchRequest(Names.NoticeQueue, keys.Select(static key => new SendMessageBatchRequestEntry(key, key)).ToList());
        Stamper.StampRequest(batch);
        return sqs.SendMessageBatchAsync(batch);
    }

    public Task ThroughDynamicAsync(string key)
    {
        var message = new Message<string, string> { Key = key, Value = key };
        dynamic late = message;
        late.Headers = KafkaTrace.NewHeaders();
        return producer.ProduceAsync(Topic, message);
    }

    public Task ThroughEnumerableAsync(string key)
    {
        var headers = new Headers();
        IEnumerable<IHeader> view = headers;
        Fill((Headers)view);
        return producer.ProduceAsync(Topic, new Message<string, string> { Key = key, Value = key, Headers = headers });
    }

    public Task BySelfAsync(string key) => new PartnerMessage { Key = key, Value = key }.PublishAsync(producer);

    public Task ByFluentSelfAsync(string key) => producer.ProduceAsync(Topic, new PartnerMessage { Key = key, Value = key }.Traced());

    public Task ByCuriousSelfAsync(string key) => producer.ProduceAsync(Topic, new Offer { Value = key }.WithKey(key).InTrace());

    public Task ByNestedInitializerAsync(string key)
        => producer.ProduceAsync(Topic, new Checkout.TracedMessage<string, string> { Key = key, Value = key, Headers = { { "type", "offer"u8.ToArray() } } });

    public Task BySerializingAsync(string key)
    {
        var headers = new Headers();
        var message = new Message<string, string> { Headers = headers, Key = key, Value = Encode(key, headers) };
        return producer.ProduceAsync(Topic, message);
    }

    public Task BySpreadAsync(ConsumeResult<string, string> result)
        => producer.ProduceAsync(Topic, new Message<string, string>
        {
            Key = result.Message.Key,
            Value = result.Message.Value,
            Headers = [.. result.Message.Headers, new Header("forwarded", [])],
        });

    public Task BySpreadOfOwnAsync(string key)
    {
        Headers headers = [new Header("offer", []), .. KafkaTrace.NewHeaders()];
        return producer.ProduceAsync(Topic, new Message<string, string> { Key = key, Value = key, Headers = headers });
    }

    private static void Fill(Headers headers) => headers.Add("traceparent", Encoding.ASCII.GetBytes(Activity.Current!.Id!));

    private static string Encode(string value, Headers headers)
    {
        headers.Add("encoding", "text"u8.ToArray());
        headers.Add("traceparent", Encoding.ASCII.GetBytes(Activity.Current!.Id!));
        return value;
    }
}

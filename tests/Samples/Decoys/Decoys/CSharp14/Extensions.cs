using System.Text.Json;
using Amazon.SQS;
using Amazon.SQS.Model;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.CSharp14;

/// <summary>Helpers in extension blocks.</summary>
internal static class MessageExtensions
{
    extension(Headers headers)
    {
        public static Headers Traced => KafkaTrace.NewHeaders();

        public Headers Trace()
        {
            KafkaTrace.Inject(headers);
            return headers;
        }
    }

    extension<TKey, TValue>(Message<TKey, TValue> message)
    {
        public Message<TKey, TValue> WithTrace
        {
            get
            {
                KafkaTrace.Inject(message.Headers ??= []);
                return message;
            }
        }

        public void Stamp() => message.Headers = new Headers().Trace();
    }

    extension(SendMessageRequest request)
    {
        public Dictionary<string, MessageAttributeValue> Attributes => request.MessageAttributes ??= [];

        public void Trace() => SqsTrace.Inject(request.Attributes);
    }
}

/// <summary>What the newest language makes of publishes.</summary>
internal sealed partial class ModernPublisher(IProducer<string, string> producer, IAmazonSQS sqs)
{
    /// <summary>The headers of the last message.</summary>
    public Headers Last
    {
        get => field ??= KafkaTrace.NewHeaders();
        set;
    }

    public partial Headers Prepared { get; }

    public Task ByExtensionMethodAsync(Order order)
        => producer.ProduceAsync(Names.Orders, new Message<string, string> { Key = order.Id, Headers = new Headers().Trace() });

    public Task ByExtensionPropertyAsync(Order order)
        => producer.ProduceAsync(Names.Orders, new Message<string, string> { Key = order.Id, Value = order.Customer }.WithTrace);

    public Task ByStaticExtensionAsync(Order order)
        => producer.ProduceAsync(Names.Orders, new Message<string, string> { Key = order.Id, Headers = Headers.Traced });

    public Task ByStatementAsync(Order order)
    {
        var message = new Message<string, string> { Key = order.Id, Value = JsonSerializer.Serialize(order) };
        message.Stamp();
        return producer.ProduceAsync(Names.Orders, message);
    }

    public Task ByNullConditionalAssignmentAsync(Order order)
    {
        Message<string, string>? message = order.Lines.Count > 0 ? new() { Key = order.Id } : null;
        message?.Headers = KafkaTrace.NewHeaders();
        return message is null ? Task.CompletedTask : producer.ProduceAsync(Names.Orders, message);
    }

    public Task ByFieldBackedPropertyAsync(Order order)
        => producer.ProduceAsync(Names.Orders, new Message<string, string> { Key = order.Id, Headers = Last });

    public Task ByPartialPropertyAsync(Order order)
        => producer.ProduceAsync(Names.Orders, new Message<string, string> { Key = order.Id, Headers = Prepared });

    public Task ByRequestExtensionAsync(Order order)
    {
        var request = new SendMessageRequest(Names.ShipmentQueue, order.Id);
        request.Trace();
        return sqs.SendMessageAsync(request);
    }

    public Task ByParamsCollectionAsync(Order order) => SendAsync(new Header("order", System.Text.Encoding.UTF8.GetBytes(order.Id)), new Header("traceparent", Current));

    private static byte[] Current => System.Text.Encoding.ASCII.GetBytes(System.Diagnostics.Activity.Current!.Id!);

    private Task<DeliveryResult<string, string>> SendAsync(params ReadOnlySpan<Header> entries)
    {
        var headers = new Headers();
        foreach (var entry in entries)
            headers.Add(entry);
        return producer.ProduceAsync(Names.Orders, new Message<string, string> { Headers = headers });
    }
}

internal sealed partial class ModernPublisher
{
    public partial Headers Prepared
    {
        get
        {
            var headers = new Headers { { "producer", System.Text.Encoding.UTF8.GetBytes(producer.Name) } };
            return headers.Trace();
        }
    }
}

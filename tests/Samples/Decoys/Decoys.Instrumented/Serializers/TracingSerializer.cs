using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;

namespace Decoys.Instrumented.Serializers;

/// <summary>Confluent.Kafka hands the headers of every message to its serializers, new ones where it has none, and sends them.</summary>
internal sealed class TracingSerializer<T> : ISerializer<T>
{
    public byte[] Serialize(T data, SerializationContext context)
    {
        if (Activity.Current?.Id is { } id)
        {
            context.Headers.Remove("traceparent");
            context.Headers.Add("traceparent", Encoding.ASCII.GetBytes(id));
        }

        return JsonSerializer.SerializeToUtf8Bytes(data);
    }
}

/// <summary>Its producer serializes with the context.</summary>
internal sealed class SerializingPublisher(ProducerConfig config) : IDisposable
{
    private readonly IProducer<string, Uri> _producer = new ProducerBuilder<string, Uri>(config).SetValueSerializer(new TracingSerializer<Uri>()).Build();

    public Task VisitedAsync(Uri page) => _producer.ProduceAsync("visits", new Message<string, Uri> { Key = page.Host, Value = page });

    public void Linked(Uri page) => _producer.Produce("links", new Message<string, Uri> { Key = page.Host, Value = page, Headers = new() { { "type", "link"u8.ToArray() } } });

    public void Dispose() => _producer.Dispose();
}

/// <summary>Gets the same kind of producer from outside.</summary>
internal sealed class InjectedPublisher(IProducer<string, Uri> producer)
{
    public Task VisitedAsync(Uri page) => producer.ProduceAsync("visits", new Message<string, Uri> { Key = page.Host, Value = page });
}

using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Amazon.SQS;
using Confluent.Kafka;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Decoys.Instrumented.Envelopes;

/// <summary>The context is in the metadata of an envelope, which is serialized into the body.</summary>
internal sealed record Envelope(string Type, string Body, Dictionary<string, string> Metadata)
{
    public static Envelope Seal(string type, string body)
    {
        var envelope = new Envelope(type, body, []);
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), envelope.Metadata, static (metadata, name, value) => metadata[name] = value);
        return envelope;
    }
}

internal sealed class EnvelopeBus(IProducer<string, byte[]> producer, IAmazonSQS sqs)
{
    public Task PublishAsync(string key, string type, string body)
        => producer.ProduceAsync("envelopes", new Message<string, byte[]> { Key = key, Value = Serialize(Envelope.Seal(type, body)) });

    public Task SendAsync(string queueUrl, Envelope envelope) => sqs.SendMessageAsync(queueUrl, Encoding.UTF8.GetString(Serialize(envelope)));

    public Task PublishConvertedAsync(string key, Envelope envelope)
    {
        var headers = new Headers();
        foreach (var (name, value) in envelope.Metadata)
            headers.Add(name, Encoding.UTF8.GetBytes(value));
        return producer.ProduceAsync("envelopes", new Message<string, byte[]> { Key = key, Value = [], Headers = headers });
    }

    private static byte[] Serialize(Envelope envelope) => JsonSerializer.SerializeToUtf8Bytes(envelope);
}

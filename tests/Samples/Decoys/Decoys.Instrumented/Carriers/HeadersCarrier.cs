using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Decoys.Instrumented.Carriers;

/// <summary>Headers as a propagator wants them.</summary>
internal readonly struct HeadersCarrier(Headers headers)
{
    public void Set(string name, string value)
    {
        headers.Remove(name);
        headers.Add(name, Encoding.UTF8.GetBytes(value));
    }
}

/// <summary>Injects through an adapter of its own.</summary>
internal sealed class CarrierPublisher(IProducer<string, string> producer, TextMapPropagator propagator)
{
    public Task PublishAsync(string key)
    {
        var message = new Message<string, string> { Key = key, Headers = [] };
        propagator.Inject(Context, new HeadersCarrier(message.Headers), static (carrier, name, value) => carrier.Set(name, value));
        return producer.ProduceAsync("carriers", message);
    }

    public Task PublishByClosureAsync(string key)
    {
        var headers = new Headers();
        propagator.Inject<object?>(Context, null, (_, name, value) => headers.Add(name, Encoding.UTF8.GetBytes(value)));
        return producer.ProduceAsync("carriers", new Message<string, string> { Key = key, Headers = headers });
    }

    public Task PublishByMessageAsync(string key)
    {
        var message = new Message<string, string> { Key = key };
        propagator.Inject(Context, message, static (to, name, value) => (to.Headers ??= []).Add(name, Encoding.UTF8.GetBytes(value)));
        return producer.ProduceAsync("carriers", message);
    }

    public Task PublishByListAsync(string key)
    {
        var entries = new List<KeyValuePair<string, string>>();
        propagator.Inject(Context, entries, static (to, name, value) => to.Add(new(name, value)));
        var headers = new Headers();
        entries.ForEach(entry => headers.Add(entry.Key, Encoding.UTF8.GetBytes(entry.Value)));
        return producer.ProduceAsync("carriers", new Message<string, string> { Key = key, Headers = headers });
    }

    private static PropagationContext Context => new(Activity.Current?.Context ?? default, Baggage.Current);
}

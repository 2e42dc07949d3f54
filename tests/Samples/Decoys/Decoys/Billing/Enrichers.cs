using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Decoys.Platform;

namespace Decoys.Billing;

/// <summary>Adds to the headers of a message what belongs there.</summary>
internal interface IHeaderEnricher
{
    void Enrich(Headers headers);
}

internal sealed class TraceEnricher : IHeaderEnricher
{
    public void Enrich(Headers headers) => KafkaTrace.Inject(headers);
}

internal sealed class HostEnricher : IHeaderEnricher
{
    private static readonly byte[] _host = Encoding.UTF8.GetBytes(Environment.MachineName);

    public void Enrich(Headers headers) => headers.Add("host", _host);
}

/// <summary>An interface with one implementation.</summary>
internal interface IMessageStamp
{
    void Apply<TKey, TValue>(Message<TKey, TValue> message);

    /// <summary>For messages that have nothing else in their headers.</summary>
    Headers Create()
    {
        var message = new Message<Null, Null>();
        Apply(message);
        return message.Headers;
    }
}

internal sealed class TraceStamp : IMessageStamp
{
    public void Apply<TKey, TValue>(Message<TKey, TValue> message)
    {
        var headers = message.Headers ?? new Headers();
        headers.Remove("traceparent");
        if (Activity.Current is { Id: { } id } current)
        {
            headers.Add("traceparent", Encoding.ASCII.GetBytes(id));
            if (current.TraceStateString is { Length: > 0 } state)
            {
                headers.Remove("tracestate");
                headers.Add("tracestate", Encoding.ASCII.GetBytes(state));
            }
        }

        message.Headers = headers;
    }
}

using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Decoys.Platform;

/// <summary>Carries the trace context in the headers of Kafka messages.</summary>
internal static class KafkaTrace
{
    private static readonly Action<Headers, string, string> _set = static (headers, key, value) =>
    {
        headers.Remove(key);
        headers.Add(key, Encoding.UTF8.GetBytes(value));
    };

    public static void Inject(Headers headers)
        => Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), headers, _set);

    public static Headers NewHeaders()
    {
        var headers = new Headers();
        Inject(headers);
        return headers;
    }

    /// <summary>For the end of a chain of calls.</summary>
    public static Message<TKey, TValue> WithTraceContext<TKey, TValue>(this Message<TKey, TValue> message)
    {
        Inject(message.Headers ??= new Headers());
        return message;
    }

    public static Headers WithTraceContext(this Headers? headers)
    {
        headers ??= [];
        Inject(headers);
        return headers;
    }

    public static PropagationContext Extract(Headers? headers)
        => Propagators.DefaultTextMapPropagator.Extract(default, headers, static (from, key)
            => from is not null && from.TryGetLastBytes(key, out var value) && value is not null ? [Encoding.UTF8.GetString(value)] : []);
}

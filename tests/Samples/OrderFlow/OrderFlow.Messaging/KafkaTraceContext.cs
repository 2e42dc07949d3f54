using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace OrderFlow.Messaging;

/// <summary>Carries the trace context in the headers of Kafka messages.</summary>
public static class KafkaTraceContext
{
    /// <summary>Writes the current trace context and baggage to <paramref name="headers"/>, replacing what is there.</summary>
    public static void Inject(Headers headers) =>
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), headers, SetHeader);

    /// <summary>Reads the context that the publisher left in <paramref name="headers"/>; empty where there is none.</summary>
    public static PropagationContext Extract(Headers? headers) =>
        Propagators.DefaultTextMapPropagator.Extract(default, headers, GetHeader);

    private static void SetHeader(Headers headers, string key, string value)
    {
        // Add appends: a forwarded message would end up with two of them.
        headers.Remove(key);
        headers.Add(key, Encoding.UTF8.GetBytes(value));
    }

    private static IEnumerable<string> GetHeader(Headers? headers, string key) =>
        headers is not null && headers.TryGetLastBytes(key, out var value) && value is not null
            ? [Encoding.UTF8.GetString(value)]
            : [];
}

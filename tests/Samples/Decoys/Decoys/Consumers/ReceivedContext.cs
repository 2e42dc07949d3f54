using System.Diagnostics;
using System.Text;
using Amazon.SQS.Model;
using Confluent.Kafka;
using OpenTelemetry.Context.Propagation;

namespace Decoys.Consumers;

/// <summary>Takes the trace context off what is received.</summary>
internal static class ReceivedContext
{
    public static PropagationContext Of(Headers? headers)
        => Propagators.DefaultTextMapPropagator.Extract(default, headers, static (carrier, key) =>
            carrier is not null && carrier.TryGetLastBytes(key, out var value) ? [Encoding.UTF8.GetString(value)] : []);

    public static ActivityContext ContextOf<TKey, TValue>(this ConsumeResult<TKey, TValue> result) => Of(result.Message.Headers).ActivityContext;

    public static ActivityContext ContextOf(this Message message)
        => Propagators.DefaultTextMapPropagator.Extract(default, message.MessageAttributes, static (carrier, key) =>
            carrier is not null && carrier.TryGetValue(key, out var value) ? [value.StringValue] : []).ActivityContext;

    /// <summary>The header itself, for those who do without a propagator.</summary>
    public static string? Header(Headers headers, string name) => headers.TryGetLastBytes(name, out var value) ? Encoding.UTF8.GetString(value) : null;

    public static ActivityLink? LinkTo(Message message) => message.ContextOf() is var context && context != default ? new ActivityLink(context) : null;
}

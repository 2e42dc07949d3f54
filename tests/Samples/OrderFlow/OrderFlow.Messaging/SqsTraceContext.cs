using System.Diagnostics;
using Amazon.SQS.Model;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace OrderFlow.Messaging;

/// <summary>Carries the trace context in the attributes of SQS messages.</summary>
public static class SqsTraceContext
{
    /// <summary>Writes the current trace context and baggage to <paramref name="attributes"/>, replacing what is there.</summary>
    public static void Inject(Dictionary<string, MessageAttributeValue> attributes) =>
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), attributes, SetAttribute);

    /// <summary>Reads the context that the sender left in <paramref name="attributes"/>; empty where there is none.</summary>
    public static PropagationContext Extract(Dictionary<string, MessageAttributeValue>? attributes) =>
        Propagators.DefaultTextMapPropagator.Extract(default, attributes, GetAttribute);

    private static void SetAttribute(Dictionary<string, MessageAttributeValue> attributes, string key, string value) =>
        attributes[key] = new MessageAttributeValue { DataType = "String", StringValue = value };

    // A message that came without attributes has null for them.
    private static IEnumerable<string> GetAttribute(Dictionary<string, MessageAttributeValue>? attributes, string key) =>
        attributes is not null && attributes.TryGetValue(key, out var value) ? [value.StringValue] : [];
}

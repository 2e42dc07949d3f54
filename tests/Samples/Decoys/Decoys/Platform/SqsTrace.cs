using System.Diagnostics;
using Amazon.SQS.Model;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Decoys.Platform;

/// <summary>Carries the trace context in the attributes of SQS messages.</summary>
internal static class SqsTrace
{
    public static Dictionary<string, MessageAttributeValue> Inject(Dictionary<string, MessageAttributeValue>? attributes)
    {
        attributes ??= [];
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), attributes, Set);
        return attributes;
    }

    public static MessageAttributeValue Text(string value) => new() { DataType = "String", StringValue = value };

    private static void Set(Dictionary<string, MessageAttributeValue> attributes, string name, string value)
    {
        // An empty value is not allowed.
        if (value.Length > 0)
            attributes[name] = Text(value);
    }
}

using TraceLint.Flow;

namespace TraceLint.Spans;

/// <summary>What a span says it is for, by its kind.</summary>
internal enum SpanPurpose
{
    /// <summary>Work inside the process.</summary>
    Work,

    /// <summary>A message that is consumed.</summary>
    Consume,
}

/// <summary>Tells the purpose of a span.</summary>
internal static class SpanPurposes
{
    // The values of ActivityKind and of OpenTelemetry's SpanKind.
    private const int Consumer = 4;
    private const int ConsumerOfTracer = 5;
    private const int InternalOfTracer = 1;

    /// <summary>The purpose; null when it is another one, or not known here.</summary>
    public static SpanPurpose? Of(SpanStart start) => start.Kind?.Unconverted() switch
    {
        null => SpanPurpose.Work,
        { Type.Name: "SpanKind", ConstantValue: { HasValue: true, Value: int kind } } => kind is ConsumerOfTracer ? SpanPurpose.Consume : kind is InternalOfTracer ? SpanPurpose.Work : null,
        { ConstantValue: { HasValue: true, Value: int kind } } => kind is Consumer ? SpanPurpose.Consume : kind is 0 ? SpanPurpose.Work : null,
        _ => null,
    };
}

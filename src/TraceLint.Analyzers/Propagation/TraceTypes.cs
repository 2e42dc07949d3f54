using Microsoft.CodeAnalysis;

namespace TraceLint.Propagation;

/// <summary>
/// The types of System.Diagnostics and OpenTelemetry that spans and contexts have, by name: a project can have an <c>Activity</c> of its own that is no span.
/// </summary>
internal static class TraceTypes
{
    /// <summary>Whether a type is that of a span.</summary>
    public static bool IsSpan(ITypeSymbol? type) => type is { Name: "Activity" or "TelemetrySpan" } && IsOfTracing(type);

    /// <summary>Whether a type is that of a context.</summary>
    public static bool IsContext(ITypeSymbol? type) => type is { Name: "ActivityContext" or "PropagationContext" or "SpanContext" } && IsOfTracing(type);

    /// <summary>Whether a type is that of a link.</summary>
    public static bool IsLink(ITypeSymbol? type) => type is { Name: "ActivityLink" or "Link" } && IsOfTracing(type);

    /// <summary>Whether a type is that of the id of a trace or a span.</summary>
    public static bool IsId(ITypeSymbol? type) => type is { Name: "ActivityTraceId" or "ActivitySpanId" } && IsOfTracing(type);

    /// <summary>Whether a type is declared where those are.</summary>
    public static bool IsOfTracing(ITypeSymbol type)
        => type.ContainingNamespace?.ToDisplayString() is "System.Diagnostics" or "OpenTelemetry" or "OpenTelemetry.Trace" or "OpenTelemetry.Context.Propagation";
}

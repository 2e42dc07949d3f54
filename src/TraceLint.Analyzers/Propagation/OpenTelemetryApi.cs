using Microsoft.CodeAnalysis;

namespace TraceLint.Propagation;

/// <summary>OpenTelemetry.Api: <c>TextMapPropagator.Inject&lt;T&gt;(PropagationContext, T carrier, Action&lt;T, string, string&gt; setter)</c>.</summary>
internal sealed class OpenTelemetryApi(INamedTypeSymbol propagator) : PropagationApi(propagator)
{
    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string TextMapPropagator = "OpenTelemetry.Context.Propagation.TextMapPropagator";
        public const string Propagators = "OpenTelemetry.Context.Propagation.Propagators";
        public const string PropagationContext = "OpenTelemetry.Context.Propagation.PropagationContext";
        public const string Baggage = "OpenTelemetry.Baggage";
    }

    /// <summary>The API as this compilation sees it; null when it is not referenced.</summary>
    public static OpenTelemetryApi? In(Compilation compilation)
        => compilation.GetTypeByMetadataName(Names.TextMapPropagator) is { } propagator ? new OpenTelemetryApi(propagator) : null;
}

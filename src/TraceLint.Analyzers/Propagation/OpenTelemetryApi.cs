using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;

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
        => compilation.TypeNamed(Names.TextMapPropagator) is { } propagator ? new OpenTelemetryApi(propagator) : null;

    /// <summary>An <c>Extract</c>, taken apart.</summary>
    /// <returns>Null when the call is none.</returns>
    public Extraction? ExtractionOf(IInvocationOperation call)
    {
        if (call.TargetMethod.Name != "Extract" || !IsMemberOfPropagator(call.TargetMethod))
        {
            return null;
        }

        IOperation? context = null, carrier = null, getter = null;
        foreach (var argument in call.Arguments)
        {
            switch (argument.Parameter?.Name)
            {
                case "context":
                    context = argument.Value;
                    break;
                case "carrier":
                    carrier = argument.Value;
                    break;
                case "getter":
                    getter = argument.Value;
                    break;
            }
        }

        return context is not null && carrier is not null && getter is not null ? new Extraction(call, context, carrier, getter) : null;
    }
}

/// <summary>A call of <c>TextMapPropagator.Extract</c>.</summary>
/// <param name="Base">The context that it is called on top of.</param>
/// <param name="Carrier">What it reads.</param>
/// <param name="Getter">How it reads that.</param>
internal sealed record Extraction(IInvocationOperation Call, IOperation Base, IOperation Carrier, IOperation Getter);

using Microsoft.CodeAnalysis;

namespace TraceLint.Model;

/// <summary>OpenTelemetry.Api: propagation contexts, propagators and tracers.</summary>
internal sealed class OpenTelemetryCalls : LibraryCalls
{
    public override Effect? EffectOf(IMethodSymbol method)
    {
        var type = method.ContainingType;
        return (type.Name, method.Name) switch
        {
            ("PropagationContext", ".ctor") when IsPropagation(type) => Effect.ReturnsFirst,
            ("PropagationContext", "get_ActivityContext") when IsPropagation(type) => Effect.ReturnsReceiver,
            (_, "Extract") when IsPropagation(type) => Effect.Receives,
            ("Tracer", "StartActiveSpan") when IsTrace(type) => new Effect(EffectKind.CreatesSpan) { IsStarted = true },
            ("Tracer", "StartSpan" or "StartRootSpan") when IsTrace(type)
                => new Effect(EffectKind.CreatesSpan) { IsStarted = true, BecomesCurrent = false },
            ("TelemetrySpan", "End" or "Dispose") when IsTrace(type) => new Effect(EffectKind.StopsSpan),
            ("Tracer", "get_CurrentSpan") when IsTrace(type) => Effect.ReadsSpan,
            ("TelemetrySpan", "get_Context") when IsTrace(type) => Effect.ReadsSpan,
            ("TelemetrySpan", _) when IsTrace(type) && method.ReturnType.Name == "TelemetrySpan" => Effect.ReturnsReceiver,
            ("TelemetrySpan", _) when IsTrace(type) => Effect.Computes,
            (_, "SetStatus" or "RecordException") when IsTrace(type) => Effect.ReturnsFirst,
            ("SpanContext", ".ctor") when IsTrace(type) && method.Parameters.Length == 1 => Effect.ReturnsFirst,
            ("ActivityContextExtensions", "IsValid") => new Effect(EffectKind.IsPresent, 0),
            _ => null,
        };
    }

    private static bool IsPropagation(INamedTypeSymbol type) => IsIn(type, "OpenTelemetry.Context.Propagation");

    private static bool IsTrace(INamedTypeSymbol type) => IsIn(type, "OpenTelemetry.Trace");
}

using Microsoft.CodeAnalysis;

namespace TraceLint.Model;

/// <summary>OpenTelemetry.Api: propagation contexts, propagators and tracers.</summary>
internal sealed class OpenTelemetryCalls : LibraryCalls
{
    public override Effect? EffectOf(IMethodSymbol method)
        => method is { Name: "IsValid", ContainingType.Name: "ActivityContextExtensions" } ? new Effect(EffectKind.IsPresent, 0)
            : IsIn(method.ContainingType, "OpenTelemetry.Context.Propagation") ? OfPropagation(method)
            : IsIn(method.ContainingType, "OpenTelemetry.Trace") ? OfTrace(method)
            : null;

    private static Effect? OfPropagation(IMethodSymbol method) => (method.ContainingType.Name, method.Name) switch
    {
        ("PropagationContext", ".ctor") => Effect.ReturnsFirst,
        ("PropagationContext", "get_ActivityContext") => Effect.ReturnsReceiver,
        (_, "Extract") => Effect.Receives,
        (_, "Inject") => new Effect(EffectKind.Injects),
        _ => null,
    };

    private static Effect? OfTrace(IMethodSymbol method) => (method.ContainingType.Name, method.Name) switch
    {
        ("Tracer", "StartActiveSpan") => new Effect(EffectKind.CreatesSpan) { IsStarted = true },
        ("Tracer", "StartSpan" or "StartRootSpan") => new Effect(EffectKind.CreatesSpan) { IsStarted = true, BecomesCurrent = false },
        ("Tracer", "get_CurrentSpan") => Effect.ReadsSpan,
        ("TelemetrySpan", "End" or "Dispose") => new Effect(EffectKind.StopsSpan),
        ("TelemetrySpan", "get_Context") => Effect.ReadsSpan,
        ("TelemetrySpan", _) => method.ReturnType.Name == "TelemetrySpan" ? Effect.ReturnsReceiver : Effect.Computes,
        (_, "SetStatus" or "RecordException") => Effect.ReturnsFirst,
        ("SpanContext", ".ctor") when method.Parameters.Length == 1 => Effect.ReturnsFirst,
        _ => null,
    };
}

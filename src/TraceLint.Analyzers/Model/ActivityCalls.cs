using Microsoft.CodeAnalysis;

namespace TraceLint.Model;

/// <summary>System.Diagnostics: <c>Activity</c>, <c>ActivitySource</c>, <c>ActivityContext</c> and their ids.</summary>
internal sealed class ActivityCalls : LibraryCalls
{
    private const string Namespace = "System.Diagnostics";

    public override Effect? EffectOf(IMethodSymbol method) => !IsIn(method.ContainingType, Namespace)
        ? null
        : (method.ContainingType.Name, method.Name) switch
        {
            ("ActivitySource", "StartActivity" or "CreateActivity") => new Effect(EffectKind.CreatesSpan),
            ("Activity", "get_Current" or "get_Context" or "get_Id" or "get_TraceId" or "get_SpanId") => Effect.ReadsSpan,
            ("Activity", "get_ParentId" or "get_ParentSpanId" or "get_RootId" or "get_TraceStateString") => Effect.ReadsSpan,
            ("Activity", "get_ActivityTraceFlags") => Effect.ReadsSpan,
            ("Activity", _) when method.ReturnType.Name == "Activity" => Effect.ReturnsReceiver,
            ("ActivityContext", "Parse" or "TryParse" or ".ctor") => new Effect(EffectKind.CreatesContext),
            ("ActivityLink", ".ctor") => Effect.ReturnsFirst,
            ("Activity" or "ActivitySource" or "ActivityContext" or "ActivityLink" or "ActivityTraceId" or "ActivitySpanId", _)
                => Effect.Computes,
            _ => null,
        };
}

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
            ("ActivitySource", "StartActivity") => new Effect(EffectKind.CreatesSpan) { IsStarted = true, MayReturnNull = true },
            ("ActivitySource", "CreateActivity") => new Effect(EffectKind.CreatesSpan) { MayReturnNull = true },
            ("Activity", ".ctor") => new Effect(EffectKind.CreatesSpan),
            ("Activity", "SetParentId") => new Effect(EffectKind.SetsParent),
            ("Activity", "Start") => new Effect(EffectKind.StartsSpan),
            ("Activity", "Stop" or "Dispose") => new Effect(EffectKind.StopsSpan),
            ("Activity", "get_Current") => new Effect(EffectKind.ReadsCurrentSpan),
            ("Activity", "set_Current") => new Effect(EffectKind.SetsCurrentSpan),
            ("Activity", "get_Context" or "get_Id" or "get_TraceId" or "get_SpanId") => Effect.ReadsSpan,
            ("Activity", "get_ParentId" or "get_ParentSpanId" or "get_RootId" or "get_TraceStateString") => Effect.ReadsSpan,
            ("Activity", "get_ActivityTraceFlags") => Effect.ReadsSpan,
            ("Activity", _) when method.ReturnType.Name == "Activity" => Effect.ReturnsReceiver,
            ("ActivityExtensions", "AddException") => Effect.ReturnsFirst,
            ("ActivityContext", "Parse" or "TryParse" or ".ctor") => new Effect(EffectKind.CreatesContext),
            ("DistributedContextPropagator", "Inject") => new Effect(EffectKind.Injects),
            ("ActivityTraceId" or "ActivitySpanId", "ToString" or "ToHexString") => Effect.ComposesText,
            ("ActivityLink", ".ctor") => Effect.ReturnsFirst,
            ("Activity" or "ActivitySource" or "ActivityContext" or "ActivityLink" or "ActivityTraceId" or "ActivitySpanId", _)
                => Effect.Computes,
            _ => null,
        };
}

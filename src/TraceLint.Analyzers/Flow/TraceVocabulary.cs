namespace TraceLint.Flow;

/// <summary>
/// The one vocabulary of tracing: what the names of headers, members, methods and conditions say. A name decides where it is worth looking, and
/// where a rule cannot know and is silent; it is never enough to call a context carried.
/// </summary>
internal static class TraceVocabulary
{
    // W3C Trace Context, B3, Jaeger, AWS X-Ray, SkyWalking, Elastic, New Relic, Datadog, MassTransit, Azure and CloudEvents.
    private static readonly HashSet<string> s_contextHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "traceparent", "ce_traceparent", "ce-traceparent", "parent-id", "b3", "X-B3-TraceId", "uber-trace-id", "X-Amzn-Trace-Id",
        "AWSTraceHeader", "sw8", "elastic-apm-traceparent", "newrelic", "x-datadog-trace-id", "MT-Activity-Id", "Diagnostic-Id", "Request-Id",
    };

    // They belong to a context and carry none by themselves.
    private static readonly HashSet<string> s_companions = new(StringComparer.OrdinalIgnoreCase) { "tracestate", "baggage" };

    private static readonly Vocabulary s_tracing = new(
        "trace*", "tracing", "span", "spans", "spanid", "spancontext", "activity", "activities", "activityid", "activitycontext", "propagat*",
        "telemetry", "opentelemetry", "otel", "apm", "b3", "datadog", "newrelic", "observability", "diagnostic*", "distributedtrac*");

    // What a context is kept in: a member of a message, an envelope, a row.
    private static readonly Vocabulary s_context = new(
        "traceparent", "tracecontext", "traceid", "spanid", "spancontext", "activityid", "activitycontext", "propagationcontext",
        "tracingcontext", "traceheader", "traceheaders", "tracecarrier", "diagnosticid", "telemetrycontext");

    private static readonly Vocabulary s_carriers = new("baggage", "carrier", "context", "contexts", "correlat*", "header*", "metadata", "propert*");

    private static readonly Vocabulary s_settings = s_tracing.And("config*", "disable*", "enable*", "feature*", "option*", "setting*");

    private static readonly Vocabulary s_conditions = s_settings.And(
        "attribute*", "baggage", "carrier", "context", "current", "flag", "flags", "header*", "instrument*", "listener*", "message*", "parent",
        "propert*", "request", "requests", "sample", "sampled", "sampler", "sampling");

    private static readonly Vocabulary s_helpers = s_tracing.And("context*", "correlat*", "enrich*", "header*", "inject*", "instrument*");

    private static readonly Vocabulary s_extraction = new(
        "extract*", "propagationcontext", "parentcontext", "spancontext", "tracecontext", "traceparent", "activitycontext", "distributedtrac*");

    private static readonly Vocabulary s_spans = new("activity", "activities", "span", "spans");

    private static readonly Vocabulary s_spanHelpers = s_spans.And("begin*", "start*");

    private static readonly Vocabulary s_injection = new("inject*");

    private static readonly Vocabulary s_headerNames = s_tracing.And("parent", "sw8", "requestid");

    private static readonly Vocabulary s_queuedMembers = s_tracing.And(
        "activity", "baggage", "completion", "context", "contexts", "correlat*", "header*", "metadata", "parentcontext", "parentid", "parentspan", "propert*");

    /// <summary>Whether a header of this name carries a context, for certain.</summary>
    public static bool IsContextHeader(string name) => s_contextHeaders.Contains(name);

    /// <summary>Whether a header of this name belongs to a context: one that carries it, or <c>tracestate</c>.</summary>
    public static bool BelongsToContext(string name) => IsContextHeader(name) || string.Equals(name, "tracestate", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a header of this name carries no context, for certain, although its name is about tracing.</summary>
    public static bool IsCompanionHeader(string name) => s_companions.Contains(name);

    /// <summary>Whether a header of this name may carry a context: a known name, or a team's own.</summary>
    public static bool MayBeContextHeader(string name) => IsContextHeader(name) || s_tracing.IsIn(name);

    /// <summary>Whether a constant of this name, or a literal, may name a header with a context.</summary>
    public static bool MayNameContextHeader(string name) => IsContextHeader(name) || s_headerNames.IsIn(name);

    /// <summary>Whether a name is about tracing.</summary>
    public static bool IsAboutTracing(string name) => s_tracing.IsIn(name);

    /// <summary>Whether a member, variable or key of this name holds a context, or the ids of one.</summary>
    public static bool HoldsContext(string name) => s_context.IsIn(name);

    /// <summary>Whether something of this name may be a carrier, or hold a context among other things.</summary>
    public static bool MayHoldContext(string name) => s_tracing.IsIn(name) || s_carriers.IsIn(name);

    /// <summary>Whether a member of an item in a queue may have to do with its context, going by its name.</summary>
    public static bool MayHoldContextOfItem(string name) => s_queuedMembers.IsIn(name) || string.Equals(name, "parent", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a condition that mentions this name decides on tracing.</summary>
    public static bool DecidesOnTracing(string name) => s_tracing.IsIn(name);

    /// <summary>Whether a condition that mentions this name decides on tracing or on a setting.</summary>
    public static bool DecidesOnSettings(string name) => s_settings.IsIn(name);

    /// <summary>Whether a condition that mentions this name decides on tracing, a setting, or a part of the message that has to do with its context.</summary>
    public static bool DecidesOnMessage(string name) => s_conditions.IsIn(name);

    /// <summary>Whether a helper of this name may inject a context.</summary>
    public static bool MayInject(string name) => s_helpers.IsIn(name);

    /// <summary>Whether a method of this name injects.</summary>
    public static bool Injects(string name) => s_injection.IsIn(name);

    /// <summary>Whether a method of this name, of a library, extracts a context.</summary>
    public static bool Extracts(string name) => s_extraction.IsIn(name);

    /// <summary>Whether a call of this name may start a span, or return one.</summary>
    public static bool IsAboutSpans(string name) => s_spans.IsIn(name);

    /// <summary>Whether a helper of this name may start a span.</summary>
    public static bool MayStartSpan(string name) => s_spanHelpers.IsIn(name);
}

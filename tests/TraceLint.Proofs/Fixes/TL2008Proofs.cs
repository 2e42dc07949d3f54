using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Parents that are set when the span has been started. An id alone has no trace state, before and after the fix.</summary>
public sealed class TL2008Proofs : FixProofs<TL2008Proofs>
{
    public static Proof RulesPage => new()
    {
        Code = ServiceCode.Kafka(
            Kit.RulesPage.Fixed("TL2008")[0].Replace("json.Substring(0, 55)", "Text(consumed.Message.Headers, \"traceparent\")!", StringComparison.Ordinal),
            ServiceCode.ExtractFromHeaders, parameters: "ConsumeResult<string, string> consumed"),
        Broken = "root(publish) | orders process",
        Whole = "root(publish(>orders process{no tracestate}))",
    };

    public static Proof IdsAndFlags => new()
    {
        Code = ServiceCode.Kafka("""
            var context = Extract(consumed.Message.Headers);
            using var activity = source.StartActivity("process", ActivityKind.Consumer);
            activity?.SetParentId(context.TraceId, context.SpanId, context.TraceFlags);
            """, ServiceCode.ExtractFromHeaders, parameters: "ConsumeResult<string, string> consumed"),
        Broken = "root(publish) | process",
        Whole = "root(publish(>process{no tracestate}))",
    };

    public static Proof NewActivity => new()
    {
        Code = ServiceCode.Kafka("""
            var traceParent = Text(consumed.Message.Headers, "traceparent")!;
            using var activity = new Activity("process").Start();
            activity.SetParentId(traceParent);
            using var price = source.StartActivity("price");
            """, ServiceCode.ExtractFromHeaders, parameters: "ConsumeResult<string, string> consumed"),
        Broken = "root(publish) | process{unsampled}",
        Whole = "root(publish(>process{no tracestate}(price{no tracestate})))",
    };

    public static Proof CreatedActivity => new()
    {
        Code = ServiceCode.Kafka("""
            var traceParent = Text(consumed.Message.Headers, "traceparent");
            using var activity = source.CreateActivity("process", ActivityKind.Consumer);
            if (activity != null)
            {
                if (traceParent != null)
                {
                    activity.SetParentId(traceParent);
                }

                activity.Start();
            }

            using var price = source.StartActivity("price");
            """, ServiceCode.ExtractFromHeaders, parameters: "ConsumeResult<string, string> consumed"),
        // The sampler of the SDK asks for the trace id; a listener need not.
        Broken = "root(publish) | process{parent unknown}(price)",
        BrokenUnsampled = "root | process{parent unknown}(price)",
        Dialects = Dialect.OpenTelemetry,
        Whole = "root(publish(>process{no tracestate}(price{no tracestate})))",
    };

    public static Proof CreatedActivityInOneExpression => new()
    {
        Code = ServiceCode.Kafka("""
            var traceParent = Text(consumed.Message.Headers, "traceparent")!;
            using var activity = source.CreateActivity("process", ActivityKind.Consumer)?.SetParentId(traceParent).Start();
            using var price = source.StartActivity("price");
            """, ServiceCode.ExtractFromHeaders, parameters: "ConsumeResult<string, string> consumed"),
        Broken = "root(publish) | process{parent unknown}(price)",
        Dialects = Dialect.OpenTelemetry,
        Whole = "root(publish(>process{no tracestate}(price{no tracestate})))",
    };

    // With a listener, the trace is the sender's, but it is recorded from here on when the sender is not.
    public static Proof CreatedActivityUnderAListener => new()
    {
        Code = ServiceCode.Kafka("""
            var traceParent = Text(consumed.Message.Headers, "traceparent")!;
            using var activity = source.CreateActivity("process", ActivityKind.Consumer);
            activity?.SetParentId(traceParent);
            activity?.Start();
            """, ServiceCode.ExtractFromHeaders, parameters: "ConsumeResult<string, string> consumed"),
        Broken = "root(publish(>process{no tracestate}))",
        BrokenUnsampled = "root(process{no tracestate, sampled})",
        Dialects = Dialect.SystemDiagnostics,
        Whole = "root(publish(>process{no tracestate}))",
    };
}

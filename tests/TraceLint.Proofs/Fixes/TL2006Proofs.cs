using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>
/// Remote parents that are not marked remote: of one that is not sampled no span is made, and what runs below starts a new trace.
/// </summary>
public sealed class TL2006Proofs : FixProofs<TL2006Proofs>
{
    // Of a trace that is sampled only the state is lost.
    private const string WithoutState = "root(publish(>process{no tracestate}(price{no tracestate})))";

    public static Proof TryParse => Consumer("""
        ActivityContext.TryParse(Text(consumed.Message.Headers, "traceparent"), Text(consumed.Message.Headers, "tracestate"), out var parent);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        """);

    public static Proof ParentId => Consumer("""
        using var activity = source.StartActivity("process", ActivityKind.Consumer, Text(consumed.Message.Headers, "traceparent"));
        """) with { Broken = WithoutState };

    public static Proof StateLeftOut => Consumer("""
        var text = consumed.Message.Headers.TryGetLastBytes("traceparent", out var bytes) ? Encoding.UTF8.GetString(bytes) : null;
        ActivityContext.TryParse(text, null, out var parent);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        """) with { Broken = WithoutState };

    public static Proof StateLeftOutWithBytes => Consumer("""
        using var activity = source.StartActivity("process", ActivityKind.Consumer, Encoding.UTF8.GetString(consumed.Message.Headers.GetLastBytes("traceparent")));
        """) with { Broken = WithoutState };

    public static Proof Parse => Consumer("""
        var parent = ActivityContext.Parse(Text(consumed.Message.Headers, "traceparent")!, Text(consumed.Message.Headers, "tracestate"));
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        """);

    public static Proof ContextOfIds => Consumer("""
        var text = Text(consumed.Message.Headers, "traceparent")!;
        var flags = text.EndsWith("1") ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None;
        var parent = new ActivityContext(ActivityTraceId.CreateFromString(text.AsSpan(3, 32)), ActivitySpanId.CreateFromString(text.AsSpan(36, 16)), flags, Text(consumed.Message.Headers, "tracestate"));
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        """);

    private static Proof Consumer(string statements) => new()
    {
        Code = ServiceCode.Kafka(
            statements + "\nusing var price = source.StartActivity(\"price\");", ServiceCode.ExtractFromHeaders, parameters: "ConsumeResult<string, string> consumed"),
        BrokenUnsampled = "root | price",
        Whole = "root(publish(>process(price)))",
    };
}

using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Sampling flags that are made up: right for one root, wrong for the other. What is written by hand has no trace state.</summary>
public sealed class TL4001Proofs : FixProofs<TL4001Proofs>
{
    public static Proof RulesPageText => Header(RulesPage.Fixed("TL4001")[0]) with
    {
        BrokenUnsampled = "root(orders{no baggage, no tracestate, sampled})",
    };

    public static Proof NeverSampled => Header("""
        var activity = Activity.Current!;
        var traceParent = $"00-{activity.TraceId}-{activity.SpanId}-00";
        """) with
    {
        Broken = "root(>orders{no baggage, no tracestate, unsampled})",
        BrokenUnsampled = "root(orders{no baggage, no tracestate})",
    };

    public static Proof ContextAsText => Header("""
        var context = Activity.Current!.Context;
        var traceParent = $"00-{context.TraceId}-{context.SpanId}-01";
        """) with
    {
        BrokenUnsampled = "root(orders{no baggage, no tracestate, sampled})",
    };

    public static Proof ContextAsConcatenatedText => Header("""
        var context = Activity.Current!.Context;
        var traceParent = "00-" + context.TraceId + "-" + context.SpanId + "-01";
        """) with
    {
        BrokenUnsampled = "root(orders{no baggage, no tracestate, sampled})",
    };

    public static Proof RulesPageContext => new()
    {
        Code = ServiceCode.Kafka(RulesPage.Fixed("TL4001")[1], usings: ServiceCode.OpenTelemetry, parameters: "ConsumeResult<string, string> consumed"),
        Dialects = Dialect.OpenTelemetry,
        BrokenUnsampled = "root(orders process{no tracestate, sampled})",
        Whole = "root(publish(>orders process{no tracestate}))",
    };

    private static Proof Header(string statements) => new()
    {
        Code = ServiceCode.Kafka(statements + "\n" + """
            var headers = new Headers();
            headers.Add("traceparent", Encoding.UTF8.GetBytes(traceParent));
            await producer.ProduceAsync("orders", new Message<string, string> { Value = "new", Headers = headers });
            """),
        Whole = "root(>orders{no baggage, no tracestate})",
    };
}

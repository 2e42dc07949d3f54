using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>
/// Parents that are set without their flags: spans count as not sampled, and so does what is below them. Ids alone have no
/// trace state, before and after the fix.
/// </summary>
[Unproved(Gap.UnsampledRoot, UnprovedAttribute.NotRecorded)]
public sealed class TL4002Proofs : FixProofs<TL4002Proofs>
{
    public static Proof RulesPage => new()
    {
        Code = ServiceCode.Method("", Kit.RulesPage.Fixed("TL4002")[0]),
        Broken = "root(orders process{no tracestate, unsampled})",
        BrokenUnsampled = "root(orders process{no tracestate})",
        Whole = "root(>orders process{no tracestate})",
    };

    public static Proof ChildrenOfTheSpan => new()
    {
        Code = ServiceCode.Method("", """
            var parent = Activity.Current!;
            using var activity = new Activity("process").SetParentId(parent.TraceId, parent.SpanId).Start();
            using var price = source.StartActivity("price");
            """),
        Broken = "root(process{no tracestate, unsampled})",
        BrokenUnsampled = "root(process{no tracestate})",
        Whole = "root(>process{no tracestate}(price{no tracestate}))",
    };
}

using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Spans beside the one that runs, and not below it.</summary>
[Unproved(Gap.UnsampledRoot, UnprovedAttribute.NotRecorded)]
public sealed class TL4004Proofs : FixProofs<TL4004Proofs>
{
    public static Proof RulesPage => new()
    {
        Code = ServiceCode.Method("", Kit.RulesPage.Fixed("TL4004")[0]),
        Broken = "root + price order{no tracestate, parent unknown}",
        Whole = "root(price order)",
    };

    public static Proof ParentOfALocal => new()
    {
        Code = ServiceCode.Method("", """
            using var order = source.StartActivity("order");
            using var price = source.StartActivity("price", ActivityKind.Internal, order?.ParentId);
            """),
        Broken = "root(order, price{no tracestate})",
        Whole = "root(order(price))",
    };
}

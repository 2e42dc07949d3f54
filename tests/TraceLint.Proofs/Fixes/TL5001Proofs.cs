using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Names that are different for every order.</summary>
[Unproved(Gap.UnsampledRoot, UnprovedAttribute.NotRecorded)]
public sealed class TL5001Proofs : FixProofs<TL5001Proofs>
{
    public static Proof RulesPage => new()
    {
        Code = ServiceCode.Method("", Kit.RulesPage.Fixed("TL5001")[0]),
        Broken = "root(process order 7)",
        Whole = "root(process order{order.id=7})",
    };
}

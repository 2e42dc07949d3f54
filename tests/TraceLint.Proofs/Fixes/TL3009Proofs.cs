using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Spans that are not stopped: they are never exported, and what comes after them becomes their child.</summary>
[Unproved(Gap.UnsampledRoot, UnprovedAttribute.NotRecorded)]
public sealed class TL3009Proofs : FixProofs<TL3009Proofs>
{
    public static Proof RulesPage => new()
    {
        Code = ServiceCode.Method("", Kit.RulesPage.Fixed("TL3009")[0]),
        Broken = "root(reserve{never ended})",
        Whole = "root(reserve{order=7})",
    };

    public static Proof SpanAfterSpanInALoop => new()
    {
        Code = ServiceCode.Method("", """
            foreach (var line in order.Lines)
            {
                var activity = source.StartActivity("reserve");
                activity?.SetTag("line", line);
            }
            """),
        Broken = "root(reserve{never ended}(reserve{never ended}))",
        Whole = "root(reserve{line=keyboard}, reserve{line=cable})",
    };

    public static Proof ExceptionBeforeTheStop => new()
    {
        Code = ServiceCode.Method("", """
            try
            {
                await Reserve();
            }
            catch (InvalidOperationException)
            {
                using var activity = source.StartActivity("apologize");
            }
            """, """
            private static async Task Reserve()
            {
                var activity = source.StartActivity("reserve");
                await Task.FromException(new InvalidOperationException("Sold out."));
                activity?.Stop();
            }
            """),
        Broken = "root(reserve{never ended}, apologize)",
        Whole = "root(reserve, apologize)",
    };
}

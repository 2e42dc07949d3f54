using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>An await inside SuppressFlow: the end of the block throws, and what comes after it never runs.</summary>
[Unproved(Gap.UnsampledRoot, UnprovedAttribute.NotRecorded)]
public sealed class TL3008Proofs : FixProofs<TL3008Proofs>
{
    public static Proof Statement => Of("await Task.Delay(1).ConfigureAwait(false);");

    public static Proof OfATask => Of("await Task.Run(() => Task.Delay(1));");

    private static Proof Of(string awaiting) => new()
    {
        Code = ServiceCode.Method("", """
            try
            {
                await WorkAsync();
                using (source.StartActivity("done")) { }
            }
            catch (InvalidOperationException)
            {
                using (source.StartActivity("failed")) { }
            }
            """, $$"""
            private static async Task WorkAsync()
            {
                using (ExecutionContext.SuppressFlow())
                {
                    {{awaiting}}
                }
            }
            """),
        Broken = "root(failed)",
        Whole = "root(done)",
    };
}

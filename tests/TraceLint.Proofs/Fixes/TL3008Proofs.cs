using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Awaits inside SuppressFlow, which throws when the block ends.</summary>
public sealed class TL3008Proofs : FixProofs<TL3008Proofs>
{
    public static Proof RulesPage => new()
    {
        Code = ServiceCode.Method("", "using var activity = source.StartActivity(\"stop\");\n" + Kit.RulesPage.Fixed("TL3008")[0], """
            private static async Task FlushAsync()
            {
                await Task.Delay(1);
            }
            """),
        Broken = "root{throws InvalidOperationException}(stop)",
        Whole = "root(stop)",
    };
}

using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Processes of which nothing is known, started in a span: this one traces.</summary>
public sealed class TL3011Proofs : FixProofs<TL3011Proofs>
{
    public static Proof RulesPageCommand => Start(RulesPage.Fixed("TL3011")[0].Replace("\"label-printer\"", "program, report", StringComparison.Ordinal));

    public static Proof StartInfo => Start("""
        using var activity = source.StartActivity("print");
        using var process = Process.Start(new ProcessStartInfo(program, report));
        """);

    private static Proof Start(string statements) => new()
    {
        Code = ServiceCode.Method("string program, string report", $"""
            {statements}
            await process!.WaitForExitAsync();
            """),
        Broken = "root(print) | child{no baggage, parent unknown}",
        Whole = "root(print(>child))",
    };
}

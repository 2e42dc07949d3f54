using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>
/// Processes that are started without trace context, by a process that was itself started in a trace, long ago: without the fix its
/// children are in that one.
/// </summary>
public sealed class TL3010Proofs : FixProofs<TL3010Proofs>
{
    public static Proof RulesPageCommand => new()
    {
        Code = ServiceCode.Child($"""
            {RulesPage.Fixed("TL3010")[0].Replace("\"Invoices.dll\"", "$\"exec {child} {report}\"", StringComparison.Ordinal)}
            await process.WaitForExitAsync();
            """),
        Dialects = Dialect.OpenTelemetry,
        Broken = "root | child{no baggage, parent unknown}",
        Whole = "root(>child)",
    };

    public static Proof ListOfArguments => Start("""using var process = Process.Start("dotnet", new[] { "exec", child, report });""");

    public static Proof StartInfo => Start("""
        var info = new ProcessStartInfo("dotnet", $"exec {child} {report}") { RedirectStandardOutput = true };
        using var process = Process.Start(info)!;
        """);

    public static Proof StartInfoInTheCall => Start("""using var process = Process.Start(new ProcessStartInfo("dotnet", $"exec {child} {report}") { UseShellExecute = false })!;""");

    public static Proof ProcessWithItsStartInfo => Start("""
        using var process = new Process { StartInfo = new ProcessStartInfo("dotnet", $"exec {child} {report}") };
        process.Start();
        """);

    public static Proof CSharp7 => new()
    {
        Code = ServiceCode.Child("""
            using (source.StartActivity("run"))
            using (var process = Process.Start("dotnet", $"exec {child} {report}"))
            {
                process.WaitForExit();
            }
            """),
        Language = LanguageVersion.CSharp7_3,
        Broken = "root(run) | child{no baggage, parent unknown}",
        Whole = "root(run(>child))",
    };

    public static Proof CommandOfCliWrap => new()
    {
        Code = ServiceCode.Method("string child, string report", """
            using var activity = source.StartActivity("run");
            await Cli.Wrap("dotnet")
                .WithArguments(new[] { "exec", child, report })
                .ExecuteAsync();
            """, usings: "using CliWrap;"),
        Broken = "root(run) | child{no baggage, parent unknown}",
        Whole = "root(run(>child))",
    };

    private static Proof Start(string statements) => new()
    {
        Code = ServiceCode.Child($"""
            using var activity = source.StartActivity("run");
            {statements}
            await process.WaitForExitAsync();
            """),
        Broken = "root(run) | child{no baggage, parent unknown}",
        Whole = "root(run(>child))",
    };
}

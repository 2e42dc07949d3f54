using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

public class TL3010_ChildProcessWithoutContextTests
{
    private static Task Reports(string source, Setup? setup = null) => Verify<TL3010_ChildProcessWithoutContext>.Rule(source, setup);

    [Fact]
    public Task Program_ThatIsSaidToTrace() => Verify<TL3010_ChildProcessWithoutContext>.Rule(
        Sync("""Process.[|Start|]("/opt/acme/packer", "--all");"""), Setup.OpenTelemetry with { Config = "tracelint.tracing_programs = packer" });

    [Fact]
    public Task Dotnet_FileAndArguments() => Reports(Sync("""Process.[|Start|]("dotnet", $"worker.dll --order {order}");"""));

    [Theory]
    [InlineData("Path.Combine(order, \"worker.dll\")")]
    [InlineData("$\"{order}/worker.dll --once\"")]
    [InlineData("System.Reflection.Assembly.GetEntryAssembly()!.Location")]
    [InlineData("\"run --project Worker\"")]
    [InlineData("new[] { s_program, order }")]
    public Task Dotnet_AssemblyBehindWhatIsComputed(string arguments) => Reports(Sync($"""
        using var process = Process.[|Start|]("/usr/bin/dotnet", {arguments});
        process.WaitForExit();
        """, "private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, \"Worker.dll\");"));

    [Fact]
    public Task Dotnet_StartInfo() => Reports(Sync("""
        var info = new ProcessStartInfo("dotnet.exe", "exec worker.dll") { RedirectStandardOutput = true };
        info.Environment["ORDER"] = order;
        Process.[|Start|](info);
        """));

    [Fact]
    public Task Dotnet_ArgumentList() => Reports(Async("""
        var info = new ProcessStartInfo { FileName = "dotnet", UseShellExecute = false };
        info.ArgumentList.Add("run");
        info.ArgumentList.Add("--project");
        info.ArgumentList.Add(order);
        using var process = new Process { StartInfo = info };
        process.[|Start|]();
        await process.WaitForExitAsync();
        """));

    [Fact]
    public Task OwnExecutable_ProcessPath() => Reports(Sync("""Process.[|Start|](Environment.ProcessPath!, "worker");"""));

    [Fact]
    public Task OwnExecutable_ThroughALocal() => Reports(Sync("""
        var self = Environment.ProcessPath ?? throw new InvalidOperationException();
        Process.[|Start|](new ProcessStartInfo(self, ["worker", order]));
        """));

    [Fact]
    public Task OwnExecutable_MainModule() => Reports(Sync("""Process.[|Start|](Process.GetCurrentProcess().MainModule!.FileName, "worker");"""));

    [Fact]
    public Task OutputOfTheSolution() => Reports(
        Sync("""
            using var process = new Process();
            process.StartInfo.FileName = Path.Combine(AppContext.BaseDirectory, "Shop.Worker.exe");
            process.StartInfo.Arguments = order;
            process.[|Start|]();
            """),
        Setup.OpenTelemetry with { Assembly = "Shop.Api" });

    [Fact]
    public Task ProjectThatReadsTheContext() => Reports(Sync(
        """Process.[|Start|]("resizer", order);""",
        """public static string? Parent => Environment.GetEnvironmentVariable("TRACEPARENT");"""));

    [Fact]
    public Task StandardInput_OfAJobThatIsWaitedFor() => Reports(Sync("""
        var info = new ProcessStartInfo("dotnet", "worker.dll") { RedirectStandardInput = true };
        using var process = Process.[|Start|](info)!;
        process.StandardInput.Write(order);
        process.StandardInput.Close();
        process.WaitForExit();
        """));

    [Fact]
    public Task Program_WithinAnActivity() => Verify<TL3010_ChildProcessWithoutContext>.Program("""
        using System.Diagnostics;

        using var source = new ActivitySource("sample");
        using var activity = source.StartActivity("main");
        Process.[|Start|]("dotnet", "worker.dll");
        """);

    /// <summary>The start info is created in a branch, by a condition or by a method of the project.</summary>
    [Theory]
    [InlineData("Process.[|Start|](Info());")]
    [InlineData("var info = Info(); info.Environment[\"ORDER\"] = order; Process.[|Start|](info);")]
    [InlineData("ProcessStartInfo info; info = new(\"dotnet\", \"worker.dll\"); Process.[|Start|](info);")]
    [InlineData("ProcessStartInfo info; if (flag) { info = new(\"dotnet\", \"a.dll\"); } else { info = new(\"dotnet\", \"b.dll\"); } Process.[|Start|](info);")]
    [InlineData("Process.[|Start|](flag ? new ProcessStartInfo(\"dotnet\", \"a.dll\") : new ProcessStartInfo(\"dotnet\", \"b.dll\"));")]
    public Task StartInfo_CreatedInOtherWays(string statements)
        => Reports(Sync(statements, "private static ProcessStartInfo Info() => new(\"dotnet\", \"worker.dll\") { UseShellExecute = false };"));
}

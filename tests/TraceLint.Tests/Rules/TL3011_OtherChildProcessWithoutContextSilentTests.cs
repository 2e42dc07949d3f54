using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

public class TL3011_OtherChildProcessWithoutContextSilentTests
{
    private static Task Silent(string source) => Verify<TL3011_OtherChildProcessWithoutContext>.Rule(source);

    [Fact]
    public Task NoActivity() => Silent(Sync("""Process.Start("resizer", order);"""));

    [Fact]
    public Task AfterTheActivity() => Silent(Sync("""
        using (source.StartActivity("prepare"))
        {
            work.Do(order);
        }

        Process.Start("resizer", order);
        """));

    [Fact]
    public Task KnownToTrace_IsAnotherRules() => Silent(Sync("""
        using var activity = source.StartActivity("resize");
        Process.Start("dotnet", "worker.dll");
        """));

    [Fact]
    public Task KnownTools() => Silent(Sync("""
        using var activity = source.StartActivity("deploy");
        Process.Start("git", "pull");
        Process.Start("resizer", "--version");
        Process.Start(new ProcessStartInfo(order) { UseShellExecute = true });
        """));

    [Fact]
    public Task Injected() => Silent(Sync("""
        using var activity = source.StartActivity("resize");
        var info = new ProcessStartInfo("resizer", order);
        info.Environment["TRACEPARENT"] = activity?.Id;
        Process.Start(info);
        """));
}

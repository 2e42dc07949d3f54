using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

public class TL3011_OtherChildProcessWithoutContextTests
{
    private static Task Reports(string source) => Verify<TL3011_OtherChildProcessWithoutContext>.Rule(source);

    [Fact]
    public Task InsideAnActivity() => Reports(Sync("""
        using var activity = source.StartActivity("resize");
        Process.[|Start|]("resizer", order);
        """));

    [Fact]
    public Task InsideAnActivity_NameFromElsewhere() => Reports(Async("""
        using (source.StartActivity("convert"))
        {
            using var process = new Process { StartInfo = new ProcessStartInfo(order) { RedirectStandardOutput = true } };
            process.[|Start|]();
            await process.WaitForExitAsync();
        }
        """));

    [Fact]
    public Task InsideAnActivity_InALambda() => Reports(Async("""
        using var activity = source.StartActivity("resize");
        await Task.Run(() => Process.[|Start|](new ProcessStartInfo("resizer")));
        """));
}

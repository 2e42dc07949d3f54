using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.WorkCode;

namespace TraceLint.Tests.Rules;

public class TL3008_AwaitInsideSuppressFlowSilentTests
{
    [Theory]
    [InlineData("Task task; using (ExecutionContext.SuppressFlow()) { task = Save(order); } await task;")]
    [InlineData("using (ExecutionContext.SuppressFlow()) { _ = Task.Run(async () => await Save(order)); }")]
    [InlineData("using (ExecutionContext.SuppressFlow()) { _running = SaveAll(); async Task SaveAll() { await Save(order); } }")]
    [InlineData("using (ExecutionContext.SuppressFlow()) { Save(order).Wait(); }")]
    [InlineData("using (ExecutionContext.SuppressFlow()) { await Task.CompletedTask; }")]
    [InlineData("using var flow = ExecutionContext.SuppressFlow(); _running = Save(order); flow.Undo(); await _running;")]
    [InlineData("{ using var flow = ExecutionContext.SuppressFlow(); _running = Save(order); } await _running;")]
    [InlineData("await Save(order); using (ExecutionContext.SuppressFlow()) { Note(order); }")]
    [InlineData("using (ExecutionContext2.SuppressFlow()) { await Save(order); }")]
    [InlineData("using (_http) { await Save(order); }")]
    public Task Code(string statement) => Verify<TL3008_AwaitInsideSuppressFlow>.Rule(Method(
        statement, "private static class ExecutionContext2 { public static IDisposable SuppressFlow() => null; }"));

    [Fact]
    public Task ProjectThatDoesNotTrace() => Verify<TL3008_AwaitInsideSuppressFlow>.Rule("""
        using System.Threading;
        using System.Threading.Tasks;

        class Sample
        {
            async Task M() { using (ExecutionContext.SuppressFlow()) { await Task.Yield(); } }
        }
        """, new Setup(References.None));
}

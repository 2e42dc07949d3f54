using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.WorkCode;

namespace TraceLint.Tests.CodeFixes;

public class TL3008_AwaitAfterSuppressFlowTests
{
    [Fact]
    public Task LastAwait_MovesBehindTheBlock() => Fix(
        Method("""
            // Nobody's.
            using (ExecutionContext.SuppressFlow())
            {
                Note(order);
                [|await|] Task.Run(() => Note(order)).ConfigureAwait(false); // cut off
            }

            Note(order);
            """),
        Method("""
            // Nobody's.
            Task task;
            using (ExecutionContext.SuppressFlow())
            {
                Note(order);
                task = Task.Run(() => Note(order)); // cut off
            }
            await task.ConfigureAwait(false);

            Note(order);
            """));

    [Fact]
    public Task Result_IsReturnedBehindTheBlock() => Fix(
        Class("""
            public async Task<int> Count(string task)
            {
                using (ExecutionContext.SuppressFlow())
                {
                    return [|await|] Task.Run(() => task.Length);
                }
            }
            """),
        Class("""
            public async Task<int> Count(string task)
            {
                Task<int> started;
                using (ExecutionContext.SuppressFlow())
                {
                    started = Task.Run(() => task.Length);
                }
                return await started;
            }
            """));

    [Theory]
    [InlineData("using (ExecutionContext.SuppressFlow()) { [|await|] Save(order); Note(order); }")]
    [InlineData("using (ExecutionContext.SuppressFlow()) { [|await|] Save(order); await Save(order); }")]
    [InlineData("using (ExecutionContext.SuppressFlow()) { if (order.Length > 0) { [|await|] Save(order); } }")]
    [InlineData("using (ExecutionContext.SuppressFlow()) { [|await|] Task.Yield(); }")]
    [InlineData("using var flow = ExecutionContext.SuppressFlow(); [|await|] Save(order);")]
    [InlineData("if (order.Length > 0) using (ExecutionContext.SuppressFlow()) { [|await|] Save(order); }")]
    public Task OtherAwaits_AreLeftAlone(string statement) => Verify<TL3008_AwaitInsideSuppressFlow>.NoFix<TL3008_AwaitAfterSuppressFlow>(Method(statement));

    private static Task Fix(string source, string @fixed) => Verify<TL3008_AwaitInsideSuppressFlow>.Fix<TL3008_AwaitAfterSuppressFlow>(source, @fixed);
}

using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.WorkCode;

namespace TraceLint.Tests.Rules;

public class TL3008_AwaitInsideSuppressFlowTests
{
    [Theory]
    [InlineData("using (ExecutionContext.SuppressFlow()) { [|await|] Save(order); }")]
    [InlineData("using (var flow = ExecutionContext.SuppressFlow()) { Note(order); [|await|] Save(order).ConfigureAwait(false); }")]
    [InlineData("using (System.Threading.ExecutionContext.SuppressFlow()) [|await|] Save(order);")]
    [InlineData("using var flow = ExecutionContext.SuppressFlow(); [|await|] Save(order);")]
    [InlineData("using (ExecutionContext.SuppressFlow()) { if (order.Length > 0) { [|await|] Task.Run(() => Note(order)); } }")]
    [InlineData("using (ExecutionContext.SuppressFlow()) { [|await|] foreach (var item in _orders.Reader.ReadAllAsync()) { } }")]
    [InlineData("using (ExecutionContext.SuppressFlow()) { [|await|] using var stream = System.IO.File.OpenRead(order); }")]
    [InlineData("using (ExecutionContext.SuppressFlow()) { [|await|] Save(order); await Save(order); }")]
    [InlineData("Func<Task> send = async () => { using (ExecutionContext.SuppressFlow()) { [|await|] Save(order); } }; await send();")]
    public Task Await(string statement) => Verify<TL3008_AwaitInsideSuppressFlow>.Rule(Method(statement));
}

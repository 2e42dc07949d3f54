using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.WorkCode;

namespace TraceLint.Tests.Rules;

public class TL3004_WorkOutlivesSpanSilentTests
{
    private const string Work = "Task.Run(async () => {\n await Save(order);\n await _http.GetAsync(order); })";

    [Theory]
    [InlineData("await " + Work + ";")]
    [InlineData("_running = " + Work + ";")]
    [InlineData("var work = " + Work + "; await Task.WhenAny(work, Save(order));")]
    [InlineData("using (ExecutionContext.SuppressFlow()) { _ = " + Work + "; }")]
    [InlineData("_ = Task.Run(() => Save(order));")]
    [InlineData("_ = Task.Run(() => _http.GetAsync(order));")]
    [InlineData("ThreadPool.UnsafeQueueUserWorkItem(_ => {\n Send(order); }, null);")]
    [InlineData("ThreadPool.UnsafeQueueUserWorkItem(_ => {\n _http.GetAsync(order); }, null);")]
    public Task Work_ThatIsKeptOrSendsNothing(string statement) => Verify(InSpan(statement, "private void Send(string order) => Note(order);"));

    [Fact]
    public Task Work_InASpanOfItsOwn() => Verify(InSpan("""
        _ = Task.Run(async () =>
        {
            using var own = source.StartActivity("save");
            await Save(order);
            await _http.GetAsync(order);
        });
        """));

    [Fact]
    public Task Work_InAUsingOfItsOwnSpan() => Verify(InSpan("""
        _ = Task.Run(async () =>
        {
            using (source.StartActivity("save"))
            {
                await _http.GetAsync(order);
            }
        });
        """));

    [Fact]
    public Task Work_WhoseMethodHasASpan() => Verify(InSpan("""
        _ = Task.Run(() => NotifyAsync(order));
        """, """
        private async Task NotifyAsync(string order)
        {
            using var own = source.StartActivity("notify");
            await _http.GetAsync(order);
        }
        """));

    [Fact]
    public Task Work_InATryWithASpan() => Verify(InSpan("""
        _ = Task.Run(async () =>
        {
            try
            {
                using var own = source.StartActivity("save");
                await _http.GetAsync(order);
            }
            catch (HttpRequestException e)
            {
                Note(e.Message);
            }
        });
        """));

    [Fact]
    public Task Work_WithAContextOfItsOwn() => Verify(InSpan("""
        var parent = Activity.Current?.Context ?? default;
        _ = Task.Run(async () =>
        {
            await Save(order);
            using var own = source.StartActivity("save", ActivityKind.Internal, parent);
            await _http.GetAsync(order);
        });
        """));

    [Fact]
    public Task NoSpan() => Verify(Method("_ = " + Work + ";"));

    [Fact]
    public Task WriteOnTheSpan_IsTL3003s() => Verify(InSpan("_ = Task.Run(async () => {\n await _http.GetAsync(order);\n activity?.SetTag(\"sent\", true); });"));

    [Theory]
    [InlineData("await Confirm(order);", "private async Task Confirm(string order) { await Task.Delay(100); await _http.PostAsync(order, null); }")]
    [InlineData("Confirm(order);", "private async void Confirm(string order) { await Task.Delay(100); Note(order); }")]
    [InlineData("Confirm(order);", "private void Confirm(string order) { Task.Delay(100).Wait(); _http.PostAsync(order, null).Wait(); }")]
    [InlineData("_running = Confirm(order);", "private async Task Confirm(string order) { await Task.Delay(100); await _http.PostAsync(order, null); }")]
    public Task MethodOfAnotherName_WaitedFor_OrWithoutWork(string call, string method) => Verify(InSpan(call, method));

    [Fact]
    public Task EndlessLoop_IsTL3002s() => Verify(InSpan("_ = Task.Run(async () => {\n while (true) { await _http.GetAsync(order); } });"));

    // What is sent before the first await is sent in time; the rest has a span of its own, or a context with it.
    [Theory]
    [InlineData("_ = NotifyAsync(order);", "await _http.PostAsync(order, null);")]
    [InlineData("_ = NotifyAsync(order);", "await _http.PostAsync(order, null); await _http.PostAsync(order, null);")]
    [InlineData("_ = NotifyAsync(order);", "using var own = source.StartActivity(\"notify\"); await Task.Delay(100); await _http.PostAsync(order, null);")]
    [InlineData("await NotifyAsync(order);", "await Task.Delay(100); await _http.PostAsync(order, null);")]
    [InlineData("_running = NotifyAsync(order);", "await Task.Delay(100); await _http.PostAsync(order, null);")]
    [InlineData("_ = NotifyAsync(order);", "await Task.Delay(100); Note(order);")]
    [InlineData("_ = NotifyAsync(order);", "while (true) { await Task.Delay(100); await _http.PostAsync(order, null); }")]
    public Task AsyncMethod_InTime_WaitedFor_OrOnItsOwn(string call, string statements) => Verify(InSpan(
        call, $"private async Task NotifyAsync(string order) {{ {statements} }}"));

    private static Task Verify(string source) => Verify<TL3004_WorkOutlivesSpan>.Rule(source);
}

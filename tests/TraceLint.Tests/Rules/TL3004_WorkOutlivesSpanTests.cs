using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.WorkCode;

namespace TraceLint.Tests.Rules;

public class TL3004_WorkOutlivesSpanTests
{
    [Fact]
    public Task Spans_OneAfterTheOther() => Verify(InSpan("""
        _ = Task.[|Run|](async () =>
        {
            using (source.StartActivity("save"))
            {
                await Save(order);
            }

            using (source.StartActivity("index"))
            {
                await Save(order);
            }
        });
        """));

    [Fact]
    public Task Request_OfAnInstrumentedClient() => Verify(InSpan("""
        _ = Task.[|Run|](async () =>
        {
            await Task.Delay(100);
            await _http.PostAsync(order, null);
        });
        """));

    [Fact]
    public Task Publish_ByAMethodOfTheProject() => Verify(InSpan("""
        ThreadPool.[|QueueUserWorkItem|](_ =>
        {
            Note(order);
            Send(order);
        });
        """, "private void Send(string order) => _http.PutAsync(order, null).Wait();"));

    [Fact]
    public Task Span_AfterOtherWork() => Verify(InSpan("""
        _ = Task.[|Run|](async () =>
        {
            await _http.GetAsync(order);
            using var own = source.StartActivity("save");
            await Save(order);
        });
        """));

    [Theory]
    [InlineData("await Task.Delay(100); await _http.PostAsync(order, null);")]
    [InlineData("await Save(order); using (source.StartActivity(\"index\")) { Note(order); } using (source.StartActivity(\"store\")) { Note(order); }")]
    public Task AsyncMethod_AfterItsFirstAwait(string statements) => Verify(InSpan(
        "_ = [|NotifyAsync|](order);", $"private async Task NotifyAsync(string order) {{ {statements} }}"));

    // An async method need not say so in its name.
    [Theory]
    [InlineData("_ = [|Confirm|](order);", "private async Task Confirm(string order)")]
    [InlineData("[|Confirm|](order);", "private async Task Confirm(string order)")]
    [InlineData("[|Confirm|](order);", "private async void Confirm(string order)")]
    public Task AsyncMethod_OfAnotherName(string call, string method)
        => Verify(InSpan(call, method + " { await Task.Delay(100); await _http.PostAsync(order, null); }"));

    private static Task Verify(string source) => Verify<TL3004_WorkOutlivesSpan>.Rule(source);
}

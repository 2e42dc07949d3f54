using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.WorkCode;

namespace TraceLint.Tests.Rules;

public class TL3003_WriteOnEndedSpanTests
{
    [Theory]
    [InlineData("_ = Task.[|Run|](async () => { await Save(order); activity?.SetTag(\"saved\", true); });")]
    [InlineData("Task.[|Run|](() => { Note(order); activity.AddEvent(new ActivityEvent(\"saved\")); });")]
    [InlineData("_ = Task.Factory.[|StartNew|](() => activity?.SetStatus(ActivityStatusCode.Ok));")]
    [InlineData("ThreadPool.[|QueueUserWorkItem|](_ => activity?.AddException(new Exception(order)));")]
    [InlineData("ThreadPool.[|UnsafeQueueUserWorkItem|](_ => activity?.SetTag(\"saved\", true), null);")]
    [InlineData("new Thread(() => activity?.AddTag(\"saved\", \"yes\")).[|Start|]();")]
    [InlineData("_ = Task.[|Run|](() => { activity.DisplayName = order; });")]
    [InlineData("_ = Task.[|Run|](() => activity?.SetTag(\"a\", 1).SetTag(\"b\", 2));")]
    [InlineData("_ = Task.[|Run|](() => activity!.AddLink(default));")]
    [InlineData("_ = Task.[|Run|](async () => { try { await Save(order); } catch (Exception e) { activity?.SetStatus(ActivityStatusCode.Error, e.Message); } });")]
    [InlineData("_ = Task.[|Run|](() => Activity.Current?.SetTag(\"saved\", true));")]
    [InlineData("_ = Task.[|Run|](async () => { await Save(order); Activity.Current.AddEvent(new ActivityEvent(\"saved\")); });")]
    [InlineData("var left = Task.[|Run|](() => activity?.SetTag(\"saved\", true));")]
    [InlineData("Task.[|Run|](() => activity?.SetTag(\"saved\", true)).ContinueWith(t => Note(\"done\"));")]
    [InlineData("Task.[|Run|](() => activity?.SetTag(\"saved\", true)).FireAndForget();")]
    public Task WriteOfWork_ThatNobodyWaitsFor(string statement) => Verify(InSpan(statement) + Forget);

    [Theory]
    [InlineData("Save(order).[|ContinueWith|](_ => activity?.SetTag(\"saved\", true));")]
    [InlineData("_ = Save(order).[|ContinueWith|](task => activity?.SetStatus(ActivityStatusCode.Error, task.Exception!.Message), TaskContinuationOptions.OnlyOnFaulted);")]
    [InlineData("var saving = Save(order); saving.[|ContinueWith|](_ => activity?.SetTag(\"saved\", true));")]
    [InlineData("Save(order).[|ContinueWith|](_ => Activity.Current?.SetTag(\"saved\", true));")]
    [InlineData("Save(order).[|ContinueWith|](_ => activity?.SetTag(\"saved\", true)).ContinueWith(_ => activity?.SetTag(\"noted\", true));")]
    [InlineData("Task.[|Run|](() => activity?.SetTag(\"a\", 1)).ContinueWith(_ => activity?.SetTag(\"b\", 2));")]
    public Task WriteOfAContinuation_ThatNobodyWaitsFor(string statement) => Verify(InSpan(statement));

    [Fact]
    public Task SpanOfAUsingStatement() => Verify(Method("""
        using (var saving = source.StartActivity("save"))
        {
            _ = Task.[|Run|](() => saving?.SetTag("saved", true));
        }
        """));

    [Theory]
    [InlineData("try { _ = Task.[|Run|](() => saving?.SetTag(\"saved\", true)); } finally { saving?.Dispose(); }")]
    [InlineData("_ = Task.[|Run|](async () => { await Save(order); saving?.SetTag(\"saved\", true); }); saving?.Stop();")]
    public Task SpanThatIsEndedByHand(string statements) => Verify(Method($"var saving = source.StartActivity(\"save\");\n{statements}"));

    [Theory]
    [InlineData("_ = Task.Run(() => saving?.SetTag(\"saved\", true));")]
    [InlineData("_ = Task.Run(() => { saving?.SetTag(\"saved\", true); saving?.Dispose(); });")]
    [InlineData("try { await Task.Run(() => saving?.SetTag(\"saved\", true)); } finally { saving?.Dispose(); }")]
    [InlineData("if (order.Length > 0) { _ = Task.Run(() => saving?.SetTag(\"saved\", true)); } else { saving?.Dispose(); }")]
    public Task SpanThatTheWorkMayEnd(string statements) => Verify(Method($"var saving = source.StartActivity(\"save\");\n{statements}"));

    [Fact]
    public Task SpanThatAnUnseenHelperStarts() => Verify(Method("""
        using var saving = Start(order);
        _ = Task.[|Run|](() => saving?.SetTag("saved", true));
        """, "private static extern Activity Start(string name);"));

    [Fact]
    public Task Write_AfterASpanOfTheWork() => Verify(InSpan("""
        _ = Task.[|Run|](async () =>
        {
            using (source.StartActivity("save"))
            {
                await Save(order);
            }

            activity?.SetTag("saved", true);
        });
        """));

    [Fact]
    public Task CurrentSpan_InAMethodThatIsHandedOver() => Verify(InSpan(
        "_ = Task.[|Run|](Finish);", "private void Finish() => Activity.Current?.SetTag(\"finished\", true);"));

    [Theory]
    [InlineData("_ = [|SaveAsync|](activity, order);", "SetTag")]
    [InlineData("[|SaveAsync|](activity, order);", "SetTag")]
    [InlineData("[|SaveAsync|](activity, order).FireAndForget();", "SetTag")]
    [InlineData("var left = [|SaveAsync|](activity, order);", "SetTag")]
    [InlineData("_ = [|SaveAsync|](tag: order, span: activity!);", "AddTag")]
    public Task AsyncMethod_ThatIsHandedTheSpan(string call, string write) => Verify(InSpan(call, $$"""
        private async Task SaveAsync(Activity span, string tag)
        {
            await Save(tag);
            span?.{{write}}("saved", tag);
        }
        """) + Forget);

    [Theory]
    [InlineData("await Save(order); Activity.Current?.SetTag(\"saved\", true);")]
    [InlineData("try { await Save(order); } catch (Exception e) { Activity.Current?.SetStatus(ActivityStatusCode.Error, e.Message); }")]
    [InlineData("foreach (var c in order) { await Save(order); Activity.Current?.SetTag(\"saved\", c); }")]
    [InlineData("await foreach (var c in _orders.Reader.ReadAllAsync()) { Activity.Current?.SetTag(\"saved\", c); if (c == order) break; }")]
    [InlineData("if (await _orders.Reader.WaitToReadAsync()) { Activity.Current?.SetTag(\"saved\", true); }")]
    [InlineData("Activity.Current?.SetTag(\"saved\", await _orders.Reader.WaitToReadAsync());")]
    public Task AsyncMethod_ThatWritesOnTheCurrentSpan(string statements) => Verify(InSpan(
        "_ = [|SaveAsync|](order);", $"private async Task SaveAsync(string order) {{ {statements} }}"));

    [Fact]
    public Task AsyncLocalFunction_ThatCapturesTheSpan() => Verify(InSpan("""
        _ = [|SaveAsync|]();

        async Task SaveAsync()
        {
            await Save(order);
            activity?.SetTag("saved", true);
        }
        """));

    [Fact]
    public Task AsyncVoid() => Verify(InSpan(
        "[|SaveAsync|]();", "private async void SaveAsync() { await Task.Delay(10); Activity.Current?.SetTag(\"saved\", true); }"));

    private const string Forget = "public static class Tasks { public static void FireAndForget(this Task task) { } }";

    private static Task Verify(string source) => Verify<TL3003_WriteOnEndedSpan>.Rule(source);
}

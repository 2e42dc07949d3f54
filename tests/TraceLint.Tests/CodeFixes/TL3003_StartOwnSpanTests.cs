using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.WorkCode;

namespace TraceLint.Tests.CodeFixes;

public class TL3003_StartOwnSpanTests
{
    [Fact]
    public Task Writes_GoToTheSpanOfTheWork() => Fix(
        InSpan("""
            _ = Task.[|Run|](async () =>
            {
                await Save(order);
                activity?.SetTag("saved", true);
                activity.AddEvent(new ActivityEvent("saved"));
            });
            activity?.SetTag("left", true);
            """),
        InSpan("""
            _ = Task.Run(async () =>
            {
                using var background = source.StartActivity("handle background");
                await Save(order);
                background?.SetTag("saved", true);
                background?.AddEvent(new ActivityEvent("saved"));
            });
            activity?.SetTag("left", true);
            """));

    [Fact]
    public Task Arrow_BecomesABlock() => Fix(
        InSpan("ThreadPool.[|QueueUserWorkItem|](_ => activity?.SetTag(\"saved\", true));"),
        InSpan("""
            ThreadPool.QueueUserWorkItem(_ =>
            {
                using var background = source.StartActivity("handle background");
                background?.SetTag("saved", true);
            });
            """));

    [Fact]
    public Task Continuation_HasASpanOfItsOwn() => Fix(
        InSpan("Save(order).[|ContinueWith|](_ => activity?.SetTag(\"saved\", true));"),
        InSpan("""
            Save(order).ContinueWith(_ =>
            {
                using var background = source.StartActivity("handle background");
                background?.SetTag("saved", true);
            });
            """));

    [Fact]
    public Task CurrentSpan_IsThatOfTheWork() => Fix(
        InSpan("""
            var background = 1;
            new Thread(() =>
            {
                Note(order);
                Activity.Current?.SetTag("saved", background);
            }).[|Start|]();
            """),
        InSpan("""
            var background = 1;
            new Thread(() =>
            {
                using var own = source.StartActivity("handle background");
                Note(order);
                Activity.Current?.SetTag("saved", background);
            }).Start();
            """));

    [Fact]
    public Task SpansOfTheWork_GetOneAboveThem() => Verify<TL3004_WorkOutlivesSpan>.Fix<TL3003_StartOwnSpan>(
        InSpan("""
            _ = Task.[|Run|](async () =>
            {
                await Save(order);
                await _http.GetAsync(order);
            });
            """),
        InSpan("""
            _ = Task.Run(async () =>
            {
                using var background = source.StartActivity("handle background");
                await Save(order);
                await _http.GetAsync(order);
            });
            """));

    [Theory]
    [InlineData("_ = Task.[|Run|](() => { activity.DisplayName = order; });")]
    [InlineData("_ = Task.[|Run|](() => { var other = activity.SetTag(\"saved\", true); });")]
    [InlineData("_ = Task.[|Run|](() => { activity?.SetTag(\"saved\", true); return Save(order); });")]
    [InlineData("_ = Task.[|Run|](Finish);")]
    public Task OtherWrites_AreLeftAlone(string statement) => NoFix(InSpan(statement, "private void Finish() => Activity.Current?.SetTag(\"finished\", true);"));

    [Fact]
    public Task SpanOfAHelper_IsLeftAlone() => NoFix(Method("""
        using var saving = Begin();
        _ = Task.[|Run|](() => saving?.SetTag("saved", true));
        """, "private static Activity Begin() => source.StartActivity(\"begin\");"));

    [Fact]
    public Task OldCSharp_IsLeftAlone() => NoFix(Method("""
        using (var saving = source.StartActivity("save"))
        {
            _ = Task.[|Run|](() => saving?.SetTag("saved", true));
        }
        """), Setup.OpenTelemetry with { Language = LanguageVersion.CSharp7_3, Nullable = false });

    [Fact]
    public Task AsyncMethod_IsLeftAlone() => NoFix(InSpan("_ = [|SaveAsync|](() => Note(order));", """
        private async Task SaveAsync(Action done)
        {
            await Save("order");
            Activity.Current?.SetTag("saved", true);
            done();
        }
        """));

    private static Task Fix(string source, string @fixed) => Verify<TL3003_WriteOnEndedSpan>.Fix<TL3003_StartOwnSpan>(source, @fixed);

    private static Task NoFix(string source, Setup? setup = null) => Verify<TL3003_WriteOnEndedSpan>.NoFix<TL3003_StartOwnSpan>(source, setup);
}

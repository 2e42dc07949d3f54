using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.WorkCode;

namespace TraceLint.Tests.Rules;

public class TL3003_WriteOnEndedSpanSilentTests
{
    private const string Work = "Task.Run(async () => { await Save(order); activity?.SetTag(\"saved\", true); })";

    [Theory]
    [InlineData("await " + Work + ";")]
    [InlineData("var work = " + Work + "; await Save(order); await work;")]
    [InlineData("var work = " + Work + "; await Task.WhenAll(work, Save(order));")]
    [InlineData("await Task.WhenAll(" + Work + ", " + Work + ");")]
    [InlineData("var tasks = new List<Task>(); tasks.Add(" + Work + "); await Task.WhenAll(tasks);")]
    [InlineData("var tasks = order.Select(c => " + Work + ").ToArray(); await Task.WhenAll(tasks);")]
    [InlineData(Work + ".Wait();")]
    [InlineData(Work + ".GetAwaiter().GetResult();")]
    [InlineData("_running = " + Work + ";")]
    [InlineData("_tasks.Add(" + Work + ");")]
    [InlineData("var work = " + Work + "; _tasks.Add(work);")]
    [InlineData("var thread = new Thread(() => activity?.SetTag(\"saved\", true)); thread.Start(); thread.Join();")]
    [InlineData("Parallel.For(0, 3, i => activity?.AddEvent(new ActivityEvent(\"step\")));")]
    [InlineData("using var registration = cancellation.Register(() => activity?.SetStatus(ActivityStatusCode.Error));")]
    public Task Work_ThatSomebodyWaitsFor(string statement) => Verify(InSpan(statement, "private readonly List<Task> _tasks = new List<Task>();"));

    [Theory]
    [InlineData("var done = new TaskCompletionSource<bool>(); _ = Task.Run(() => { activity?.SetTag(\"saved\", true); done.SetResult(true); }); await done.Task;")]
    [InlineData("using var done = new ManualResetEventSlim(); ThreadPool.QueueUserWorkItem(_ => { activity?.SetTag(\"saved\", true); done.Set(); }); done.Wait();")]
    [InlineData("using var count = new CountdownEvent(1); new Thread(() => { activity?.SetTag(\"saved\", true); count.Signal(); }).Start(); count.Wait(cancellation);")]
    [InlineData("var results = Channel.CreateUnbounded<int>(); _ = Task.Run(() => { activity?.SetTag(\"saved\", true); results.Writer.Complete(); }); await foreach (var r in results.Reader.ReadAllAsync()) { }")]
    [InlineData("_ = Task.Run(() => { activity?.SetTag(\"saved\", true); _gate.Release(); }); await _gate.WaitAsync();")]
    public Task Method_ThatWaitsForASignalOfTheWork(string statements) => Verify(InSpan(statements, "private readonly SemaphoreSlim _gate = new SemaphoreSlim(0);"));

    [Fact]
    public Task Work_ThatIsReturned() => Verify(Class("""
        public Task Handle(string order)
        {
            using var activity = source.StartActivity("handle");
            return Task.Run(() => activity?.SetTag("saved", true));
        }
        """));

    [Theory]
    [InlineData("_ = Task.Run(async () => { using var own = source.StartActivity(\"save\"); await Save(order); own?.SetTag(\"saved\", true); });")]
    [InlineData("_ = Task.Run(async () => { using var own = source.StartActivity(\"save\"); await Save(order); Activity.Current?.SetTag(\"saved\", true); });")]
    [InlineData("_ = Task.Run(() => Note(activity?.Id));")]
    [InlineData("var id = activity?.Id; _ = Task.Run(() => Note(id));")]
    [InlineData("var tags = new Dictionary<string, string>(); _ = Task.Run(() => tags.Add(\"a\", \"b\")); activity?.SetTag(\"saved\", true);")]
    public Task Work_ThatLeavesTheSpanAlone(string statement) => Verify(InSpan(statement));

    [Fact]
    public Task Span_ThatTheWorkEnds() => Verify(Method("""
        var own = source.StartActivity("save");
        _ = Task.Run(async () =>
        {
            await Save(order);
            own?.SetTag("saved", true);
            own?.Dispose();
        });
        """));

    [Fact]
    public Task Span_ThatTheWorkUses() => Verify(Method("""
        var own = source.StartActivity("save");
        _ = Task.Run(async () =>
        {
            using (own)
            {
                await Save(order);
                own?.SetTag("saved", true);
            }
        });
        """));

    [Fact]
    public Task CurrentSpan_OfACallerThatCannotBeSeen() => Verify(Method("_ = Task.Run(() => Activity.Current?.SetTag(\"saved\", true));"));

    [Fact]
    public Task CurrentSpan_WhereTheFlowIsSuppressed() => Verify(InSpan("using (ExecutionContext.SuppressFlow()) { _ = Task.Run(() => Activity.Current?.SetTag(\"saved\", true)); }"));

    [Fact]
    public Task EndlessLoop_IsTL3002s() => Verify(InSpan("_ = Task.Run(async () => { while (true) { await Save(order); activity?.SetTag(\"saved\", true); } });"));

    [Fact]
    public Task Lambda_ThatIsNoWork() => Verify(InSpan("Action note = () => activity?.SetTag(\"saved\", true); note();"));

    [Fact]
    public Task TypeOfTheProject_ThatLooksLikeASpan() => Verify(Method("""
        using var mine = new Span();
        _ = Task.Run(() => mine.SetTag("saved", true));
        """, "private sealed class Span : IDisposable { public void SetTag(string a, object b) { } public void Dispose() { } }"));

    private static Task Verify(string source) => Verify<TL3003_WriteOnEndedSpan>.Rule(source);
}

using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.WorkCode;

namespace TraceLint.Tests.Rules;

public class TL3003_WriteOnEndedSpanSilentTests
{
    private const string Continued = "ContinueWith(_ => activity?.SetTag(\"saved\", true))";

    [Theory]
    [InlineData("await Save(order)." + Continued + ";")]
    [InlineData("Save(order)." + Continued + ".Wait();")]
    [InlineData("_queued = Save(order)." + Continued + ";")]
    [InlineData("var work = Save(order)." + Continued + "; await work;")]
    [InlineData("var saving = Save(order); saving." + Continued + "; await saving;")]
    [InlineData("var saving = Save(order); _tasks.Add(saving); saving." + Continued + ";")]
    [InlineData("_queued." + Continued + ";")]
    [InlineData("Task.CompletedTask." + Continued + ";")]
    [InlineData("Task.FromResult(order)." + Continued + ";")]
    [InlineData("Save(order).ContinueWith(_ => Note(order));")]
    [InlineData("Save(order).ContinueWith(_ => { using var saved = source.StartActivity(\"saved\"); saved?.SetTag(\"saved\", true); });")]
    [InlineData("var open = source.StartActivity(\"open\"); Save(order).ContinueWith(_ => { open?.SetTag(\"saved\", true); open?.Dispose(); });")]
    [InlineData("var done = new TaskCompletionSource(); Save(order).ContinueWith(_ => { activity?.SetTag(\"saved\", true); done.SetResult(); }); await done.Task;")]
    public Task ContinuationThatIsWaitedFor_OrWritesNothing(string statement)
        => Verify<TL3003_WriteOnEndedSpan>.Rule(InSpan(statement, "private readonly List<Task> _tasks = []; private Task _queued = Task.CompletedTask;"));

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

    [Theory]
    [InlineData("await SaveAsync(activity, order);")]
    [InlineData("var saving = SaveAsync(activity, order); await Save(order); await saving;")]
    [InlineData("await Task.WhenAll(SaveAsync(activity, order), Save(order));")]
    [InlineData("var tasks = new List<Task> { SaveAsync(activity, order) }; await Task.WhenAll(tasks);")]
    [InlineData("_running = SaveAsync(activity, order);")]
    [InlineData("_tasks.Add(SaveAsync(activity, order));")]
    [InlineData("SaveAsync(activity, order).Wait();")]
    [InlineData("Func<Task> save = () => SaveAsync(activity, order); await save();")]
    [InlineData("_ = SaveAsync(activity, order); await _gate.WaitAsync();")]
    [InlineData("_ = SaveAsync(null, order);")]
    [InlineData("_ = SaveAsync(Activity.Current, order);")]
    [InlineData("var own = source.StartActivity(\"save\"); _ = SaveAsync(own, order);")]
    public Task AsyncMethod_ThatSomebodyWaitsFor_OrHasAnotherSpan(string statements) => Verify(InSpan(statements, """
        private readonly List<Task> _tasks = new List<Task>();
        private readonly SemaphoreSlim _gate = new SemaphoreSlim(0);

        private async Task SaveAsync(Activity span, string tag)
        {
            await Save(tag);
            span?.SetTag("saved", tag);
            _gate.Release();
        }
        """));

    [Fact]
    public Task AsyncMethod_ThatIsReturned() => Verify(Class("""
        public Task Handle(string order)
        {
            using var activity = source.StartActivity("handle");
            return SaveAsync(order);
        }

        private async Task SaveAsync(string order)
        {
            await Save(order);
            Activity.Current?.SetTag("saved", true);
        }
        """));

    // Up to its first await it runs like any other call.
    [Theory]
    [InlineData("Activity.Current?.SetTag(\"saving\", true); await Save(order);")]
    [InlineData("if (order.Length == 0) { await Save(order); return; } Activity.Current?.SetTag(\"saving\", true);")]
    [InlineData("var all = order.Length == 0 ? await _orders.Reader.ReadAsync() : order; Activity.Current?.SetTag(\"saving\", all);")]
    [InlineData("await Task.CompletedTask; Activity.Current?.SetTag(\"saving\", true);")]
    [InlineData("Func<Task> save = async () => await Save(order); Activity.Current?.SetTag(\"saving\", true); await save();")]
    [InlineData("foreach (var c in order) { await Save(order); } Activity.Current?.SetTag(\"saving\", true);")]
    [InlineData("await Save(order); using var own = source.StartActivity(\"save\"); Activity.Current?.SetTag(\"saved\", true);")]
    [InlineData("await Save(order); Note(Activity.Current?.Id);")]
    public Task AsyncMethod_ThatWritesInTime(string statements) => Verify(InSpan(
        "_ = SaveAsync(order);", $"private async Task SaveAsync(string order) {{ {statements} }}"));

    [Fact]
    public Task AsyncMethod_OfACallerThatHasNoSpan() => Verify(Method(
        "_ = SaveAsync(order);", "private async Task SaveAsync(string order) { await Save(order); Activity.Current?.SetTag(\"saved\", true); }"));

    [Fact]
    public Task AsyncMethod_WhereNoSpanIsCurrent() => Verify(InSpan(
        "Activity.Current = null; _ = SaveAsync(order);", "private async Task SaveAsync(string order) { await Save(order); Activity.Current?.SetTag(\"saved\", true); }"));

    [Fact]
    public Task AsyncMethod_ThatMayBeAnother() => Verify(InSpan(
        "_ = SaveAsync(order);", "protected virtual async Task SaveAsync(string order) { await Save(order); Activity.Current?.SetTag(\"saved\", true); }"));

    [Fact]
    public Task Method_ThatIsNotAsync() => Verify(InSpan(
        "_ = SaveAsync(order);", "private Task SaveAsync(string order) { var saving = Save(order); Activity.Current?.SetTag(\"saved\", true); return saving; }"));

    private static Task Verify(string source) => Verify<TL3003_WriteOnEndedSpan>.Rule(source);
}

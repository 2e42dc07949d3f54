using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

public class TL3012_SpanEndsBeforeWorkSilentTests
{
    private static Task Silent(string source) => Verify<TL3012_SpanEndsBeforeWork>.Rule(source);

    // A method that is not async and returns a task.
    private static Task Returns(string statements, string members = "", string type = "Task") => Silent(Class($$"""
        public {{type}} Run(IWork work, string order, bool flag)
        {
            {{statements}}
        }
        {{members}}
        """));

    [Fact]
    public Task Async_Awaits() => Silent(Async("""
        using var activity = source.StartActivity("save");
        await work.DoAsync(order);
        """));

    [Fact]
    public Task Iterator_RunsWhenItIsRead() => Silent(Class("""
        public IEnumerable<Task> Run(IWork work)
        {
            using var activity = source.StartActivity("save");
            yield return work.DoAsync("x");
        }
        """));

    [Theory]
    [InlineData("""try { return work.DoAsync(order); } finally { Console.WriteLine(activity); }""")]
    [InlineData("""try { activity?.SetTag("a", 1); } finally { activity?.Stop(); } return work.DoAsync(order);""")]
    [InlineData("""try { return work.DoAsync(order).ContinueWith(_ => activity?.Stop()); } finally { Console.WriteLine(); }""")]
    [InlineData("""try { activity?.Stop(); return work.DoAsync(order); } finally { activity?.Dispose(); }""")]
    [InlineData("""try { return Task.CompletedTask; } finally { activity?.Stop(); }""")]
    [InlineData("""try { } finally { activity?.Stop(); } return work.DoAsync(order);""")]
    public Task TryStatement(string attempt) => Returns($"""var activity = source.StartActivity("save"); {attempt}""");

    [Theory]
    [InlineData("Task", "Task.CompletedTask")]
    [InlineData("Task<int>", "Task.FromResult(1)")]
    [InlineData("Task<int>", "flag ? Task.FromResult(1) : Task.FromException<int>(new InvalidOperationException())")]
    [InlineData("Task", "Task.FromCanceled(new CancellationToken(true))")]
    [InlineData("Task", "Task.WhenAll()")]
    [InlineData("Task", "Task.WhenAll(Task.CompletedTask, Done())")]
    [InlineData("Task", "Task.Delay(0)")]
    [InlineData("ValueTask", "default")]
    [InlineData("ValueTask", "default(ValueTask)")]
    [InlineData("ValueTask", "ValueTask.CompletedTask")]
    [InlineData("ValueTask", "new ValueTask()")]
    [InlineData("ValueTask<int>", "new ValueTask<int>(order.Length)")]
    [InlineData("ValueTask<int>", "ValueTask.FromResult(order.Length)")]
    [InlineData("Task<int>", "new ValueTask<int>(1).AsTask()")]
    [InlineData("Task", "Done()")]
    [InlineData("Task", "DoneSoon()")]
    [InlineData("Task", "DoneLater()")]
    [InlineData("Task<int>", "Counted(order)")]
    [InlineData("Task", "order switch { \"a\" => Task.CompletedTask, _ => throw new InvalidOperationException() }")]
    [InlineData("Task?", "null")]
    [InlineData("IAsyncEnumerable<string>", "AsyncEnumerable.Empty<string>()")]
    [InlineData("IAsyncEnumerable<string>", "work.Read().ToAsyncEnumerable()")]
    public Task Complete_ByThen(string type, string task) => Returns(
        $"""
        using var activity = source.StartActivity("save");
            work.Do(order);
            return {task};
        """,
        """
        private static Task Done() => Task.CompletedTask;
        private static Task DoneSoon() { Console.WriteLine(); return Done(); }
        private static async Task DoneLater() { await Task.CompletedTask.ConfigureAwait(false); await DoneSoon(); }
        private static Task<int> Counted(string order) { var result = Task.FromResult(order.Length); return result; }
        """,
        type);

    [Fact]
    public Task ImplementationsThatAreAllHere_AreComplete() => Returns(
        """
        using var activity = source.StartActivity("save");
            return _store.SaveAsync(order);
        """,
        """
        private readonly IStore _store = new Memory();
        private interface IStore { Task SaveAsync(string order); }
        private sealed class Memory : IStore { public Task SaveAsync(string order) { Console.WriteLine(order); return Task.CompletedTask; } }
        """);

    [Theory]
    [InlineData("Retry.Completed()")]
    [InlineData("order.AsTask()")]
    public Task LibraryThatSaysSo_IsComplete(string task) => Verify<TL3012_SpanEndsBeforeWork>.Rule(
        Class($$"""
            public Task Run(string order)
            {
                using var activity = source.StartActivity("save");
                return {{task}};
            }
            """),
        Setup.OpenTelemetry with
        {
            References = Setup.OpenTelemetry.References.Add(References.Stub("Retry", """
                using System.Threading.Tasks;

                public static class Retry
                {
                    public static Task Completed() => Task.CompletedTask;
                    public static Task<T> AsTask<T>(this T value) => Task.FromResult(value);
                }
                """)),
        });

    [Fact]
    public Task HookThatNobodyOverrides_IsComplete() => Returns(
        """
        using var activity = source.StartActivity("save");
            return SavedAsync(order);
        """,
        """protected virtual Task SavedAsync(string order) => Task.CompletedTask;""");

    [Fact]
    public Task Lambda_OfALocal_IsComplete() => Returns("""
        Func<Task> done = () => Task.CompletedTask;
            using var activity = source.StartActivity("save");
            return done();
        """);

    [Theory]
    [InlineData("started")]
    [InlineData("_cached")]
    [InlineData("_source.Task")]
    [InlineData("_lazy.Value")]
    [InlineData("_cached ??= work.DoAsync(order)")]
    [InlineData("_tasks[order]")]
    [InlineData("_all.GetOrAdd(order, key => work.DoAsync(key))")]
    [InlineData("Cached()")]
    [InlineData("before")]
    [InlineData("Task.WhenAll(_tasks.Values)")]
    [InlineData("WithTimeout(started)")]
    public Task StartedElsewhere(string task) => Silent(Class($$"""
        public Task Run(IWork work, string order, Task started)
        {
            var before = work.DoAsync(order);
            using var activity = source.StartActivity("save");
            return {{task}};
        }

        private Task? _cached = Task.CompletedTask;
        private readonly TaskCompletionSource<int> _source = new();
        private readonly Lazy<Task> _lazy = new(() => Task.CompletedTask);
        private readonly Dictionary<string, Task> _tasks = new();
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, Task> _all = new();
        private static async Task WithTimeout(Task task) => await task.WaitAsync(TimeSpan.FromSeconds(1));
        private Task Cached() => _cached ?? Task.CompletedTask;
        """).Replace("return _cached;", "return _cached!;", StringComparison.Ordinal));

    [Theory]
    [InlineData("work.DoAsync(order).ContinueWith(_ => activity?.Stop())")]
    [InlineData("work.DoAsync(order).ContinueWith((_, span) => ((Activity?)span)?.Stop(), activity)")]
    [InlineData("work.DoAsync(order).StopAfter(activity)")]
    [InlineData("Extensions.StopAfter(work.DoAsync(order), activity)")]
    public Task Continuation_HasTheSpan(string task) => Silent(Class($$"""
        public Task Run(IWork work, string order)
        {
            using var activity = source.StartActivity("save");
            return {{task}};
        }
        """) + """

        public static class Extensions
        {
            public static async Task StopAfter(this Task task, System.Diagnostics.Activity? activity) { await task; activity?.Stop(); }
        }
        """);

    [Theory]
    [InlineData("task.Wait();")]
    [InlineData("task.GetAwaiter().GetResult();")]
    [InlineData("Task.WaitAll(task);")]
    [InlineData("if (!task.IsCompleted) { throw new InvalidOperationException(); }")]
    [InlineData("if (task is not { IsCompletedSuccessfully: true }) { throw new InvalidOperationException(); }")]
    public Task WaitedFor(string wait) => Returns($"""
        using var activity = source.StartActivity("save");
            var task = work.DoAsync(order);
            {wait}
            return task;
        """);

    [Fact]
    public Task Result_IsWaitedFor() => Returns(
        """
        using var activity = source.StartActivity("save");
            return Task.FromResult(Count(work).Result);
        """,
        """private static async Task<int> Count(IWork work) { await work.DoAsync("x"); return 1; }""",
        "Task<int>");

    [Theory]
    [InlineData("""using (source.StartActivity("save")) { work.Do(order); } return work.DoAsync(order);""")]
    [InlineData("""using var activity = source.StartActivity("validate"); work.Do(order); activity?.Stop(); return work.DoAsync(order);""")]
    [InlineData("""var previous = Activity.Current; using var activity = source.StartActivity("validate"); work.Do(order); Activity.Current = previous; return work.DoAsync(order);""")]
    [InlineData("""if (flag) { return work.DoAsync(order); } using var activity = source.StartActivity("save"); return Task.CompletedTask;""")]
    public Task Return_OutsideOfTheSpan(string statements) => Returns(statements);

    [Theory]
    [InlineData("activity is null")]
    [InlineData("activity == null")]
    public Task Return_WithoutASpan(string condition) => Returns($"""
        using var activity = source.StartActivity("save");
            if ({condition}) return work.DoAsync(order);
            if (activity is not null) work.Do(order); else return work.DoAsync(order);
            if (activity != null) work.Do(order); else return work.DoAsync(order);
            return Task.CompletedTask;
        """);

    [Fact]
    public Task Return_OfAnotherFunction() => Returns("""
        using var activity = source.StartActivity("save");
            Func<Task> later = () => work.DoAsync(order);
            Task Other() { return work.DoAsync(order); }
            work.Do(nameof(Other) + later);
            return Task.CompletedTask;
        """);

    [Fact]
    public Task Return_OfAFailure() => Returns("""
        using var activity = source.StartActivity("save");
            try
            {
                work.Do(order);
                return Task.CompletedTask;
            }
            catch (Exception)
            {
                using var failed = source.StartActivity("failed");
                return work.DoAsync("failed");
            }
        """);

    [Theory]
    [InlineData("string", "order")]
    [InlineData("Func<Task>", "() => work.DoAsync(order)")]
    [InlineData("object?", "work.ToString()")]
    [InlineData("object", "work.DoAsync(order)")]
    public Task Return_OfNoTask(string type, string value) => Returns(
        $"""
        using var activity = source.StartActivity("save");
            return {value};
        """,
        type: type);

    [Theory]
    [InlineData("new MemoryStream()")]
    [InlineData("new ActivitySource(\"own\")")]
    [InlineData("source.CreateActivity(\"never started\", ActivityKind.Client)")]
    [InlineData("new Activity(\"never started\")")]
    [InlineData("Scope()")]
    public Task Using_OfNoSpan(string resource) => Returns(
        $"""
        using var scope = {resource};
            return work.DoAsync(order);
        """,
        """private static IDisposable Scope() => new MemoryStream();""");

    [Fact]
    public Task NoUsing_IsAnotherRulesQuestion() => Returns("""
        var activity = source.StartActivity("save");
            return work.DoAsync(order);
        """);

    [Fact]
    public Task GenericResult_IsUnknown() => Returns(
        """
        using var activity = source.StartActivity("save");
            return Timed(() => Task.CompletedTask);
        """,
        """private static T Timed<T>(Func<T> work) => work();""");

    [Fact]
    public Task Base_ThatDoesNothing() => Silent(Class("""
        public Task RunAsync(string order) => Task.CompletedTask;

        private sealed class Derived : Sample
        {
            public Task Again(string order)
            {
                using var activity = source.StartActivity("save");
                return base.RunAsync(order);
            }
        }
        """));

    [Fact]
    public Task PublishThatIsNoTask_HasEnded() => Silent(Class("""
        public Task Run(IWork work, string order)
        {
            using var activity = source.StartActivity("publish", ActivityKind.Producer);
            work.Do(order);
            return Task.CompletedTask;
        }
        """));

    [Theory]
    [InlineData("""using (var activity = source.StartActivity("saved", ActivityKind.Internal, default(ActivityContext), new Dictionary<string, object?> { ["order"] = order })) { }""")]
    [InlineData("""using (source.StartActivity("saved")?.SetTag("order", order)) { }""")]
    [InlineData("""using (source.StartActivity(ActivityKind.Internal, startTime: DateTimeOffset.UtcNow, name: "saved")) { }""")]
    [InlineData("""using (source.StartActivity("saved")) { /* Only that it happened. */ }""")]
    [InlineData("""using (new MemoryStream()) { }""")]
    public Task Empty_ButForWhatItSays(string statements) => Silent(Sync(statements));

    // The documentation of OpenTelemetry has it, to show an exporter.
    [Fact]
    public Task Empty_InADemonstration() => Silent(Sync("""
        using (var foo = source.StartActivity("Foo"))
        {
            using (var bar = source.StartActivity("Bar"))
            {
                using (var baz = source.StartActivity("Baz"))
                {
                }
            }
        }
        """));

    [Fact]
    public Task Empty_ButForABlock() => Silent(Sync("""
        using (source.StartActivity("outer"))
        using (source.StartActivity("inner"))
        {
            work.Do(order);
        }
        """));
}

using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.WorkCode;

namespace TraceLint.Tests.Rules;

public class TL3001_WorkWithoutContextSilentTests
{
    private const string Work = "{ using var own = source.StartActivity(\"work\"); Note(order); }";

    [Theory]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => " + Work + ");")]
    [InlineData("_running = Task.Run(() => " + Work + ");")]
    [InlineData("new Thread(() => " + Work + ").Start();")]
    public Task Api_ThatCarriesTheSpan(string statement) => Verify(InSpan(statement));

    [Theory]
    [InlineData("ThreadPool.UnsafeQueueUserWorkItem(_ => Note(order), null);")]
    [InlineData("ThreadPool.UnsafeQueueUserWorkItem(_ => done.TrySetResult(true), null);")]
    [InlineData("ThreadPool.UnsafeQueueUserWorkItem(static state => ((TaskCompletionSource<bool>)state).SetResult(true), done);")]
    [InlineData("ThreadPool.UnsafeQueueUserWorkItem(_ => { while (_items.TryDequeue(out var item)) { item(); } }, null);")]
    [InlineData("ThreadPool.UnsafeQueueUserWorkItem(_ => { while (!_stopping.IsCancellationRequested) { using var round = source.StartActivity(\"round\"); } }, null);")]
    [InlineData("using (ExecutionContext.SuppressFlow()) { _timer = new Timer(_ => " + Work + ", null, 0, 1000); }")]
    [InlineData("using (ExecutionContext.SuppressFlow()) { _running = Task.Run(async () => { while (true) { using var round = source.StartActivity(\"round\"); await Task.Delay(1); } }); }")]
    [InlineData("done.Task.GetAwaiter().UnsafeOnCompleted(() => " + Work + ");")]
    [InlineData("cancellation.UnsafeRegister(_ => " + Work + ", null);")]
    [InlineData("ThreadPool.UnsafeRegisterWaitForSingleObject(_signal, (_, _) => " + Work + ", null, 1000, false);")]
    public Task Work_ThatBelongsToNobody(string statement) => Verify(Class($$"""
        private readonly ConcurrentQueue<Action> _items = new ConcurrentQueue<Action>();
        private readonly ManualResetEvent _signal = new ManualResetEvent(false);

        public void Handle(string order, TaskCompletionSource<bool> done, CancellationToken cancellation)
        {
            using var activity = source.StartActivity("handle");
            {{statement}}
        }
        """));

    [Theory]
    [InlineData("var parent = Activity.Current; ThreadPool.UnsafeQueueUserWorkItem(_ => { Activity.Current = parent; " + Work + " }, null);")]
    [InlineData("ThreadPool.UnsafeQueueUserWorkItem(_ => { using var own = source.StartActivity(\"work\", ActivityKind.Internal, activity.Context); }, null);")]
    [InlineData("var parent = activity.Context; ThreadPool.UnsafeQueueUserWorkItem(_ => { using var own = source.StartActivity(\"work\", ActivityKind.Internal, parent); }, null);")]
    [InlineData("var parent = activity.Id; ThreadPool.UnsafeQueueUserWorkItem(_ => { using var own = source.StartActivity(\"work\", ActivityKind.Internal, parent); }, null);")]
    [InlineData("var context = ExecutionContext.Capture(); ThreadPool.UnsafeQueueUserWorkItem(_ => ExecutionContext.Run(context, __ => " + Work + ", null), null);")]
    [InlineData("var context = ExecutionContext.Capture(); ThreadPool.UnsafeQueueUserWorkItem(_ => { ExecutionContext.Restore(context); " + Work + " }, null);")]
    [InlineData("var links = new[] { new ActivityLink(activity.Context) }; ThreadPool.UnsafeQueueUserWorkItem(_ => { using var own = source.StartActivity(ActivityKind.Internal, links: links, name: \"work\"); }, null);")]
    [InlineData("ThreadPool.UnsafeQueueUserWorkItem(_ => { using var own = source.StartActivity(\"consume\", ActivityKind.Consumer); }, null);")]
    [InlineData("ThreadPool.UnsafeQueueUserWorkItem(state => { using var own = source.StartActivity(\"work\"); }, activity.Context, false);")]
    [InlineData("ThreadPool.UnsafeQueueUserWorkItem(item => { using var own = source.StartActivity(\"work\"); }, new Item(), false);")]
    [InlineData("ThreadPool.UnsafeQueueUserWorkItem(new WorkItem(), false);")]
    [InlineData("Activity.Current = null; ThreadPool.UnsafeQueueUserWorkItem(_ => " + Work + ", null);")]
    public Task Work_ThatHasAContext(string statement) => Verify(Class($$"""
        public void Handle(string order)
        {
            using var activity = source.StartActivity("handle");
            {{statement}}
        }

        private abstract class Carrying { public ActivityContext Parent { get; } = Activity.Current?.Context ?? default; }

        private sealed class Item : Carrying { }

        private sealed class WorkItem : Carrying, IThreadPoolWorkItem
        {
            public void Execute()
            {
                using var own = source.StartActivity("work", ActivityKind.Internal, Parent);
            }
        }
        """));

    [Fact]
    public Task NoSpan() => Verify(Method("ThreadPool.UnsafeQueueUserWorkItem(_ => " + Work + ", null);"));

    [Fact]
    public Task Delegate_OfACallerThatCannotBeSeen() => Verify(Class("""
        public void Enqueue(Action work)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ => work(), null);
        }
        """));

    [Fact]
    public Task Delegate_ThatStartsNothing() => Verify(Class("""
        public void Handle(string order)
        {
            using var activity = source.StartActivity("handle");
            Enqueue(() => Note(order));
        }

        private static void Enqueue(Action work) => ThreadPool.UnsafeQueueUserWorkItem(_ => work(), null);
        """));

    [Fact]
    public Task Scheduler() => Verify("""
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Threading;
        using System.Threading.Tasks;

        public class PoolScheduler : TaskScheduler
        {
            private static readonly ActivitySource source = new("pool");

            protected override void QueueTask(Task task)
            {
                using var activity = source.StartActivity("queue");
                ThreadPool.UnsafeQueueUserWorkItem(static (state) => ((PoolScheduler)state.Item1).TryExecuteTask(state.Item2), (this, task), preferLocal: false);
            }

            protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

            protected override IEnumerable<Task> GetScheduledTasks() => [];
        }
        """);

    [Fact]
    public Task AwaitInsideSuppressFlow_IsTL3008s() => Verify(InSpan("using (ExecutionContext.SuppressFlow()) { await Task.Run(() => " + Work + "); }"));

    [Fact]
    public Task WriteOnTheSpan_IsTL3003s() => Verify(InSpan("ThreadPool.UnsafeQueueUserWorkItem(_ => { activity?.SetTag(\"a\", 1); " + Work + " }, null);"));

    private static Task Verify(string source) => Verify<TL3001_WorkWithoutContext>.Rule(source);
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Decoys.Platform;

namespace Decoys.Background;

/// <summary>What the Unsafe methods and SuppressFlow are for: work that belongs to nobody, or has its context with it.</summary>
internal sealed class Plumbing(HttpClient http)
{
    private readonly ConcurrentQueue<Action> _items = new();
    private readonly AutoResetEvent _signal = new(false);
    private int _draining;

    public void Accept(Action item)
    {
        using var activity = Telemetry.Source.StartActivity("accept");
        _items.Enqueue(item);
        if (Interlocked.Exchange(ref _draining, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static state => ((Plumbing)state!).Drain(), this);
    }

    public Task<int> CompleteElsewhere(int value)
    {
        using var activity = Telemetry.Source.StartActivity("complete");
        var source = new TaskCompletionSource<int>();
        ThreadPool.UnsafeQueueUserWorkItem(_ => source.TrySetResult(value), null);
        ThreadPool.UnsafeQueueUserWorkItem(static source => source.TrySetCanceled(), source, preferLocal: false);
        return source.Task;
    }

    public void Register(CancellationToken cancellation)
    {
        using var activity = Telemetry.Source.StartActivity("register");
        cancellation.UnsafeRegister(static state => ((Plumbing)state!).Drain(), this);
        ThreadPool.UnsafeRegisterWaitForSingleObject(_signal, (_, _) => Drain(), null, 1000, executeOnlyOnce: false);
        Task.Yield().GetAwaiter().UnsafeOnCompleted(Drain);
    }

    public void WithTheContext(string order)
    {
        using var activity = Telemetry.Source.StartActivity("with the context");
        var parent = Activity.Current?.Context ?? default;
        ThreadPool.UnsafeQueueUserWorkItem(_ =>
        {
            using var own = Telemetry.Source.StartActivity("notify", ActivityKind.Internal, parent);
            http.GetAsync(order);
        }, null);

        var current = Activity.Current;
        ThreadPool.UnsafeQueueUserWorkItem(_ =>
        {
            Activity.Current = current;
            http.GetAsync(order);
        }, null);

        var context = ExecutionContext.Capture()!;
        ThreadPool.UnsafeQueueUserWorkItem(_ => ExecutionContext.Run(context, _ => http.GetAsync(order), null), null);
        ThreadPool.UnsafeQueueUserWorkItem(new Notification(order, parent, http), preferLocal: false);
    }

    public void LinkedOnly(string order)
    {
        using var activity = Telemetry.Source.StartActivity("linked");
        ActivityLink[] links = activity is null ? [] : [new ActivityLink(activity.Context)];
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() =>
            {
                using var own = Telemetry.Source.StartActivity(ActivityKind.Internal, links: links, name: "index");
                Console.WriteLine(order);
            });
        }
    }

    public async Task StartedWithoutFlowAsync(string order)
    {
        Task started;
        using (ExecutionContext.SuppressFlow())
        {
            started = Task.Run(() => Console.WriteLine(order));
            _ = Task.Run(async () => await Task.Delay(1));
        }

        await started;
    }

    private void Drain()
    {
        while (_items.TryDequeue(out var item))
            item();
        _draining = 0;
    }

    private abstract class Carrying(ActivityContext parent)
    {
        protected ActivityContext Parent { get; } = parent;
    }

    private sealed class Notification(string order, ActivityContext parent, HttpClient http) : Carrying(parent), IThreadPoolWorkItem
    {
        public void Execute()
        {
            using var own = Telemetry.Source.StartActivity("notify", ActivityKind.Internal, Parent);
            http.GetAsync(order);
        }
    }
}

/// <summary>A scheduler: every task has its own context.</summary>
internal sealed class PoolScheduler : TaskScheduler
{
    protected override void QueueTask(Task task)
        => ThreadPool.UnsafeQueueUserWorkItem(static work => work.Self.TryExecuteTask(work.Task), (Self: this, Task: task), preferLocal: false);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}

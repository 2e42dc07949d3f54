using System.Collections.Concurrent;
using System.Threading.Channels;
using System.Threading.Tasks.Dataflow;
using static TraceLint.Proofs.Flow.FlowProbe;

namespace TraceLint.Proofs.Flow;

/// <summary>For every row of the table the programs that show it: one an overload, where overloads differ in what they are handed.</summary>
internal static class FlowPrograms
{
    private static readonly Dictionary<string, Action<FlowProbe>[]> s_programs = new()
    {
        ["Task.Run"] =
        [
            static probe => probe.AsCaller(() => Task.Run(probe.Work)),
            static probe => probe.AsCaller(() => Task.Run(probe.WorkAsync)),
            static probe => probe.AsCaller(() => Task.Run(() => { probe.Work(); return 1; }, CancellationToken.None)),
            static probe => probe.AsCaller(() => Task.Run(async () => { await Task.Yield(); probe.Work(); return 1; }, CancellationToken.None)),
        ],
        ["TaskFactory.StartNew"] =
        [
            static probe => probe.AsCaller(() => Task.Factory.StartNew(probe.Work, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default)),
            static probe => probe.AsCaller(() => Task.Factory.StartNew(probe.Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
            static probe => probe.AsCaller(() => Task.Factory.StartNew(_ => probe.WorkAsync(), null, CancellationToken.None, TaskCreationOptions.None, new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler)),
        ],
        ["TaskFactory<T>.StartNew"] = [static probe => probe.AsCaller(() => Task<int>.Factory.StartNew(() => { probe.Work(); return 1; }, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default))],
        ["new Task"] = [static probe => Started(probe, static probe => new Task(probe.Work))],
        ["new Task<T>"] = [static probe => Started(probe, static probe => new Task<int>(() => { probe.Work(); return 1; }))],
        ["Task.ContinueWith"] =
        [
            static probe => Completed(probe, task => ((Task)task).ContinueWith(_ => probe.Work(), TaskScheduler.Default)),
            static probe => Completed(probe, task => ((Task)task).ContinueWith((_, _) => probe.Work(), null, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)),
        ],
        ["Task<T>.ContinueWith"] = [static probe => Completed(probe, task => task.ContinueWith(_ => probe.Work(), TaskScheduler.Default))],
        ["ThreadPool.QueueUserWorkItem"] =
        [
            static probe => probe.AsCaller(() => ThreadPool.QueueUserWorkItem(_ => probe.Work())),
            static probe => probe.AsCaller(() => ThreadPool.QueueUserWorkItem(_ => probe.Work(), null)),
            static probe => probe.AsCaller(() => ThreadPool.QueueUserWorkItem(static probe => probe.Work(), probe, preferLocal: false)),
        ],
        ["ThreadPool.RegisterWaitForSingleObject"] = [static probe => Signalled(probe, signal => ThreadPool.RegisterWaitForSingleObject(signal, (_, _) => probe.Work(), null, Timeout.Infinite, executeOnlyOnce: true))],
        ["Thread.Start"] =
        [
            static probe => OnThread(probe, new Thread(probe.Work), static thread => thread.Start()),
            static probe => OnThread(probe, new Thread(_ => probe.Work()), static thread => thread.Start(null)),
        ],
        ["new Timer"] =
        [
            static probe => Armed(probe, static probe => new Timer(_ => probe.Work(), null, Timeout.Infinite, Timeout.Infinite)),
            static probe => Armed(probe, static probe => new Timer(_ => probe.Work())),
        ],
        ["System.Timers.Timer.Start"] = [Ticks],
        ["CancellationToken.Register"] =
        [
            static probe => Cancelled(probe, token => token.Register(probe.Work)),
            static probe => Cancelled(probe, token => token.Register((_, _) => probe.Work(), null)),
        ],
        ["TaskAwaiter.OnCompleted"] = [static probe => Completed(probe, task => ((Task)task).GetAwaiter().OnCompleted(probe.Work))],
        ["SynchronizationContext.Post"] = [static probe => probe.AsCaller(() => new SynchronizationContext().Post(_ => probe.Work(), null))],
        ["SynchronizationContext.Send"] = [static probe => probe.AsCaller(() => new SynchronizationContext().Send(_ => probe.Work(), null))],
        ["Parallel.For"] = [static probe => probe.AsCaller(() => Parallel.For(0, 2, _ => probe.Work()))],
        ["Parallel.ForAsync"] = [static probe => probe.AsCaller(() => Parallel.ForAsync(0, 2, async (_, _) => { await Task.Yield(); probe.Work(); }).Wait())],
        ["Parallel.ForEach"] = [static probe => probe.AsCaller(() => Parallel.ForEach([1, 2], _ => probe.Work()))],
        ["Parallel.ForEachAsync"] = [static probe => probe.AsCaller(() => Parallel.ForEachAsync([1, 2], async (_, _) => { await Task.Yield(); probe.Work(); }).Wait())],
        ["Parallel.Invoke"] = [static probe => probe.AsCaller(() => Parallel.Invoke(probe.Work, probe.Work))],

        ["ThreadPool.UnsafeQueueUserWorkItem"] =
        [
            static probe => probe.AsCaller(() => ThreadPool.UnsafeQueueUserWorkItem(_ => probe.Work(), null)),
            static probe => probe.AsCaller(() => ThreadPool.UnsafeQueueUserWorkItem(static probe => probe.Work(), probe, preferLocal: false)),
            static probe => probe.AsCaller(() => ThreadPool.UnsafeQueueUserWorkItem(new WorkItem(probe), preferLocal: false)),
        ],
        ["ThreadPool.UnsafeRegisterWaitForSingleObject"] = [static probe => Signalled(probe, signal => ThreadPool.UnsafeRegisterWaitForSingleObject(signal, (_, _) => probe.Work(), null, Timeout.Infinite, executeOnlyOnce: true))],
        ["Thread.UnsafeStart"] =
        [
            static probe => OnThread(probe, new Thread(probe.Work), static thread => thread.UnsafeStart()),
            static probe => OnThread(probe, new Thread(_ => probe.Work()), static thread => thread.UnsafeStart(null)),
        ],
        ["CancellationToken.UnsafeRegister"] = [static probe => Cancelled(probe, token => token.UnsafeRegister(_ => probe.Work(), null))],
        ["TaskAwaiter.UnsafeOnCompleted"] = [static probe => Completed(probe, task => ((Task)task).GetAwaiter().UnsafeOnCompleted(probe.Work))],

        ["ChannelWriter<T>.TryWrite"] = [static probe => ThroughChannel(probe, static writer => Assert.True(writer.TryWrite(1)))],
        ["ChannelWriter<T>.WriteAsync"] = [static probe => ThroughChannel(probe, static writer => writer.WriteAsync(1).AsTask().Wait())],
        ["BlockingCollection<T>.Add"] = [static probe => ThroughCollection(probe, static items => items.Add(1))],
        ["BlockingCollection<T>.TryAdd"] = [static probe => ThroughCollection(probe, static items => Assert.True(items.TryAdd(1)))],
        ["ConcurrentQueue<T>.Enqueue"] = [ThroughQueue],
        ["ActionBlock<T>.Post"] = [ThroughBlock],
    };

    public static IEnumerable<string> Apis => s_programs.Keys;

    public static Action<FlowProbe>[] Of(string api) => s_programs[api];

    private static void Started(FlowProbe probe, Func<FlowProbe, Task> make)
    {
        Task? task = null;
        probe.AsCaller(() => task = make(probe));
        AsRunner(() => task!.Start(TaskScheduler.Default));
    }

    private static void Armed(FlowProbe probe, Func<FlowProbe, Timer> make)
    {
        Timer? timer = null;
        probe.AsCaller(() => timer = make(probe));
        AsRunner(() => timer!.Change(0, Timeout.Infinite));
    }

    private static void Ticks(FlowProbe probe)
    {
        System.Timers.Timer? timer = null;
        AsRunner(() => timer = new System.Timers.Timer(1) { AutoReset = false });
        AsRunner(() => timer!.Elapsed += (_, _) => probe.Work());
        probe.AsCaller(() => timer!.Start());
    }

    private static void OnThread(FlowProbe probe, Thread thread, Action<Thread> start) => probe.AsCaller(() => start(thread));

    private static void Completed(FlowProbe probe, Action<Task<int>> register)
    {
        var source = new TaskCompletionSource<int>();
        probe.AsCaller(() => register(source.Task));
        AsRunner(() => source.SetResult(1));
    }

    private static void Cancelled(FlowProbe probe, Action<CancellationToken> register)
    {
        using var source = new CancellationTokenSource();
        probe.AsCaller(() => register(source.Token));
        AsRunner(source.Cancel);
    }

    private static void Signalled(FlowProbe probe, Action<WaitHandle> register)
    {
        var signal = new ManualResetEvent(false);
        probe.AsCaller(() => register(signal));
        AsRunner(() => signal.Set());
    }

    private static void ThroughChannel(FlowProbe probe, Action<ChannelWriter<int>> write)
    {
        var channel = Channel.CreateUnbounded<int>();
        AsRunner(() => _ = ReadAsync());
        probe.AsCaller(() => write(channel.Writer));

        async Task ReadAsync()
        {
            await channel.Reader.ReadAsync();
            probe.Work();
        }
    }

    private static void ThroughCollection(FlowProbe probe, Action<BlockingCollection<int>> add)
    {
        var items = new BlockingCollection<int>();
        AsRunner(() => Task.Run(() =>
        {
            items.Take();
            probe.Work();
        }));
        probe.AsCaller(() => add(items));
    }

    private static void ThroughQueue(FlowProbe probe)
    {
        var items = new ConcurrentQueue<Action>();
        var ready = new ManualResetEventSlim();
        AsRunner(() => Task.Run(() =>
        {
            ready.Wait();
            Assert.True(items.TryDequeue(out var item));
            item();
        }));
        probe.AsCaller(() => items.Enqueue(probe.Work));
        ready.Set();
    }

    // The first item keeps the block busy until the second has been posted.
    private static void ThroughBlock(FlowProbe probe)
    {
        var posted = new ManualResetEventSlim();
        var block = new ActionBlock<int>(item =>
        {
            if (item == 1)
            {
                posted.Wait();
                return;
            }

            probe.Work();
        });
        AsFirst(() => block.Post(1));
        probe.AsCaller(() => block.Post(2));
        posted.Set();
    }

    private sealed class WorkItem(FlowProbe probe) : IThreadPoolWorkItem
    {
        public void Execute() => probe.Work();
    }
}

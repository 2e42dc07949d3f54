using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Silence;

/// <summary>Work that is handed on in the process and keeps its trace: because the API flows it, or because the code restores it.</summary>
public sealed class InProcessShapes : SilenceProofs<InProcessShapes>
{
    private const string Work = """
        private static void Work()
        {
            using var activity = source.StartActivity("work");
        }

        private static async Task WorkAsync()
        {
            using var activity = source.StartActivity("work");
            await Task.Yield();
        }
        """;

    public static Proof TaskRun => Program("await Task.Run(WorkAsync);");

    public static Proof StartNew => Program("await Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);");

    public static Proof TaskStartedLater => Program("""
        var task = new Task(Work);
        task.Start();
        await task;
        """);

    public static Proof QueueUserWorkItem => Program("""
        var done = new TaskCompletionSource();
        ThreadPool.QueueUserWorkItem(_ =>
        {
            Work();
            done.SetResult();
        });
        await done.Task;
        """);

    public static Proof ThreadStart => Program("""
        var done = new TaskCompletionSource();
        new Thread(() =>
        {
            Work();
            done.SetResult();
        }).Start();
        await done.Task;
        """);

    public static Proof FireAndForget => Program("""
        var done = new TaskCompletionSource();
        using (source.StartActivity("request"))
        {
            _ = Task.Run(async () =>
            {
                await WorkAsync();
                done.SetResult();
            });
        }

        await done.Task;
        """) with { Whole = "root(request(work))" };

    public static Proof ParallelForEach => Program("Parallel.ForEach(order.Lines, _ => Work());") with { Whole = "root(work, work)" };

    public static Proof ParallelForEachAsync => Program("await Parallel.ForEachAsync(order.Lines, async (_, _) => await WorkAsync());") with { Whole = "root(work, work)" };

    public static Proof ParallelQuery => Program("order.Lines.AsParallel().ForAll(_ => Work());") with { Whole = "root(work, work)" };

    public static Proof WhenAll => Program("await Task.WhenAll(WorkAsync(), WorkAsync());") with { Whole = "root(work, work)" };

    public static Proof Continuation => Program("await Task.Delay(1).ContinueWith(_ => Work(), TaskScheduler.Default);");

    public static Proof TimerOfOneTick => Program("""
        var done = new TaskCompletionSource();
        using var timer = new Timer(_ =>
        {
            Work();
            done.SetResult();
        }, null, 1, Timeout.Infinite);
        await done.Task;
        """);

    public static Proof CancellationCallback => Program("""
        using var cancellation = new CancellationTokenSource();
        using var registration = cancellation.Token.Register(Work);
        await cancellation.CancelAsync();
        """);

    public static Proof SynchronizationContextPost => Program("""
        var done = new TaskCompletionSource();
        new SynchronizationContext().Post(_ =>
        {
            Work();
            done.SetResult();
        }, null);
        await done.Task;
        """);

    public static Proof ConfigureAwait => Program("""
        await Task.Delay(1).ConfigureAwait(false);
        await Task.Yield();
        Work();
        """);

    public static Proof SuppressedFlowThatIsRestored => Program("""
        var parent = Activity.Current;
        Task task;
        using (ExecutionContext.SuppressFlow())
        {
            task = Task.Run(() =>
            {
                Activity.Current = parent;
                Work();
            });
        }

        await task;
        """);

    public static Proof UnsafeWorkItemThatRestores => Program("""
        var done = new TaskCompletionSource();
        var parent = Activity.Current;
        ThreadPool.UnsafeQueueUserWorkItem(_ =>
        {
            Activity.Current = parent;
            Work();
            done.SetResult();
        }, null);
        await done.Task;
        """);

    public static Proof ChannelOfItemsWithTheirContext => Program("""
        var channel = Channel.CreateUnbounded<Item>();
        var reader = Task.Run(async () =>
        {
            await foreach (var item in channel.Reader.ReadAllAsync())
            {
                ExecutionContext.Run(item.Context!, _ => Work(), null);
            }
        });
        using (source.StartActivity("request"))
        {
            await channel.Writer.WriteAsync(new Item());
        }

        channel.Writer.Complete();
        await reader;
        """, """
        private sealed class Item
        {
            public ExecutionContext? Context { get; } = ExecutionContext.Capture();
        }
        """) with { Whole = "root(request(work))" };

    public static Proof ChannelOfItemsWithAParent => Program("""
        var channel = Channel.CreateUnbounded<Item>();
        var reader = Task.Run(async () =>
        {
            Activity.Current = null;
            await foreach (var item in channel.Reader.ReadAllAsync())
            {
                using var activity = source.StartActivity("process", ActivityKind.Consumer, item.Parent);
            }
        });
        using (source.StartActivity("request"))
        {
            var current = Activity.Current?.Context ?? default;
            await channel.Writer.WriteAsync(new Item(new ActivityContext(current.TraceId, current.SpanId, current.TraceFlags, current.TraceState, isRemote: true)));
        }

        channel.Writer.Complete();
        await reader;
        """, """
        private sealed class Item
        {
            public Item(ActivityContext parent) => Parent = parent;

            public ActivityContext Parent { get; }
        }
        """) with { Whole = "root(request(>process))" };

    public static Proof WakeUpSignal => Program("""
        var signal = Channel.CreateUnbounded<bool>();
        var waiting = Task.Run(async () => await signal.Reader.ReadAsync());
        await signal.Writer.WriteAsync(true);
        await waiting;
        Work();
        """);

    public static Proof SpanOfASynchronousHelper => Program("""
        using (StartRequest())
        {
            await WorkAsync();
        }
        """, """private static Activity? StartRequest() => source.StartActivity("request");""") with { Whole = "root(request(work))" };

    private static Proof Program(string statements, string members = "") => new()
    {
        Code = ServiceCode.Method("", statements, (members + "\n\n" + Work).TrimStart(), "using System.Threading.Channels;"),
        Whole = "root(work)",
    };
}

namespace TraceLint.Model;

/// <summary>
/// Which APIs of .NET carry Activity.Current to the work they run. Every row is measured: a test runs it. The rules about work inside
/// the process and the table in what-flows.md have no other source.
/// </summary>
internal static class FlowTable
{
    /// <summary>The metadata names, which tests compare with the real library.</summary>
    internal static class Names
    {
        public const string Task = "System.Threading.Tasks.Task";
        public const string TaskOfT = "System.Threading.Tasks.Task`1";
        public const string TaskFactory = "System.Threading.Tasks.TaskFactory";
        public const string TaskFactoryOfT = "System.Threading.Tasks.TaskFactory`1";
        public const string Parallel = "System.Threading.Tasks.Parallel";
        public const string ExecutionContext = "System.Threading.ExecutionContext";
        public const string ThreadPool = "System.Threading.ThreadPool";
        public const string Thread = "System.Threading.Thread";
        public const string Timer = "System.Threading.Timer";
        public const string EventTimer = "System.Timers.Timer";
        public const string CancellationToken = "System.Threading.CancellationToken";
        public const string SynchronizationContext = "System.Threading.SynchronizationContext";
        public const string TaskAwaiter = "System.Runtime.CompilerServices.TaskAwaiter";
        public const string ChannelWriter = "System.Threading.Channels.ChannelWriter`1";
        public const string BlockingCollection = "System.Collections.Concurrent.BlockingCollection`1";
        public const string ConcurrentQueue = "System.Collections.Concurrent.ConcurrentQueue`1";
        public const string ActionBlock = "System.Threading.Tasks.Dataflow.ActionBlock`1";
    }

    /// <summary>All facts, one per API; each holds for all overloads.</summary>
    public static readonly IReadOnlyList<FlowFact> Rows =
    [
        Keeps(Names.Task, "Run", CapturedAt.Call),
        Keeps(Names.TaskFactory, "StartNew", CapturedAt.Call),
        Keeps(Names.TaskFactoryOfT, "StartNew", CapturedAt.Call),
        Keeps(Names.Task, FlowFact.Constructor, CapturedAt.Construction),
        Keeps(Names.TaskOfT, FlowFact.Constructor, CapturedAt.Construction),
        Keeps(Names.Task, "ContinueWith", CapturedAt.Registration) with { Suppressed = null },
        Keeps(Names.TaskOfT, "ContinueWith", CapturedAt.Registration) with { Suppressed = null },
        Keeps(Names.ThreadPool, "QueueUserWorkItem", CapturedAt.Call),
        Keeps(Names.ThreadPool, "RegisterWaitForSingleObject", CapturedAt.Registration),
        Keeps(Names.Thread, "Start", CapturedAt.Start),
        Keeps(Names.Timer, FlowFact.Constructor, CapturedAt.Construction),
        Keeps(Names.EventTimer, "Start", CapturedAt.Start),
        Keeps(Names.CancellationToken, "Register", CapturedAt.Registration) with { Suppressed = Seen.Runner },
        Keeps(Names.TaskAwaiter, "OnCompleted", CapturedAt.Registration) with { Suppressed = Seen.Runner },
        Keeps(Names.SynchronizationContext, "Post", CapturedAt.Call),
        Keeps(Names.SynchronizationContext, "Send", CapturedAt.Call) with { Suppressed = Seen.Caller },
        Keeps(Names.Parallel, "For", CapturedAt.Call) with { Suppressed = null },
        Keeps(Names.Parallel, "ForAsync", CapturedAt.Call) with { Suppressed = null },
        Keeps(Names.Parallel, "ForEach", CapturedAt.Call) with { Suppressed = null },
        Keeps(Names.Parallel, "ForEachAsync", CapturedAt.Call) with { Suppressed = null },
        Keeps(Names.Parallel, "Invoke", CapturedAt.Call) with { Suppressed = null },

        Loses(Names.ThreadPool, "UnsafeQueueUserWorkItem", Seen.None),
        Loses(Names.ThreadPool, "UnsafeRegisterWaitForSingleObject", Seen.None),
        Loses(Names.Thread, "UnsafeStart", Seen.None),
        Loses(Names.CancellationToken, "UnsafeRegister", Seen.Runner),
        Loses(Names.TaskAwaiter, "UnsafeOnCompleted", Seen.Runner),

        Loses(Names.ChannelWriter, "TryWrite", Seen.Runner),
        Loses(Names.ChannelWriter, "WriteAsync", Seen.Runner),
        Loses(Names.BlockingCollection, "Add", Seen.Runner),
        Loses(Names.BlockingCollection, "TryAdd", Seen.Runner),
        Loses(Names.ConcurrentQueue, "Enqueue", Seen.Runner),
        Loses(Names.ActionBlock, "Post", Seen.First),
    ];

    private static FlowFact Keeps(string type, string member, CapturedAt captured) => new(type, member, captured, Seen.Caller, Seen.None);

    private static FlowFact Loses(string type, string member, Seen sees) => new(type, member, CapturedAt.Never, sees, sees);
}

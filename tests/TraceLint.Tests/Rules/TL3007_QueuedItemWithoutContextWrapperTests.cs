using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

/// <summary>Queues behind classes of the project, queues of several types, and queues of delegates.</summary>
public class TL3007_QueuedItemWithoutContextWrapperTests
{
    private const string Usings = """
        using System.Collections.Concurrent;
        using System.Threading.Channels;
        using System.Threading.Tasks.Dataflow;

        """;

    private const string Job = "public sealed record Job(string Id);";

    private static Task Verify(string members) => Verify<TL3007_QueuedItemWithoutContext>.Rule(Class(members, Usings));

    // A class of the project around a channel, and a loop that uses it.
    private static Task Wrapped(string read, string loop, string put = "[|WriteAsync|]", string job = Job) => Verify($$"""
        {{job}}

        public sealed class JobQueue
        {
            private readonly Channel<Job> _channel = Channel.CreateUnbounded<Job>();
            private readonly ConcurrentQueue<Job> _rest = new();

            public ValueTask PutAsync(Job job) => _channel.Writer.{{put}}(job);

            public Job? Rest() => _rest.TryDequeue(out var job) ? job : null;

        {{read}}
        }

        private readonly JobQueue _queue = new();

        public async Task Accept(string id)
        {
            using var activity = source.StartActivity("accept");
            await _queue.PutAsync(new Job(id));
        }

        public async Task Loop(IWork work, ActivityContext parent, CancellationToken stop)
        {
        {{loop}}
        }

        private void Handle(Job job)
        {
            using var activity = source.StartActivity("handle");
        }
        """);

    private const string Dequeue = "public ValueTask<Job> DequeueAsync(CancellationToken stop) => _channel.Reader.ReadAsync(stop);";
    private const string All = "public IAsyncEnumerable<Job> AllAsync(CancellationToken stop) => _channel.Reader.ReadAllAsync(stop);";
    private const string Batch = """
        public async Task<List<Job>> BatchAsync(CancellationToken stop)
        {
            var all = new List<Job>();
            await _channel.Reader.WaitToReadAsync(stop);
            while (_channel.Reader.TryRead(out var job)) all.Add(job);
            return all;
        }
        """;

    private const string Loop = "while (true) { var job = await _queue.DequeueAsync(stop); using var activity = source.StartActivity(\"job\"); await work.DoAsync(job.Id); }";

    [Theory]
    [InlineData(Dequeue, Loop)]
    [InlineData(Dequeue, "while (true) Handle(await _queue.DequeueAsync(stop));")]
    [InlineData("public async Task<Job> DequeueAsync(CancellationToken stop) { var job = await _channel.Reader.ReadAsync(stop); return job; }", Loop)]
    [InlineData("public async Task<Job?> DequeueAsync() => await _channel.Reader.ReadAsync();", "while (await _queue.DequeueAsync() is { } job) { using var activity = source.StartActivity(\"job\"); }")]
    [InlineData("public bool TryTake(out Job? job) => _channel.Reader.TryRead(out job);", "while (true) { if (_queue.TryTake(out var job)) { using var activity = source.StartActivity(\"job\"); } }")]
    [InlineData(All, "await foreach (var job in _queue.AllAsync(stop)) { using var activity = source.StartActivity(\"job\"); }")]
    [InlineData("public async IAsyncEnumerable<Job> AllAsync() { while (true) yield return await _channel.Reader.ReadAsync(); }", "await foreach (var job in _queue.AllAsync()) { using var activity = source.StartActivity(\"job\"); }")]
    [InlineData(Dequeue, "while (true) { var job = await NextAsync(stop); using var activity = source.StartActivity(\"job\"); } }\n\n    private async Task<Job> NextAsync(CancellationToken stop) { return await _queue.DequeueAsync(stop);")]
    public Task Reader_BehindAMethodOfTheProject(string read, string loop) => Wrapped(read, loop);

    [Theory]
    [InlineData(Dequeue, "while (true) { var job = await _queue.DequeueAsync(stop); using var activity = source.StartActivity(\"job\", ActivityKind.Internal, parent); }")]
    [InlineData(Dequeue, "while (true) { var job = await _queue.DequeueAsync(stop); Activity.Current = null; using var activity = source.StartActivity(\"job\"); }")]
    [InlineData(Dequeue, "while (true) { var job = await _queue.DequeueAsync(stop); work.Do(job.Id); }")]
    [InlineData(Dequeue, "using var activity = source.StartActivity(\"loop\"); while (true) { var job = await _queue.DequeueAsync(stop); using var one = source.StartActivity(\"job\"); }")]
    [InlineData(Batch, "while (true) { var jobs = await _queue.BatchAsync(stop); using var activity = source.StartActivity(\"batch\"); work.Do(jobs[0].Id); }")]
    [InlineData("public int Count => _channel.Reader.Count;", "using var activity = source.StartActivity(\"count\"); work.Do(_queue.Count.ToString());")]
    public Task Reader_ThatLosesNothing(string read, string loop) => Wrapped(read, loop, "WriteAsync");

    [Fact]
    public Task Item_WithAContext() => Wrapped(Dequeue, Loop, "WriteAsync", "public sealed record Job(string Id) { public ActivityContext Origin { get; } = Activity.Current?.Context ?? default; }");

    [Fact]
    public Task Reader_StartedInTheSpanOfTheWriter() => Verify($$"""
        {{Job}}

        private readonly Channel<Job> _channel = Channel.CreateUnbounded<Job>();

        private ValueTask<Job> NextAsync() => _channel.Reader.ReadAsync();

        public async Task Run(string[] ids)
        {
            using var activity = source.StartActivity("run");
            var reader = Task.Run(async () => { while (true) { var job = await NextAsync(); using var one = source.StartActivity("job"); } });
            foreach (var id in ids) await _channel.Writer.WriteAsync(new Job(id));
            await reader;
        }
        """);

    [Theory]
    [InlineData("Request", "[|WriteAsync|]")]
    [InlineData("Timer", "WriteAsync")]
    public Task Writer_SeveralCallsBelowARequest(string top, string put) => Verify<TL3007_QueuedItemWithoutContext>.Rule(Class($$"""
        {{Job}}

        private readonly Channel<Job> _channel = Channel.CreateUnbounded<Job>();

        public class Controller { }
        public class Request(Sample sample) : Controller { public Task Post(string id) => {{(top == "Request" ? "sample.PlaceAsync(id)" : "Task.CompletedTask")}}; }
        public class Timer(Sample sample) { public Task Tick(string id) => sample.PlaceAsync(id); }

        public async Task PlaceAsync(string id) => await PutAsync(new Job(id));

        private async Task PutAsync(Job job) => await _channel.Writer.{{put}}(job);

        public async Task Loop()
        {
            await foreach (var job in _channel.Reader.ReadAllAsync()) { using var activity = source.StartActivity("job"); }
        }
        """, Usings));

    private static Task Block(string block, string post) => Verify($$"""
        {{Job}}

        public void Run(string id)
        {
            using var activity = source.StartActivity("run");
            _block.{{post}}(new Job(id));
        }

        private readonly ITargetBlock<Job> _block = new {{block}};
        """);

    [Theory]
    [InlineData("TransformBlock<Job, string>(job => { using var activity = source.StartActivity(\"job\"); return job.Id; })")]
    [InlineData("TransformManyBlock<Job, string>(job => { using var activity = source.StartActivity(\"job\"); return new[] { job.Id }; })")]
    public Task TransformingBlock_WithASpan(string block) => Block(block, "[|Post|]");

    [Theory]
    [InlineData("TransformBlock<Job, string>(job => job.Id)")]
    [InlineData("TransformBlock<Job, string>(job => { using var activity = source.StartActivity(\"job\", ActivityKind.Internal, parentId: \"x\"); return job.Id; })")]
    public Task TransformingBlock_WithoutAnOrphan(string block) => Block(block, "Post");

    private static Task Several(string type, string handle, string write) => Verify($$"""
        public interface IJob { }
        public sealed record Mail(string Id) : IJob;
        public sealed record Call(string Id) : IJob;

        private readonly Channel<{{type}}> _channel = Channel.CreateUnbounded<{{type}}>();

        public async Task Run(string id)
        {
            using var activity = source.StartActivity("run");
            await _channel.Writer.{{write}}(new Mail(id));
        }

        public async Task Loop(IWork work)
        {
            await foreach (var item in _channel.Reader.ReadAllAsync())
            {
                {{handle}}
            }
        }

        private void Handle(IJob job)
        {
            using var activity = source.StartActivity("job");
        }
        """);

    [Theory]
    [InlineData("object", "if (item is Mail mail) { using var activity = source.StartActivity(\"mail\"); work.Do(mail.Id); }")]
    [InlineData("object", "switch (item) { case Mail mail: using (source.StartActivity(\"mail\")) { work.Do(mail.Id); } break; }")]
    [InlineData("IJob", "Handle(item);")]
    [InlineData("IJob", "using var activity = source.StartActivity(\"any\"); work.Do(item.ToString()!);")]
    public Task QueueOfSeveralTypes_WithASpanForThisOne(string type, string handle) => Several(type, handle, "[|WriteAsync|]");

    [Theory]
    [InlineData("object", "if (item is Call call) { using var activity = source.StartActivity(\"call\"); work.Do(call.Id); }")]
    [InlineData("object", "using var activity = source.StartActivity(\"any\"); work.Do(item.ToString()!);")]
    [InlineData("object", "if (item is Mail mail) { using var activity = source.StartActivity(\"mail\", ActivityKind.Internal, parentId: mail.Id); }")]
    [InlineData("IJob", "if (item is Call call) { using var activity = source.StartActivity(\"call\"); work.Do(call.Id); }")]
    public Task QueueOfSeveralTypes_WithASpanForAnotherOne(string type, string handle) => Several(type, handle, "WriteAsync");

    private static Task WithDelegate(string member, string handle, string write) => Verify($$"""
        public sealed record Job(string Id, {{member}});

        private readonly Channel<Job> _channel = Channel.CreateUnbounded<Job>();

        public async Task Run(Job job)
        {
            using var activity = source.StartActivity("run");
            await _channel.Writer.{{write}}(job);
        }

        public async Task Loop()
        {
            await foreach (var job in _channel.Reader.ReadAllAsync())
            {
                {{handle}}
            }
        }
        """);

    private const string Handle = "using var activity = source.StartActivity(\"job\"); await Task.Yield();";

    [Theory]
    [InlineData("Action Run")]
    [InlineData("Func<Task> Run")]
    [InlineData("Func<IServiceProvider, CancellationToken, Task> Run")]
    [InlineData("Func<CancellationToken, ValueTask>? Run, CancellationToken Stop")]
    public Task Item_WithADelegate(string member) => WithDelegate(member, Handle, "[|WriteAsync|]");

    [Theory]
    [InlineData("Func<Activity?> Run")]
    [InlineData("Func<object> Run")]
    [InlineData("Action<ActivityContext> Run")]
    [InlineData("Func<Task> StartActivity")]
    public Task Item_WithADelegateThatMayBringTheContext(string member) => WithDelegate(member, Handle, "WriteAsync");

    // Delegates that are items, which the loop calls.
    private static Task Delegates(string work, string write, string call = "await work(stop);", string before = "") => Verify($$"""
        public sealed class WorkQueue
        {
            private readonly Channel<Func<CancellationToken, Task>> _channel = Channel.CreateUnbounded<Func<CancellationToken, Task>>();

            public ValueTask QueueAsync(Func<CancellationToken, Task> work) => _channel.Writer.{{write}}(work);

            public ValueTask<Func<CancellationToken, Task>> NextAsync(CancellationToken stop) => _channel.Reader.ReadAsync(stop);
        }

        private readonly WorkQueue _queue = new();

        public async Task Run(IWork work, string id)
        {
            using var activity = source.StartActivity("run");
            {{before}}
            await _queue.QueueAsync({{work}});
        }

        private async Task Export(CancellationToken stop)
        {
            using var activity = source.StartActivity("export");
            await Task.Delay(1, stop);
        }

        private static Func<CancellationToken, Task> Restoring(Func<CancellationToken, Task> work) => work;

        public async Task Loop(CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                var work = await _queue.NextAsync(stop);
                {{call}}
            }
        }
        """);

    [Theory]
    [InlineData("async stop => { using var one = source.StartActivity(\"work\"); await work.DoAsync(id); }")]
    [InlineData("stop => Export(stop)")]
    [InlineData("Export")]
    [InlineData("async _ => { if (id.Length > 0) { using (source.StartActivity(\"work\")) { await work.DoAsync(id); } } }")]
    public Task Delegate_WithASpan(string work) => Delegates(work, "[|WriteAsync|]");

    [Fact]
    public Task Delegate_CalledInASpan()
        => Delegates("Export", "[|WriteAsync|]", "using var activity = source.StartActivity(\"work\"); await work(stop);");

    [Theory]
    [InlineData("async stop => await work.DoAsync(id)")]
    [InlineData("async stop => { using var one = source.StartActivity(\"work\", ActivityKind.Internal, parent); await work.DoAsync(id); }", "var parent = activity?.Context ?? default;")]
    [InlineData("async stop => { Activity.Current = activity; using var one = source.StartActivity(\"work\"); await work.DoAsync(id); }")]
    [InlineData("stop => { ExecutionContext.Run(flow!, _ => { using var one = source.StartActivity(\"work\"); }, null); return Task.CompletedTask; }", "var flow = ExecutionContext.Capture();")]
    [InlineData("Restoring(Export)")]
    public Task Delegate_WithoutALostParent(string work, string before = "") => Delegates(work, "WriteAsync", before: before);

    [Theory]
    [InlineData("Activity.Current = null; await work(stop);")]
    [InlineData("await Task.Yield();")]
    public Task Delegate_ThatIsNotJustCalled(string call) => Delegates("Export", "WriteAsync", call);

    [Fact]
    public Task Delegate_QueuedOutsideAnySpan() => Verify("""
        private readonly Channel<Action> _channel = Channel.CreateUnbounded<Action>();

        public ValueTask Run() => _channel.Writer.WriteAsync(() => { using var activity = source.StartActivity("work"); });

        public async Task Loop()
        {
            await foreach (var work in _channel.Reader.ReadAllAsync()) work();
        }
        """);

    [Fact]
    public Task Delegate_QueuedDirectly() => Verify("""
        private readonly BlockingCollection<Action> _queue = new();

        public void Run()
        {
            using var activity = source.StartActivity("run");
            _queue.[|Add|](() => { using var one = source.StartActivity("work"); });
        }

        public void Loop()
        {
            foreach (var work in _queue.GetConsumingEnumerable()) work();
        }
        """);
}

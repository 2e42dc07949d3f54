using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

/// <summary>Where the reader of a queue runs: inside of the writer's span it has a parent already.</summary>
public class TL3007_QueuedItemWithoutContextReaderTests
{
    private const string Usings = "using System.Collections.Concurrent;\nusing System.Threading.Channels;\n";

    private const string Process = """
        private async Task Process(ChannelReader<Job> reader)
        {
            await foreach (var job in reader.ReadAllAsync())
            {
                using var activity = source.StartActivity("job");
                await Task.Delay(job.Id.Length);
            }
        }
        """;

    private static Task Verify(string members, string usings = "") => Verify<TL3007_QueuedItemWithoutContext>.Rule(Class("public sealed record Job(string Id);\n\n" + members, Usings + usings));

    // A producer and its readers in one method, after the start of its span or before it.
    private static Task Local(string reader, bool isInside) => Verify($$"""
        public async Task Run(string[] ids)
        {
            var jobs = Channel.CreateBounded<Job>(10);
        {{(isInside ? "" : "    var reader = " + reader + ";")}}
            using var activity = source.StartActivity("run");
        {{(isInside ? "    var reader = " + reader + ";" : "")}}
            foreach (var id in ids)
            {
                await jobs.Writer.{{(isInside ? "WriteAsync" : "[|WriteAsync|]")}}(new Job(id));
            }

            jobs.Writer.Complete();
            await reader;
        }

        {{(reader.Contains("Process(", StringComparison.Ordinal) ? Process : "")}}
        """);

    [Theory]
    [InlineData("Process(jobs.Reader)", true)]
    [InlineData("Process(jobs.Reader)", false)]
    [InlineData("Task.Run(() => Process(jobs.Reader))", true)]
    [InlineData("Task.Run(() => Process(jobs.Reader))", false)]
    [InlineData("Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Process(jobs.Reader)))", true)]
    [InlineData("Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Process(jobs.Reader)))", false)]
    [InlineData("Parallel.ForEachAsync(jobs.Reader.ReadAllAsync(), async (job, _) => { using var one = source.StartActivity(\"job\"); await Task.Yield(); })", true)]
    [InlineData("Parallel.ForEachAsync(jobs.Reader.ReadAllAsync(), async (job, _) => { using var one = source.StartActivity(\"job\"); await Task.Yield(); })", false)]
    [InlineData("Task.Run(async () => { await foreach (var job in jobs.Reader.ReadAllAsync()) { using var one = source.StartActivity(\"job\"); await Task.Yield(); } })", true)]
    [InlineData("Task.Run(async () => { await foreach (var job in jobs.Reader.ReadAllAsync()) { using var one = source.StartActivity(\"job\"); await Task.Yield(); } })", false)]
    public Task Reader_InsideTheSpanOrStartedBefore(string reader, bool isInside) => Local(reader, isInside);

    [Theory]
    [InlineData("var consumer = Consume();", "", true)]
    [InlineData("", "var consumer = Consume();", false)]
    public Task LocalFunction(string inside, string before, bool isInside) => Verify($$"""
        public async Task Run(string[] ids)
        {
            var jobs = new BlockingCollection<Job>();
            {{before}}
            using var activity = source.StartActivity("run");
            {{inside}}
            foreach (var id in ids) jobs.{{(isInside ? "Add" : "[|Add|]")}}(new Job(id));
            jobs.CompleteAdding();
            await consumer;

            Task Consume() => Task.Run(() =>
            {
                foreach (var job in jobs.GetConsumingEnumerable())
                {
                    using var one = source.StartActivity("job");
                }
            });
        }
        """);

    [Fact]
    public Task WriterAndReader_CalledInOneSpan() => Verify($$"""
        private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>();

        public async Task Run(string[] ids)
        {
            using var activity = source.StartActivity("run");
            var reader = Process(_jobs.Reader);
            await Write(ids);
            await reader;
        }

        private async Task Write(string[] ids)
        {
            foreach (var id in ids) await _jobs.Writer.WriteAsync(new Job(id));
            _jobs.Writer.Complete();
        }

        {{Process}}
        """);

    [Fact]
    public Task Reader_AlsoStartedElsewhere() => Verify($$"""
        private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>();

        public Task Start() => Process(_jobs.Reader);

        public async Task Run(string id)
        {
            using var activity = source.StartActivity("run");
            _ = Process(_jobs.Reader);
            await _jobs.Writer.[|WriteAsync|](new Job(id));
        }

        {{Process}}
        """);

    [Fact]
    public Task Reader_InsideAnotherSpan() => Verify($$"""
        private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>();

        public Task Start()
        {
            using var activity = source.StartActivity("start");
            return Task.Run(() => Process(_jobs.Reader));
        }

        public async Task Run(string id)
        {
            using var activity = source.StartActivity("run");
            await _jobs.Writer.[|WriteAsync|](new Job(id));
        }

        {{Process}}
        """);

    [Fact]
    public Task Reader_OfARequest() => Verify<TL3007_QueuedItemWithoutContext>.Rule(Class($$"""
        public sealed record Job(string Id);

        public async Task Post(string[] ids)
        {
            var jobs = Channel.CreateUnbounded<Job>();
            var reader = Task.Run(() => Process(jobs.Reader));
            foreach (var id in ids) await jobs.Writer.WriteAsync(new Job(id));
            jobs.Writer.Complete();
            await reader;
        }

        {{Process}}
        """, Usings).Replace("public partial class Sample", "public abstract class ControllerBase { }\n\npublic partial class Sample : ControllerBase", StringComparison.Ordinal));

    // What an event raises runs where it is raised.
    [Fact]
    public Task Reader_ThatHandlesAnEvent() => Verify("""
        private readonly ConcurrentQueue<Job> _jobs = new();
        private event Action? Arrived;

        public void Run(string id)
        {
            using var activity = source.StartActivity("run");
            Arrived += () =>
            {
                while (_jobs.TryDequeue(out var job))
                {
                    using var one = source.StartActivity("job");
                }
            };
            _jobs.[|Enqueue|](new Job(id));
        }
        """);

    private static Task Stack(string undo, string push) => Verify($$"""
        private readonly ConcurrentStack<Job> _done = new();

        public void Run(string id)
        {
            using var activity = source.StartActivity("run");
            _done.{{push}}(new Job(id));
        }

        public async Task Undo()
        {
        {{undo}}
        }
        """);

    [Fact]
    public Task UndoStack_IsReadWhenItIsCalled() => Stack("""
        while (_done.TryPop(out var job))
        {
            using var activity = source.StartActivity("undo");
            await Task.Delay(job.Id.Length);
        }
        """, "Push");

    [Fact]
    public Task Stack_ThatAPumpReads() => Stack("""
        while (true)
        {
            await Task.Delay(100);
            if (_done.TryPop(out var job))
            {
                using var activity = source.StartActivity("job");
            }
        }
        """, "[|Push|]");

    private static Task Queue(string flush, string enqueue) => Verify($$"""
        private readonly ConcurrentQueue<Job> _jobs = new();

        public void Run(string id)
        {
            using var activity = source.StartActivity("run");
            _jobs.{{enqueue}}(new Job(id));
        }

        public async Task Flush(IWork work)
        {
        {{flush}}
        }

        private void Save(Job job)
        {
            using var activity = source.StartActivity("save");
        }
        """);

    [Theory]
    [InlineData("using var activity = source.StartActivity(\"flush\"); while (_jobs.TryDequeue(out var job)) await work.DoAsync(job.Id);")]
    [InlineData("var batch = new List<Job>(); while (_jobs.TryDequeue(out var job)) batch.Add(job); using var activity = source.StartActivity(\"flush\"); await work.DoAsync(batch[0].Id);")]
    [InlineData("using var activity = source.StartActivity(\"flush\"); while (_jobs.TryDequeue(out var job)) { using var one = source.StartActivity(\"job\"); work.Do(job.Id); }")]
    [InlineData("using (source.StartActivity(\"flush\")) { while (_jobs.TryDequeue(out var job)) Save(job); }")]
    public Task DrainedBatch_UnderOneSpan(string flush) => Queue(flush, "Enqueue");

    [Theory]
    [InlineData("while (_jobs.TryDequeue(out var job)) { using var activity = source.StartActivity(\"job\"); await work.DoAsync(job.Id); }")]
    [InlineData("while (_jobs.TryDequeue(out var job)) Save(job);")]
    [InlineData("Job? job; while (!_jobs.TryDequeue(out job)) await Task.Delay(1); using var activity = source.StartActivity(\"job\"); work.Do(job.Id);")]
    public Task DrainedItem_WithASpanOfItsOwn(string flush) => Queue(flush, "[|Enqueue|]");
}

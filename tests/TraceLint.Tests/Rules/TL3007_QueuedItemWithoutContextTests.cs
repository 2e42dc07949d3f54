using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

public class TL3007_QueuedItemWithoutContextTests
{
    private const string Usings = "using System.Collections.Concurrent;\nusing System.Threading.Channels;\nusing System.Threading.Tasks.Dataflow;";

    private static Task Reports(string members) => Verify<TL3007_QueuedItemWithoutContext>.Rule(Class(members, Usings));

    [Fact]
    public Task Channel_Record() => Reports("""
        public sealed record Job(string Id, int Count);

        private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>();

        public async Task Accept(string id)
        {
            using var activity = source.StartActivity("accept");
            await _jobs.Writer.[|WriteAsync|](new Job(id, 1));
        }

        public async Task Work(IWork work)
        {
            await foreach (var job in _jobs.Reader.ReadAllAsync())
            {
                using var activity = source.StartActivity("job");
                await work.DoAsync(job.Id);
            }
        }
        """);

    [Fact]
    public Task Channel_ReaderHandsTheItemOn() => Reports("""
        public sealed class Job
        {
            public string Id { get; set; } = "";
            public List<string> Lines { get; } = new();
        }

        private readonly ChannelWriter<Job> _writer;
        private readonly ChannelReader<Job> _reader;

        public Sample(Channel<Job> channel) => (_writer, _reader) = (channel.Writer, channel.Reader);

        public bool Accept(Job job)
        {
            using (source.StartActivity("accept"))
            {
                return _writer.[|TryWrite|](job);
            }
        }

        public async Task Work()
        {
            while (await _reader.WaitToReadAsync())
            {
                while (_reader.TryRead(out var job))
                {
                    await Process(job);
                }
            }
        }

        private async Task Process(Job job)
        {
            using var activity = source.StartActivity("job");
            await Task.Delay(job.Lines.Count);
        }
        """);

    [Fact]
    public Task BlockingCollection_CalledInsideASpan() => Reports("""
        public readonly record struct Job(string Id);

        private readonly BlockingCollection<Job> _jobs = new();

        public void Run(string id)
        {
            using var activity = source.StartActivity("run");
            Enqueue(id);
        }

        public void Work(IWork work)
        {
            foreach (var job in _jobs.GetConsumingEnumerable())
            {
                using var activity = source.StartActivity("job");
                work.Do(job.Id);
            }
        }

        private void Enqueue(string id) => _jobs.[|Add|](new Job(id));
        """);

    [Fact]
    public Task ConcurrentQueue_WithASignal() => Reports("""
        public sealed record Job(string Id);

        private readonly ConcurrentQueue<Job> _jobs = new();
        private readonly SemaphoreSlim _signal = new(0);

        public void Accept(string id)
        {
            using var activity = source.StartActivity("accept");
            _jobs.[|Enqueue|](new Job(id));
            _signal.Release();
        }

        public async Task Work(IWork work)
        {
            while (true)
            {
                await _signal.WaitAsync();
                if (_jobs.TryDequeue(out var job))
                {
                    using var activity = source.StartActivity("job", ActivityKind.Consumer);
                    work.Do(job.Id);
                }
            }
        }
        """);

    [Fact]
    public Task Controller_IsInsideARequest() => Verify<TL3007_QueuedItemWithoutContext>.Rule(Class("""
        public sealed record Job(string Id);

        private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>();

        public ValueTask Post(string id) => _jobs.Writer.[|WriteAsync|](new Job(id));

        public async Task Work(IWork work)
        {
            using (source.StartActivity("job"))
            {
                work.Do((await _jobs.Reader.ReadAsync()).Id);
            }
        }
        """, Usings).Replace("public partial class Sample", "public abstract class ControllerBase { }\n\npublic partial class Sample : ControllerBase", StringComparison.Ordinal));

    [Theory]
    [InlineData("_jobs.[|Post|](new Job(id));")]
    [InlineData("await _jobs.[|SendAsync|](new Job(id));")]
    public Task BufferBlock(string write) => Reports($$"""
        public sealed record Job(string Id);

        private readonly BufferBlock<Job> _jobs = new();

        public async Task Accept(string id)
        {
            using var activity = source.StartActivity("accept");
            await Task.Yield();
            {{write}}
        }

        public async Task Work(IWork work)
        {
            while (await _jobs.OutputAvailableAsync())
            {
                var job = await _jobs.ReceiveAsync();
                using var activity = source.StartActivity("job");
                work.Do(job.Id);
            }
        }
        """);

    [Theory]
    [InlineData("_jobs = new ActionBlock<Job>(job => { using var activity = source.StartActivity(\"job\"); work.Do(job.Id); });")]
    [InlineData("_jobs = new ActionBlock<Job>(Process, new ExecutionDataflowBlockOptions { MaxDegreeOfParallelism = 4 });")]
    [InlineData("_jobs = new(Process);")]
    public Task ActionBlock(string made) => Reports($$"""
        public sealed record Job(string Id);

        private readonly ActionBlock<Job> _jobs;

        public Sample(IWork work)
        {
            {{made}}
        }

        public void Accept(string id)
        {
            using var activity = source.StartActivity("accept");
            _jobs.[|Post|](new Job(id));
        }

        private static async Task Process(Job job)
        {
            using var activity = source.StartActivity("job");
            await Task.Delay(job.Id.Length);
        }
        """);

    [Fact]
    public Task PriorityQueue_UnderALock() => Reports("""
        public sealed record Job(string Id);

        private readonly PriorityQueue<Job, int> _jobs = new();

        public void Accept(string id)
        {
            using var activity = source.StartActivity("accept");
            lock (_jobs)
            {
                _jobs.[|Enqueue|](new Job(id), id.Length);
                Monitor.Pulse(_jobs);
            }
        }

        public void Work(IWork work)
        {
            while (true)
            {
                Job next;
                lock (_jobs)
                {
                    if (!_jobs.TryDequeue(out var job, out _))
                    {
                        Monitor.Wait(_jobs);
                        continue;
                    }

                    next = job;
                }

                using var activity = source.StartActivity("job");
                work.Do(next.Id);
            }
        }
        """);
}

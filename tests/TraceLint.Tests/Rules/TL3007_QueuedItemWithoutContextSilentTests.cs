using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

public class TL3007_QueuedItemWithoutContextSilentTests
{
    private const string Accept = """
        public async Task Accept(Job job)
        {
            using var activity = source.StartActivity("accept");
            await _jobs.Writer.WriteAsync(job);
        }
        """;

    private const string Work = """
        public async Task Work(IWork work)
        {
            await foreach (var job in _jobs.Reader.ReadAllAsync())
            {
                using var activity = source.StartActivity("job");
                await work.DoAsync(job.ToString()!);
            }
        }
        """;

    private static Task Alone(string members) => Verify<TL3007_QueuedItemWithoutContext>.Rule(Class(members, "using System.Threading.Tasks.Dataflow;"));

    private static Task Silent(string job, string accept = Accept, string work = Work) => Verify<TL3007_QueuedItemWithoutContext>.Rule(Class($$"""
        {{job}}

        private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>();

        {{accept.ReplaceLineEndings("\n")}}

        {{work.ReplaceLineEndings("\n")}}
        """, "using System.Threading.Channels;"));

    [Fact]
    public Task Item_HasAContext() => Silent("public sealed record Job(string Id, ActivityContext Parent);");

    [Fact]
    public Task Item_HasTheActivity() => Silent("public sealed class Job { public Activity? Started { get; } = Activity.Current; }");

    [Fact]
    public Task Item_HasAnExecutionContext() => Silent("public sealed class Job { private readonly ExecutionContext? _flow = ExecutionContext.Capture(); public string Id => _flow is null ? \"\" : \"1\"; }");

    [Fact]
    public Task Item_HasATextThatMayBeIt() => Silent("public sealed record Job(string Id, string? TraceParent);");

    [Fact]
    public Task Item_HasHeaders() => Silent("public sealed record Job(string Id, Dictionary<string, string> Values);");

    [Fact]
    public Task ItemsBase_HasAContext() => Silent("""
        public abstract record Traced { public ActivityContext Origin { get; } = Activity.Current?.Context ?? default; }

        public sealed record Job(string Id) : Traced;
        """);

    [Fact]
    public Task ItemsPart_HasAContext() => Silent("""
        public sealed record Envelope(string? Tracing);

        public sealed record Job(string Id, List<Envelope> Envelopes);
        """);

    [Fact]
    public Task ItemsDerivedType_HasAContext() => Silent("""
        public record Job(string Id);

        public sealed record TracedJob(string Id, ActivityContext Origin) : Job(Id);
        """);

    [Fact]
    public Task Item_IsAnInterface() => Silent("public interface Job { string Id { get; } }");

    [Fact]
    public Task Item_IsAnsweredToTheCaller() => Silent("public sealed record Job(string Id, TaskCompletionSource<string> Answer);");

    [Fact]
    public Task Reader_PassesAParent() => Silent("public sealed record Job(string Id);", work: """
        public async Task Work(ActivityContext parent)
        {
            await foreach (var job in _jobs.Reader.ReadAllAsync())
            {
                using var activity = source.StartActivity("job", ActivityKind.Internal, parent);
            }
        }
        """);

    [Fact]
    public Task Reader_StartsNoSpan() => Silent("public sealed record Job(string Id);", work: """
        public async Task Work(IWork work)
        {
            await foreach (var job in _jobs.Reader.ReadAllAsync())
            {
                work.Do(job.Id);
            }
        }
        """);

    [Fact]
    public Task Reader_SetsTheCurrentOne() => Silent("public sealed record Job(string Id);", work: """
        public async Task Work(IWork work, Activity owner)
        {
            Activity.Current = owner;
            await foreach (var job in _jobs.Reader.ReadAllAsync())
            {
                using var activity = source.StartActivity("job");
            }
        }
        """);

    [Fact]
    public Task Writer_OutsideAnySpan() => Silent("public sealed record Job(string Id);", accept: """
        public async Task Poll(IWork work)
        {
            foreach (var id in work.Read())
            {
                await _jobs.Writer.WriteAsync(new Job(id));
            }
        }
        """);

    [Fact]
    public Task Writer_IsTheReader() => Silent("public sealed record Job(string Id);", accept: "", work: """
        public async Task Work(IWork work)
        {
            await foreach (var job in _jobs.Reader.ReadAllAsync())
            {
                using var activity = source.StartActivity("job");
                _jobs.Writer.TryWrite(job);
            }
        }
        """);

    [Fact]
    public Task Signal() => Verify<TL3007_QueuedItemWithoutContext>.Rule(Class("""
        private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(1);

        public void Wake()
        {
            using var activity = source.StartActivity("wake");
            _signal.Writer.TryWrite(true);
        }

        public async Task Work(IWork work)
        {
            while (await _signal.Reader.ReadAsync())
            {
                using var activity = source.StartActivity("job");
                work.Do("all");
            }
        }
        """, "using System.Threading.Channels;"));

    [Fact]
    public Task OtherQueueOfOtherItems() => Verify<TL3007_QueuedItemWithoutContext>.Rule(Class("""
        public sealed record Job(string Id);

        public sealed record Note(string Text);

        private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>();
        private readonly List<Note> _notes = new();

        public void Accept(string id)
        {
            using var activity = source.StartActivity("accept");
            _notes.Add(new Note(id));
        }

        public async Task Work(IWork work)
        {
            await foreach (var job in _jobs.Reader.ReadAllAsync())
            {
                using var activity = source.StartActivity("job");
                work.Do(job.Id);
            }
        }
        """, "using System.Threading.Channels;"));

    // It is made and used inside of the same span, which its handler finds current.
    [Fact]
    public Task ActionBlock_OfTheSameMethod() => Alone("""
        public sealed record Job(string Id);

        public async Task Run(string[] ids, IWork work)
        {
            using var activity = source.StartActivity("run");
            var jobs = new ActionBlock<Job>(async job =>
            {
                using var one = source.StartActivity("job");
                await work.DoAsync(job.Id);
            });
            foreach (var id in ids)
            {
                jobs.Post(new Job(id));
            }

            jobs.Complete();
            await jobs.Completion;
        }
        """);

    [Theory]
    [InlineData("string Id, ActivityContext Parent", "using var activity = source.StartActivity(\"job\", ActivityKind.Internal, job.Parent);")]
    [InlineData("string Id, ActivityContext Parent", "using var activity = source.StartActivity(\"job\");")]
    [InlineData("string Id, string TraceParent", "ActivityContext.TryParse(job.TraceParent, null, isRemote: true, out var parent); using var activity = source.StartActivity(\"job\", ActivityKind.Internal, parent);")]
    [InlineData("string Id, int Count", "System.Console.WriteLine(job.Id);")]
    public Task Blocks_WhoseItemsCarryOrStartNoSpan(string parts, string handling) => Alone($$"""
        public sealed record Job({{parts}});

        private readonly ActionBlock<Job> _jobs = new(job => { {{handling}} });
        private readonly BufferBlock<Job> _more = new();

        public void Accept(Job job)
        {
            using var activity = source.StartActivity("accept");
            _jobs.Post(job);
            _more.Post(job);
        }
        """);

    // Without a lock it is the means of one flow: what takes the items off runs in the span that put them there.
    [Fact]
    public Task PriorityQueue_OfOneFlow() => Alone("""
        public sealed record Job(string Id);

        private readonly PriorityQueue<Job, int> _jobs = new();

        public void Run(string[] ids, IWork work)
        {
            using var activity = source.StartActivity("run");
            foreach (var id in ids)
            {
                _jobs.Enqueue(new Job(id), id.Length);
            }

            Drain(work);
        }

        private void Drain(IWork work)
        {
            while (_jobs.TryDequeue(out var job, out _))
            {
                using var activity = source.StartActivity("job");
                work.Do(job.Id);
            }
        }
        """);

    // A client that sends, a list that is added to: the names are everybody's.
    [Fact]
    public Task OtherMethodsOfTheSameNames() => Alone("""
        public sealed record Job(string Id);

        private readonly BufferBlock<Job> _jobs = new();

        public async Task Accept(Sender sender, string id)
        {
            using var activity = source.StartActivity("accept");
            sender.Post(new Job(id));
            await sender.SendAsync(new Job(id));
        }

        public async Task Work(IWork work)
        {
            var job = await _jobs.ReceiveAsync();
            using var activity = source.StartActivity("job");
            work.Do(job.Id);
        }

        public sealed class Sender
        {
            public bool Post(Job item) => true;
            public Task<bool> SendAsync(Job item) => Task.FromResult(true);
        }
        """);
}

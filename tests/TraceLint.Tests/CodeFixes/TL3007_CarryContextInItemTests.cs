using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.CodeFixes;

public class TL3007_CarryContextInItemTests
{
    private const string Usings = "using System.Collections.Concurrent;\nusing System.Threading.Channels;";

    private const string Accept = """
        private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>();

        public async Task Accept(string id)
        {
            using var activity = source.StartActivity("accept");
            await _jobs.Writer.[|WriteAsync|](new Job(id));
        }

        """;

    private const string Work = """
        public async Task Work(IWork work)
        {
            await foreach (var job in _jobs.Reader.ReadAllAsync())
            {
                using var activity = source.StartActivity("job");
                await work.DoAsync(job.Id);
            }
        }
        """;

    private const string Property = """
        internal ActivityContext ParentContext { get; } = Activity.Current is { } current
                ? new ActivityContext(
                    current.TraceId,
                    current.SpanId,
                    current.ActivityTraceFlags,
                    current.TraceStateString,
                    isRemote: true)
                : default;
        """;

    private static readonly string s_fixedWork = Work.Replace("\"job\")", "\"job\", ActivityKind.Internal, job.ParentContext)");

    [Fact]
    public Task RecordWithoutABody() => Fix(
        "public sealed record Job(string Id); // one a customer\n\n" + Accept + Work,
        $$"""
        public sealed record Job(string Id)
        {
            {{Property}}
        } // one a customer

        """ + "\n" + Unmarked(Accept) + s_fixedWork);

    [Fact]
    public Task ClassWithMembers() => Fix(
        """
        public class Job
        {
            public Job(string id) => Id = id;

            public string Id { get; }
        }

        """ + Accept + Work,
        $$"""
        public class Job
        {
            public Job(string id) => Id = id;

            public string Id { get; }

            {{Property}}
        }

        """ + Unmarked(Accept) + s_fixedWork);

    [Theory]
    [InlineData("source.StartActivity(\"job\", ActivityKind.Consumer)", "source.StartActivity(\"job\", ActivityKind.Consumer, job.ParentContext)")]
    [InlineData("source.StartActivity()", "source.StartActivity(ActivityKind.Internal, parentContext: job.ParentContext)")]
    [InlineData("source.StartActivity(\"job\", kind: ActivityKind.Consumer)", "source.StartActivity(\"job\", ActivityKind.Consumer, job.ParentContext)")]
    public Task OtherWaysToStartTheSpan(string start, string rewritten) => Fix(
        "public sealed record Job(string Id);\n\n" + Accept + Work.Replace("source.StartActivity(\"job\")", start),
        WithBody + Unmarked(Accept) + Work.Replace("source.StartActivity(\"job\")", rewritten));

    [Fact]
    public Task TwoReaders_OneThroughAHelper() => Fix(
        "public sealed record Job(string Id);\n\n" + Accept + Work + """


        public void WorkHere(IWork work)
        {
            while (_jobs.Reader.TryRead(out var next))
            {
                Process(next, work);
            }
        }

        private static void Process(Job item, IWork work)
        {
            using var activity = source.StartActivity("here");
            work.Do(item.Id);
        }
        """,
        WithBody + Unmarked(Accept) + s_fixedWork + """


        public void WorkHere(IWork work)
        {
            while (_jobs.Reader.TryRead(out var next))
            {
                Process(next, work);
            }
        }

        private static void Process(Job item, IWork work)
        {
            using var activity = source.StartActivity("here", ActivityKind.Internal, item.ParentContext);
            work.Do(item.Id);
        }
        """);

    [Fact]
    public Task TwoWriters_OneOfWhichIsHandedTheItem() => Fix(
        "public sealed record Job(string Id);\n\n" + Accept + Hand("[|TryWrite|]") + Work,
        WithBody + Unmarked(Accept) + Hand("TryWrite") + s_fixedWork);

    [Fact]
    public Task ThreeFiles() => Verify<TL3007_QueuedItemWithoutContext>.Fix<TL3007_CarryContextInItem>(
        Class(Accept, Usings),
        Class(Unmarked(Accept), Usings),
        Setup.OpenTelemetry with
        {
            MoreFiles = [("Job.cs", "public sealed record Job(string Id);\n"), ("Work.cs", Part(Work))],
            FixedFiles =
            [
                ("Job.cs", $$"""
                    using System.Diagnostics;

                    public sealed record Job(string Id)
                    {
                        {{Property}}
                    }

                    """),
                ("Work.cs", Part(s_fixedWork)),
            ],
        });

    // Nothing that is done there could be right, or be seen to be.
    [Theory]
    [InlineData("public readonly record struct Job(string Id);", Work)]
    [InlineData("public partial record Job(string Id); public partial record Job { }", Work)]
    [InlineData("public sealed record Job(string Id);", "public async Task Work(IWork work) { while (true) { using var activity = source.StartActivity(\"job\"); var job = await _jobs.Reader.ReadAsync(); await work.DoAsync(job.Id); } }")]
    [InlineData("public sealed record Job(string Id);", "private Job _last; public async Task Work(IWork work) { while (true) { var job = await _jobs.Reader.ReadAsync(); var last = _last; _last = job; using var activity = source.StartActivity(\"job\"); await work.DoAsync(last.Id); } }")]
    [InlineData("public sealed record Job(string Id);", "public async Task Work(IWork work) { var job = await _jobs.Reader.ReadAsync(); using (source.StartActivity(\"one\")) { work.Do(job.Id); } using (source.StartActivity(\"two\")) { work.Do(job.Id); } }")]
    public Task TypeOrReader_ThatIsLeftAlone(string type, string reader) => NoFix(type + "\n\n" + Accept + reader);

    [Theory]
    [InlineData("private static readonly Job s_same = new Job(\"same\");", "s_same")]
    [InlineData("", "given")]
    [InlineData("private static Job Make() => new Job(\"made\");", "Make()")]
    public Task ItemThatIsMadeElsewhere_IsLeftAlone(string members, string item) => NoFix($$"""
        public sealed record Job(string Id);

        private readonly Channel<Job> _jobs = Channel.CreateUnbounded<Job>();
        {{members}}

        public async Task Accept(Job given)
        {
            using var activity = source.StartActivity("accept");
            await _jobs.Writer.[|WriteAsync|]({{item}});
        }

        """ + Work);

    [Fact]
    public Task OldCSharp_IsLeftAlone() => Verify<TL3007_QueuedItemWithoutContext>.NoFix<TL3007_CarryContextInItem>(
        Class("""
            public class Job
            {
                public string Id { get; set; }
            }

            private readonly ConcurrentQueue<Job> _jobs = new ConcurrentQueue<Job>();

            public void Accept(string id)
            {
                using (source.StartActivity("accept"))
                {
                    _jobs.[|Enqueue|](new Job { Id = id });
                }
            }

            public void Work(IWork work)
            {
                while (_jobs.TryDequeue(out var job))
                {
                    using (source.StartActivity("job"))
                    {
                        work.Do(job.Id);
                    }
                }
            }
            """, Usings).Replace("IAsyncEnumerable<string> ReadAsync();", ""),
        Setup.OpenTelemetry with { Language = LanguageVersion.CSharp7_3, Nullable = false });

    private static string WithBody => $$"""
        public sealed record Job(string Id)
        {
            {{Property}}
        }


        """;

    private static string Hand(string write) => $$"""
        public void AcceptAll(string[] ids)
        {
            using var activity = source.StartActivity("accept all");
            foreach (var id in ids)
            {
                var job = new Job(id);
                Put(job);
            }
        }

        private void Put(Job job) => _jobs.Writer.{{write}}(job);

        """;

    private static string Part(string members) => $$"""
        using System.Diagnostics;
        using System.Threading.Channels;
        using System.Threading.Tasks;

        public partial class Sample
        {
        {{string.Join('\n', members.Split('\n').Select(static line => line.Length == 0 ? line : "    " + line))}}
        }

        """;

    private static string Unmarked(string code) => code.Replace("[|", "").Replace("|]", "");

    private static Task Fix(string members, string @fixed) => Verify<TL3007_QueuedItemWithoutContext>.Fix<TL3007_CarryContextInItem>(Class(members, Usings), Class(@fixed, Usings));

    private static Task NoFix(string members) => Verify<TL3007_QueuedItemWithoutContext>.NoFix<TL3007_CarryContextInItem>(Class(members, Usings));
}

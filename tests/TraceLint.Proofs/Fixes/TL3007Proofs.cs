using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Items that are put on a queue inside of the process.</summary>
public sealed class TL3007Proofs : FixProofs<TL3007Proofs>
{
    public static Proof Channel => Of("public sealed record Job(string Id);", "");

    public static Proof ClassWithMembers => Of("""
        public sealed class Job
        {
            public Job(string id) => Id = id;

            public string Id { get; }
        }
        """, "");

    public static Proof ItemMadeOutsideOfAnySpan => Of("public sealed record Job(string Id);", """
        Activity.Current = null;
        await PutAsync("8");
        """, after: ", process", putsMore: true);

    public static Proof ActionBlock => new()
    {
        Code = ServiceCode.Method("", """
            using (source.StartActivity("accept"))
            {
                jobs.Post(new Job("7"));
            }

            using (source.StartActivity("accept"))
            {
                jobs.Post(new Job("8"));
            }

            accepted.SetResult(true);
            jobs.Complete();
            await jobs.Completion;
            """, """
            public sealed record Job(string Id);

            private static readonly TaskCompletionSource<bool> accepted = new TaskCompletionSource<bool>();

            private readonly ActionBlock<Job> jobs = new ActionBlock<Job>(async job =>
            {
                using var activity = source.StartActivity("process");
                await accepted.Task;
            });
            """, "using System.Threading.Tasks.Dataflow;"),
        Broken = "root(accept(process, process), accept)",
        Whole = "root(accept(>process), accept(>process))",
    };

    private static Proof Of(string type, string statements, string after = "", bool putsMore = false) => new()
    {
        Code = ServiceCode.Method("", $$"""
            var reading = ReadAsync();
            using (source.StartActivity("accept"))
            {
                await jobs.Writer.WriteAsync(new Job("7"));
            }

            {{statements}}
            jobs.Writer.Complete();
            await reading;
            """, $$"""
            {{type}}

            private readonly Channel<Job> jobs = Channel.CreateUnbounded<Job>();

            private async Task ReadAsync()
            {
                await foreach (var job in jobs.Reader.ReadAllAsync())
                {
                    using var activity = source.StartActivity("process");
                }
            }
            {{(putsMore ? "\nprivate async Task PutAsync(string id) => await jobs.Writer.WriteAsync(new Job(id));" : "")}}
            """, "using System.Threading.Channels;"),
        Broken = $"root(accept, process{after})",
        Whole = $"root(accept(>process){after})",
    };
}

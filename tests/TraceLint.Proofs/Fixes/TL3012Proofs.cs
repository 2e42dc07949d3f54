using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Spans that end where a task is returned: what the task goes on with finds a parent that has ended, and a failure leaves no mark.</summary>
[Unproved(Gap.UnsampledRoot, UnprovedAttribute.NotRecorded)]
public sealed class TL3012Proofs : FixProofs<TL3012Proofs>
{
    private const string Ended = "private static readonly TaskCompletionSource<bool> ended = new TaskCompletionSource<bool>();";

    private const string Save = """
        private static async Task SaveAsync()
        {
            var handling = Activity.Current;
            await ended.Task;
            using var activity = source.StartActivity("save");
            activity?.SetTag("parent ended", handling?.IsStopped);
        }
        """;

    public static Proof ChildAfterAnAwait => Of("""
        private static Task HandleAsync()
        {
            using var activity = source.StartActivity("handle");
            return SaveAsync();
        }
        """);

    public static Proof OneTaskOfSeveral => Of("""
        private static Task HandleAsync()
        {
            using (source.StartActivity("handle"))
            {
                if (order.Lines.Length == 0)
                {
                    return Task.CompletedTask;
                }

                if (order.Lines.Length == 2)
                {
                    return Task.WhenAll(order.Lines.Take(1).Select(line => SaveAsync()));
                }
            }

            return Task.FromException(new InvalidOperationException());
        }
        """);

    public static Proof Middleware => Of("""
        private static readonly Func<Func<Task>, Task> Handler = next =>
        {
            using var activity = source.StartActivity("handle");
            return next();
        };

        private static Task HandleAsync() => Handler(SaveAsync);
        """);

    public static Proof TagOnTheSpan => Of(
        """
        private static Task<int> HandleAsync()
        {
            using var activity = source.StartActivity("handle");
            return CountAsync();
        }

        private static async Task<int> CountAsync()
        {
            await ended.Task;
            Activity.Current?.SetTag("lines", order.Lines.Length);
            return order.Lines.Length;
        }
        """,
        broken: "root(handle{written to after its end})",
        whole: "root(handle{lines=2})");

    public static Proof Failure => Of(
        """
        private static async Task HandleAsync()
        {
            try
            {
                await TracedAsync();
            }
            catch (InvalidOperationException)
            {
            }
        }

        private static Task TracedAsync()
        {
            using var activity = source.StartActivity("handle");
            try
            {
                return FailAsync();
            }
            catch (InvalidOperationException)
            {
                activity?.SetTag("failed", true);
                throw;
            }
        }

        private static async Task FailAsync()
        {
            await ended.Task;
            throw new InvalidOperationException();
        }
        """,
        broken: "root(handle)",
        whole: "root(handle{failed=True})");

    private static Proof Of(string members, string broken = "root(handle(save{parent ended=True}))", string whole = "root(handle(save{parent ended=False}))") => new()
    {
        Code = ServiceCode.Method("", """
            var handling = HandleAsync();
            ended.SetResult(true);
            await handling;
            """, Ended + "\n\n" + members + (members.Contains("SaveAsync", StringComparison.Ordinal) ? "\n\n" + Save : "")),
        Broken = broken,
        Whole = whole,
    };
}

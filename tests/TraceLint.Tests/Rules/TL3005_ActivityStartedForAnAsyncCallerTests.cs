using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

public class TL3005_ActivityStartedForAnAsyncCallerTests
{
    private static Task Reports(string members) => Verify<TL3005_ActivityStartedForAnAsyncCaller>.Rule(Class(members));

    [Fact]
    public Task Returned() => Reports("""
        public async Task<Activity?> StartAsync(IWork work, string order)
        {
            await work.DoAsync(order);
            return source.[|StartActivity|]("process");
        }
        """);

    [Fact]
    public Task Returned_FromALocal() => Reports("""
        private static async ValueTask<Activity?> StartAsync(IWork work, string order)
        {
            var activity = source.[|StartActivity|]("process");
            await work.DoAsync(order);
            activity?.SetTag("order", order);
            return activity;
        }

        public async Task Run(IWork work)
        {
            using var activity = await StartAsync(work, "1");
            await work.DoAsync("2");
        }
        """);

    [Fact]
    public Task Returned_FromALocalFunction() => Reports("""
        public async Task Run(IWork work, string order)
        {
            using (await StartAsync())
            {
                work.Do(order);
            }

            async Task<Activity?> StartAsync()
            {
                await work.DoAsync(order);
                return source.[|StartActivity|]("process")?.SetTag("order", order);
            }
        }
        """);

    [Fact]
    public Task Returned_InAScope() => Reports("""
        public async Task<Scope> BeginAsync(IWork work, string order)
        {
            await work.DoAsync(order);
            var activity = source.[|StartActivity|]("process");
            return new Scope(activity);
        }

        public sealed class Scope(Activity? activity) : IDisposable
        {
            public void Dispose() => activity?.Dispose();
        }
        """);

    [Fact]
    public Task Returned_ToACallerThatReadsOtherIds() => Reports("""
        private static async Task<Activity?> StartAsync(IWork work)
        {
            await work.DoAsync("name");
            return source.[|StartActivity|]("process");
        }

        public async Task Run(IWork work, Thread thread)
        {
            using var activity = await StartAsync(work);
            activity?.SetTag("thread", thread.ManagedThreadId);
            await work.DoAsync(Task.CompletedTask.Id.ToString());
        }
        """);

    [Fact]
    public Task Returned_MadeByHand() => Reports("""
        public async Task<Activity> StartAsync(IWork work)
        {
            await work.DoAsync("name");
            return new Activity("process").[|Start|]();
        }
        """);

    [Fact]
    public Task Kept_InAField() => Reports("""
        private Activity? _activity;

        public async Task BeginAsync(IWork work, string order)
        {
            await work.DoAsync(order);
            _activity = source.[|StartActivity|]("process");
            _activity?.SetTag("order", order);
        }

        public Task EndAsync()
        {
            _activity?.Dispose();
            return Task.CompletedTask;
        }
        """);

    [Fact]
    public Task LeftRunning_ForWhoStopsTheCurrentOne() => Reports("""
        public async Task OnStarted(IWork work, string order)
        {
            await work.DoAsync(order);
            source.[|StartActivity|]("process");
        }

        public void OnFinished() => Activity.Current?.Stop();
        """);

    [Theory]
    [InlineData("async () => { await work.DoAsync(order); return source.[|StartActivity|](\"process\"); }")]
    [InlineData("async () => source.[|StartActivity|](\"process\")")]
    [InlineData("async () => { var activity = source.[|StartActivity|](\"process\"); await work.DoAsync(order); activity?.SetTag(\"order\", order); return activity; }")]
    public Task Returned_FromALambdaThatIsHandedOver(string acquire) => Reports($$"""
        public Task Run(IWork work, string order) => Use(
            {{acquire}},
            activity => { activity?.SetTag("a", 1); return work.DoAsync(order); });

        private static async Task Use<T>(Func<Task<T>> acquire, Func<T, Task> use) where T : IDisposable?
        {
            using var resource = await acquire();
            await use(resource);
        }
        """);

    [Fact]
    public Task Returned_FromALambdaOfAnotherThread() => Reports("""
        public async Task Run(IWork work, string order)
        {
            using var activity = await Task.Run(async () => { await work.DoAsync(order); return source.[|StartActivity|]("process"); });
            await work.DoAsync(order);
        }
        """);
}

using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

public class TL3005_ActivityStartedForAnAsyncCallerSilentTests
{
    private static Task Silent(string members) => Verify<TL3005_ActivityStartedForAnAsyncCaller>.Rule(Class(members));

    [Fact]
    public Task NotAsync() => Silent("""
        public Activity? Start() => source.StartActivity("process");

        public Task<Activity?> StartAsync() => Task.FromResult(source.StartActivity("process"));

        public ValueTask<Activity?> StartLater()
        {
            var activity = source.StartActivity("process");
            return new ValueTask<Activity?>(activity);
        }
        """);

    [Fact]
    public Task CallerMakesItCurrent() => Silent("""
        private static async Task<Activity?> StartAsync(IWork work)
        {
            await work.DoAsync("name");
            return source.StartActivity("process");
        }

        public async Task Run(IWork work)
        {
            using var activity = await StartAsync(work);
            Activity.Current = activity;
            await work.DoAsync("2");
        }
        """);

    [Fact]
    public Task CallerHandsItOnAsAParent() => Silent("""
        private static async Task<Activity?> StartAsync(IWork work)
        {
            await work.DoAsync("name");
            return source.StartActivity("process");
        }

        public async Task Run(IWork work)
        {
            using var activity = await StartAsync(work);
            using var child = source.StartActivity("child", ActivityKind.Internal, activity?.Context ?? default);
            await work.DoAsync("2");
        }
        """);

    [Fact]
    public Task StoppedByTheMethodItself() => Silent("""
        private Activity? _activity;

        public async Task Run(IWork work, string order)
        {
            _activity = source.StartActivity("process");
            try
            {
                await work.DoAsync(order);
            }
            finally
            {
                _activity?.Stop();
            }
        }
        """);

    [Fact]
    public Task MiddlewareStoresAndGoesOn() => Silent("""
        private Activity? _activity;

        public async Task Invoke(Func<Task> next)
        {
            _activity = source.StartActivity("process");
            await next();
        }

        public void Finished() => _activity?.Dispose();
        """);

    [Fact]
    public Task FieldIsUsedAsAParent() => Silent("""
        private Activity? _session;

        public async Task ConnectAsync(IWork work)
        {
            await work.DoAsync("connect");
            _session = source.StartActivity("session");
        }

        public void Send(IWork work)
        {
            using var activity = source.StartActivity("send", ActivityKind.Client, _session?.Context ?? default);
            work.Do("send");
        }

        public void Close() => _session?.Dispose();
        """);

    [Fact]
    public Task FieldIsMadeCurrent() => Silent("""
        private Activity? _activity;

        public async Task BeginAsync(IWork work)
        {
            await work.DoAsync("begin");
            _activity = source.StartActivity("process");
        }

        public void Run(IWork work)
        {
            Activity.Current = _activity;
            work.Do("run");
            _activity?.Stop();
        }
        """);

    [Fact]
    public Task FieldIsNotStoppedHere() => Silent("""
        public Activity? Activity { get; private set; }

        public async Task BeginAsync(IWork work)
        {
            await work.DoAsync("begin");
            Activity = source.StartActivity("process");
        }
        """);

    [Fact]
    public Task Using() => Silent("""
        public async Task<string> Run(IWork work)
        {
            using var activity = source.StartActivity("process");
            await work.DoAsync("run");
            return activity?.Id ?? "";
        }
        """);

    [Fact]
    public Task CreatedOnly() => Silent("""
        public async Task<Activity?> CreateAsync(IWork work)
        {
            await work.DoAsync("create");
            return source.CreateActivity("process", ActivityKind.Internal);
        }
        """);

    [Fact]
    public Task Lambda() => Silent("""
        public Func<Task<Activity?>> Starter(IWork work) => async () =>
        {
            await work.DoAsync("create");
            return source.StartActivity("process");
        };
        """);

    [Fact]
    public Task HandedToOtherCode() => Silent("""
        public async Task Run(IWork work)
        {
            await work.DoAsync("run");
            var activity = source.StartActivity("process");
            if (activity != null)
            {
                work.Keep(activity);
            }
        }
        """);

    [Fact]
    public Task NothingStopsIt_IsAnotherRules() => Silent("""
        public async Task Run(IWork work)
        {
            await work.DoAsync("run");
            source.StartActivity("process");
        }
        """);

    [Theory]
    [InlineData("await Use(() => Task.FromResult(source.StartActivity(\"process\")), activity => work.DoAsync(order));")]
    [InlineData("await Use(async () => { await work.DoAsync(order); return source.StartActivity(\"process\"); }, activity => Child(activity?.Context ?? default));")]
    [InlineData("await Use(async () => { await work.DoAsync(order); return source.StartActivity(\"process\"); }, activity => { Activity.Current = activity; return work.DoAsync(order); });")]
    [InlineData("await UseCurrent(async () => { await work.DoAsync(order); return source.StartActivity(\"process\"); });")]
    [InlineData("await Use(async () => { using var activity = source.StartActivity(\"process\"); await work.DoAsync(order); return activity?.Id; }, id => work.DoAsync(order));")]
    [InlineData("Func<Task<Activity?>> start = async () => { await work.DoAsync(order); return source.StartActivity(\"process\"); }; await UseCurrent(start);")]
    [InlineData("using var activity = await Task.Run(async () => { await work.DoAsync(order); return source.StartActivity(\"process\"); }); Child(activity?.Context ?? default);")]
    public Task LambdaWhoseCallerMakesItCurrent_OrUsesItsContext(string statement) => Silent($$"""
        public async Task Run(IWork work, string order)
        {
            {{statement}}
        }

        private static Task Child(ActivityContext parent) => Task.CompletedTask;

        private static async Task Use<T>(Func<Task<T>> acquire, Func<T, Task> use) => await use(await acquire());

        private static async Task UseCurrent(Func<Task<Activity?>> acquire) => Activity.Current = await acquire();
        """);
}

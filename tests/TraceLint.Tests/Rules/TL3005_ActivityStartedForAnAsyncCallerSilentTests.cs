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
}

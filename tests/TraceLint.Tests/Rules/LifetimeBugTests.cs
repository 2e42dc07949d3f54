using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

/// <summary>Bugs that public issues describe, in code of our own: each is reported, its corrected form is not.</summary>
public class LifetimeBugTests
{
    // dotnet/corefx#41228: an async helper starts the child.
    [Fact]
    public Task AsyncHelper_StartsTheChild() => Verify<TL3005_ActivityStartedForAnAsyncCaller>.Rule(Class("""
        public async Task Execute(IWork work)
        {
            using var root = new Activity("root").Start();
            var child = await StartChild("child");
            await work.DoAsync("child");
            child.Stop();
        }

        private static async Task<Activity> StartChild(string name)
        {
            await Task.Delay(50);
            return new Activity(name).[|Start|]();
        }
        """));

    [Fact]
    public Task AsyncHelper_Corrected() => Verify<TL3005_ActivityStartedForAnAsyncCaller>.Rule(Class("""
        public async Task Execute(IWork work)
        {
            using var root = new Activity("root").Start();
            await Task.Delay(50);
            using var child = StartChild("child");
            await work.DoAsync("child");
        }

        private static Activity StartChild(string name) => new Activity(name).Start();
        """));

    // Farfetch/kafkaflow#468: async event handlers start and stop the span around the processing of a message.
    [Fact]
    public Task AsyncEventHandlers_AroundAMessage() => Verify<TL3005_ActivityStartedForAnAsyncCaller>.Rule(Class("""
        private Activity? _process;

        public async Task OnConsumeStarted(IWork work, string message)
        {
            await work.DoAsync(message);
            _process = source.[|StartActivity|]("process", ActivityKind.Consumer);
            _process?.SetTag("message", message);
        }

        public Task OnConsumeCompleted()
        {
            _process?.Dispose();
            return Task.CompletedTask;
        }
        """));

    [Fact]
    public Task AsyncEventHandlers_Corrected() => Verify<TL3005_ActivityStartedForAnAsyncCaller>.Rule(Class("""
        public async Task Consume(IWork work, string message)
        {
            using var process = source.StartActivity("process", ActivityKind.Consumer);
            process?.SetTag("message", message);
            await work.DoAsync(message);
        }
        """));

    // dotnet/runtime#47951: what an async stream logs after its first yield is outside of its scope.
    [Fact]
    public Task AsyncStream_LogsAfterTheYield() => Verify<TL3006_ActivityAcrossYield>.Rule(Class("""
        public static async IAsyncEnumerable<int> Numbers(ILogger logger)
        {
            using var activity = source.[|StartActivity|]("numbers");
            logger.LogWarning("one");
            yield return 10;
            logger.LogWarning("two");
            yield return 20;
            await Task.Yield();
        }
        """, "using Microsoft.Extensions.Logging;"), s_withLogging);

    [Fact]
    public Task AsyncStream_Corrected() => Verify<TL3006_ActivityAcrossYield>.Rule(Class("""
        public static async IAsyncEnumerable<int> Numbers(ILogger logger)
        {
            using var activity = source.StartActivity("numbers");
            logger.LogWarning("one");
            yield return 10;
            Activity.Current = activity;
            logger.LogWarning("two");
            yield return 20;
            await Task.Yield();
        }
        """, "using Microsoft.Extensions.Logging;"), s_withLogging);

    // nats-io/nats.net#1229: the read loop leaves the span of each message current, so that the next one is its child.
    [Fact]
    public Task ReadLoop_LeavesTheSpanCurrent() => Verify<TL3009_ActivityNotStopped>.Rule(Async("""
        await foreach (var message in work.ReadAsync())
        {
            var receive = source.[|StartActivity|]("receive", ActivityKind.Consumer);
            receive?.SetTag("size", message.Length);
            await work.DoAsync(message);
        }
        """));

    [Fact]
    public Task ReadLoop_Corrected() => Verify<TL3009_ActivityNotStopped>.Rule(Async("""
        await foreach (var message in work.ReadAsync())
        {
            using var receive = source.StartActivity("receive", ActivityKind.Consumer);
            receive?.SetTag("size", message.Length);
            await work.DoAsync(message);
        }
        """));

    // quartznet/quartznet#3797: a decorator starts the span, an async method stops it, and the loop that calls keeps it.
    [Fact]
    public Task Decorator_StopsTheSpanInAnotherFlow() => Verify<TL3009_ActivityNotStopped>.Rule(Class("""
        public async Task FireForever(IWork work)
        {
            while (true)
            {
                await Acquire(work, "trigger");
            }
        }

        public ValueTask Acquire(IWork work, string trigger)
        {
            var activity = source.[|StartActivity|]("acquire", ActivityKind.Client);
            return activity is null ? new ValueTask(work.DoAsync(trigger)) : Complete(activity, work.DoAsync(trigger));
        }

        private static async ValueTask Complete(Activity activity, Task operation)
        {
            try
            {
                await operation;
            }
            catch (Exception e)
            {
                activity.SetStatus(ActivityStatusCode.Error, e.Message);
                throw;
            }
            finally
            {
                activity.Stop();
            }
        }
        """));

    [Fact]
    public Task Decorator_Corrected() => Verify<TL3009_ActivityNotStopped>.Rule(Class("""
        public async Task FireForever(IWork work)
        {
            while (true)
            {
                await Acquire(work, "trigger");
            }
        }

        public ValueTask Acquire(IWork work, string trigger) => Trace("acquire", () => work.DoAsync(trigger));

        private static async ValueTask Trace(string name, Func<Task> operation)
        {
            using var activity = source.StartActivity(name, ActivityKind.Client);
            try
            {
                await operation();
            }
            catch (Exception e)
            {
                activity?.SetStatus(ActivityStatusCode.Error, e.Message);
                throw;
            }
        }
        """));

    private static readonly Setup s_withLogging = new([.. References.None, .. References.AspNetCore, References.NewestOpenTelemetry]);
}

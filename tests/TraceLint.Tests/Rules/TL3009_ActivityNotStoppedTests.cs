using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

public class TL3009_ActivityNotStoppedTests
{
    private static Task Reports(string source, Setup? setup = null) => Verify<TL3009_ActivityNotStopped>.Rule(source, setup);

    [Fact]
    public Task Loop_NeverStopped() => Reports(Sync("""
        foreach (var item in work.Read())
        {
            var activity = source.[|StartActivity|]("process");
            activity?.SetTag("item", item);
            work.Do(item);
        }
        """));

    [Fact]
    public Task Loop_StoppedAfterwardsOnly() => Reports(Sync("""
        Activity? activity = null;
        foreach (var item in work.Read())
        {
            activity = source.[|StartActivity|]("process");
            work.Do(item);
        }

        activity?.Stop();
        """));

    [Fact]
    public Task Loop_ContinuesBeforeTheStop() => Reports(Async("""
        while (flag)
        {
            var activity = source.[|StartActivity|]("process");
            if (order.Length == 0)
            {
                continue;
            }

            activity?.Dispose();
        }
        """));

    [Fact]
    public Task Loop_ResultThrownAway() => Reports(Sync("""
        for (var i = 0; i < 3; i++)
        {
            source.[|StartActivity|]("process")?.SetTag("i", i);
            work.Do(order);
        }
        """));

    [Fact]
    public Task Never_Local() => Reports(Async("""
        var activity = source.[|StartActivity|]("process");
        activity?.SetTag("order", order);
        await work.DoAsync(order);
        """));

    [Fact]
    public Task Never_Discard() => Reports(Sync("""
        _ = source.[|StartActivity|]("process");
        work.Do(order);
        """));

    [Fact]
    public Task Never_OnlyItsContextIsKept() => Reports(Sync("""
        var context = source.[|StartActivity|]("process")?.Context ?? default;
        work.Do(context.TraceId.ToString());
        """));

    [Fact]
    public Task Never_MadeByHand() => Reports(Sync("""
        var activity = new Activity("process");
        activity.SetIdFormat(ActivityIdFormat.W3C);
        activity.[|Start|]();
        work.Do(order);
        """));

    [Fact]
    public Task Never_MadeByHandInOneExpression() => Reports(Sync("""
        new Activity("process").[|Start|]();
        work.Do(order);
        """));

    [Fact]
    public Task Never_InALambda() => Reports(Sync("""
        Action<string> process = item =>
        {
            var activity = source.[|StartActivity|]("process");
            work.Do(item);
        };
        process(order);
        """));

    [Fact]
    public Task Never_InALocalFunction() => Reports(Sync("""
        Process(order);

        void Process(string item)
        {
            var activity = source.[|StartActivity|]("process");
            work.Do(item);
        }
        """));

    [Fact]
    public Task Never_OnlyReadByAHelper() => Reports(Sync("""
        var activity = source.[|StartActivity|]("process");
        Tag(activity, order);
        work.Do(order);
        """, """

        private static void Tag(Activity? activity, string order)
        {
            if (activity is null)
            {
                return;
            }

            activity.SetTag("order", order);
            activity.DisplayName = order;
        }
        """));

    [Fact]
    public Task Never_OnlyTestedForNull() => Reports(Sync("""
        var activity = source.[|StartActivity|]("process");
        if (activity != null && activity.IsAllDataRequested)
        {
            activity.SetTag("order", order);
        }

        work.Do(order);
        """));

    [Fact]
    public Task Never_ByTheTracer() => Reports(Sync("""
        var span = tracer.[|StartActiveSpan|]("process");
        span.SetAttribute("order", order);
        work.Do(order);
        """, "private readonly Tracer tracer = TracerProvider.Default.GetTracer(\"sample\");", "using OpenTelemetry.Trace;"));

    [Fact]
    public Task SomePath_EarlyReturn() => Reports(Sync("""
        var activity = source.[|StartActivity|]("process");
        if (flag)
        {
            return;
        }

        activity?.Stop();
        """));

    [Fact]
    public Task SomePath_CatchSwallows() => Reports(Async("""
        var activity = source.[|StartActivity|]("process");
        try
        {
            await work.DoAsync(order);
            activity?.Stop();
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
        }
        """));

    [Fact]
    public Task SomePath_OtherCondition() => Reports(Sync("""
        var activity = source.[|StartActivity|]("process");
        if (flag)
        {
            activity?.Dispose();
        }
        """));

    [Fact]
    public Task Exception_SkipsTheStop() => Reports(Async("""
        var activity = source.[|StartActivity|]("process");
        await work.DoAsync(order);
        activity?.Stop();
        """));

    [Fact]
    public Task Exception_OfAnotherType() => Reports(Sync("""
        var activity = source.[|StartActivity|]("process");
        try
        {
            work.Do(order);
        }
        catch (InvalidOperationException)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
        }

        activity?.Dispose();
        """));

    [Fact]
    public Task Exception_Thrown() => Reports(Sync("""
        var activity = source.[|StartActivity|]("process");
        if (flag)
        {
            throw new InvalidOperationException();
        }

        activity?.Dispose();
        """));

    [Fact]
    public Task Never_InAProgram() => Verify<TL3009_ActivityNotStopped>.Program("""
        using System;
        using System.Diagnostics;

        var source = new ActivitySource("sample");
        var activity = source.[|StartActivity|]("main");
        Console.WriteLine("working");
        """);

    [Theory]
    [InlineData("var activity = source.[|StartActivity|](\"process\"); return Complete(activity, work.DoAsync(order));")]
    [InlineData("var activity = source.[|StartActivity|](\"process\"); activity?.SetTag(\"order\", order); var done = Complete(activity, work.DoAsync(order)); return done;")]
    [InlineData("return Complete(source.[|StartActivity|](\"process\"), work.DoAsync(order));")]
    [InlineData("var activity = new Activity(\"process\"); activity.[|Start|](); return Complete(activity, work.DoAsync(order));")]
    [InlineData("if (order.Length == 0) return Task.CompletedTask; var activity = source.[|StartActivity|](\"process\"); _ = Complete(activity, work.DoAsync(order)); return Task.CompletedTask;")]
    public Task OtherFlow_AsyncMethodStops(string statements) => Reports(Class(Handing(statements) + Completing));

    [Fact]
    public Task OtherFlow_AsyncLocalFunctionUses() => Reports(Class(Handing("""
        return Complete(source.[|StartActivity|]("process"));

        async Task Complete(Activity? started)
        {
            using (started)
            {
                await work.DoAsync(order);
            }
        }
        """)));

    [Fact]
    public Task OtherFlow_OfALambda() => Reports(Class("""
        public Func<string, Task> Wrap(IWork work) => order =>
        {
            var activity = source.[|StartActivity|]("process");
            return Complete(activity, work.DoAsync(order));
        };

        """ + Completing));

    [Theory]
    [InlineData("using (work as IDisposable) {", "}")]
    [InlineData("lock (source) {", "}")]
    [InlineData("foreach (var each in order) {", "}")]
    [InlineData("try {", "} catch (Exception) { }")]
    [InlineData("try {", "} finally { work.GetHashCode(); }")]
    public Task InALambda_ThatStandsInATry(string before, string after) => Reports(Class($$"""
        public void Process(IWork work, string order)
        {
            {{before}}
            Task.Run(() =>
            {
                var activity = source.[|StartActivity|]("process");
                work.Do(order);
            });
            Local();
            void Local()
            {
                var activity = source.[|StartActivity|]("process");
                work.Do(order);
                activity?.Stop();
            }
            {{after}}
        }
        """));

    private static string Handing(string statements) => $$"""
        public Task Process(IWork work, string order)
        {
            {{statements}}
        }

        """;

    private const string Completing = """
        private static async Task Complete(Activity? activity, Task operation)
        {
            try
            {
                await operation;
            }
            finally
            {
                activity?.Stop();
            }
        }
        """;

    /// <summary>To set the current span stops none, and a stop elsewhere that has nothing to do with the span cannot reach it.</summary>
    [Theory]
    [InlineData("public sealed class Restoring { public void Run(Action work) { var previous = Activity.Current; Activity.Current = null; work(); Activity.Current = previous; } }")]
    [InlineData("public sealed class Adopting { private Activity? _kept; public void Run() => Activity.Current = _kept; }")]
    [InlineData("public sealed class Cleanup { public void OnFinished() => Activity.Current?.Stop(); }")]
    [InlineData("public sealed class Cleanup { public void OnFinished() => Activity.Current?.Stop(); } public sealed class Bus { public Bus(Cleanup cleanup) => Finished += cleanup.OnFinished; public event Action? Finished; }")]
    public Task StopElsewhere_ThatCannotReachTheSpan(string other) => Reports(Class("""
        public void OnStarted() => source.[|StartActivity|]("process");

        public void Restore(Activity? previous) => Activity.Current = previous;
        """) + other);

    /// <summary>The span that a method of the project starts and returns is its caller's to stop.</summary>
    [Theory]
    [InlineData("var activity = [|Begin|](order); work.Do(order);")]
    [InlineData("[|Begin|](order)?.SetTag(\"order\", order); work.Do(order);")]
    [InlineData("var activity = [|BeginTagged|](order); work.Do(order);")]
    [InlineData("[|TryBegin|](order, out var activity); work.Do(order);")]
    [InlineData("var (activity, number) = [|BeginNumbered|](order); work.Do(order);")]
    public Task Never_StartedByAWrapper(string statements) => Reports(Sync(statements, Wrappers));

    private const string Wrappers = """
        private static Activity? Begin(string name) => source.StartActivity(name);
        private static Activity? BeginTagged(string name) { var activity = Begin(name); activity?.SetTag("name", name); return activity; }
        private static bool TryBegin(string name, out Activity? activity) { activity = source.StartActivity(name); return activity != null; }
        private static (Activity?, int) BeginNumbered(string name) => (source.StartActivity(name), 1);
        """;

    /// <summary>The span is in another local, or of one of two, and nothing stops it.</summary>
    [Theory]
    [InlineData("var started = source.[|StartActivity|](order); var activity = started; work.Do(order);")]
    [InlineData("Activity? activity; if (flag) { activity = source.[|StartActivity|](\"a\"); } else { activity = source.[|StartActivity|](\"b\"); } work.Do(order);")]
    [InlineData("var activity = new Activity(order).SetTag(\"order\", order); activity.[|Start|](); work.Do(order);")]
    public Task Never_ByAnotherWay(string statements) => Reports(Sync(statements));
}

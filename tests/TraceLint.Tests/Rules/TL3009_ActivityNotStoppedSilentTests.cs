using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

public class TL3009_ActivityNotStoppedSilentTests
{
    private static Task Silent(string source, Setup? setup = null) => Verify<TL3009_ActivityNotStopped>.Rule(source, setup);

    [Fact]
    public Task Using_Declaration() => Silent(Async("""
        using var activity = source.StartActivity("process");
        await work.DoAsync(order);
        """));

    [Fact]
    public Task Using_Statement() => Silent(Sync("""
        using (var activity = source.StartActivity("process"))
        {
            work.Do(order);
        }

        using (source.StartActivity("process"))
        {
            work.Do(order);
        }
        """));

    [Fact]
    public Task Using_OfADiscard() => Silent(Sync("""
        using (_ = source.StartActivity("process"))
        {
            work.Do(order);
        }

        using var discarded = _ = source.StartActivity("process");
        work.Do(order);
        """));

    [Fact]
    public Task Using_WithTags() => Silent(Sync("""
        using var activity = source.StartActivity("process")?.SetTag("order", order).SetTag("flag", flag);
        using var other = flag ? source.StartActivity("one") : source.StartActivity("two");
        work.Do(order);
        """));

    [Fact]
    public Task Using_OfALocalLater() => Silent(Sync("""
        var activity = source.StartActivity("process");
        activity?.SetTag("order", order);
        using (activity)
        {
            work.Do(order);
        }
        """));

    [Fact]
    public Task Using_OfAnotherLocal() => Silent(Sync("""
        var activity = source.StartActivity("process");
        using var scope = activity;
        work.Do(order);
        """));

    [Fact]
    public Task Finally_Stops() => Silent(Async("""
        var activity = source.StartActivity("process");
        try
        {
            await work.DoAsync(order);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
        finally
        {
            activity?.Stop();
        }
        """));

    [Fact]
    public Task Finally_StopsWhenThereIsOne() => Silent(Async("""
        Activity? activity = null;
        try
        {
            if (flag)
            {
                activity = source.StartActivity("process");
            }

            await work.DoAsync(order);
        }
        finally
        {
            if (activity is not null)
            {
                activity.SetTag("done", true);
                activity.Dispose();
            }
        }
        """));

    [Fact]
    public Task Catch_StopsAndThrowsOn() => Silent(Async("""
        var activity = source.StartActivity("process");
        try
        {
            await work.DoAsync(order);
            activity?.Stop();
        }
        catch
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            activity?.Stop();
            throw;
        }
        """));

    [Fact]
    public Task Nothing_CanThrowInBetween() => Silent(Sync("""
        var activity = source.StartActivity("process");
        activity?.SetTag("order", order);
        activity?.AddEvent(new ActivityEvent("done"));
        Console.WriteLine(order);
        activity?.Stop();
        """));

    [Fact]
    public Task Pause_DoesNotThrow() => Silent(Async("""
        var activity = source.StartActivity("process");
        activity?.SetTag("at", DateTime.UtcNow.ToString("o"));
        await Task.Delay(100);
        await Task.Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
        await Task.Yield();
        activity?.Stop();
        """));

    [Fact]
    public Task Null_HasNothingToStop() => Silent(Sync("""
        var activity = source.StartActivity("process");
        if (activity is null)
        {
            return;
        }

        activity.SetTag("order", order);
        activity.Stop();
        """));

    [Fact]
    public Task Null_TestedInEveryWay() => Silent(Sync("""
        var one = source.StartActivity("one");
        if (one == null)
        {
            return;
        }

        one.Dispose();

        var two = source.StartActivity("two");
        if (two is { })
        {
            two.Dispose();
        }

        var three = source.StartActivity("three");
        if (!(three != null))
        {
            return;
        }

        three.Dispose();
        """));

    [Fact]
    public Task Returned() => Silent(Class("""
        public Activity? One(string order)
        {
            var activity = source.StartActivity("process");
            activity?.SetTag("order", order);
            return activity;
        }

        public Activity? Two() => source.StartActivity("process");

        public IDisposable? Three() => source.StartActivity("process");

        public (Activity?, string) Four() => (source.StartActivity("process"), "x");
        """));

    [Fact]
    public Task Stored_InAField() => Silent(Sync("""
        _activity = source.StartActivity("process");
        var other = source.StartActivity("other");
        _activity = other;
        """, "private Activity? _activity;"));

    [Fact]
    public Task Stored_InADictionary() => Silent(Sync("""
        var activity = source.StartActivity("process");
        _items["activity"] = activity;
        """, "private readonly Dictionary<object, object?> _items = new();"));

    [Fact]
    public Task Stored_InAListOrStack() => Silent(Sync("""
        var activity = source.StartActivity("process");
        if (activity != null)
        {
            _running.Push(activity);
        }
        """, "private readonly Stack<Activity> _running = new();"));

    [Fact]
    public Task Stored_InAnInitializer() => Silent(Class("""
        public Scope Begin() => new Scope { Activity = source.StartActivity("process") };

        public sealed class Scope
        {
            public Activity? Activity { get; set; }
        }
        """));

    [Fact]
    public Task HandedOn_ToAConstructor() => Silent(Class("""
        public IDisposable Begin()
        {
            var activity = source.StartActivity("process");
            return new Scope(activity);
        }

        private sealed class Scope(Activity? activity) : IDisposable
        {
            public void Dispose() => activity?.Dispose();
        }
        """));

    [Fact]
    public Task HandedOn_ToOtherCode() => Silent(Sync("""
        var activity = source.StartActivity("process");
        if (activity is not null)
        {
            work.Keep(activity);
        }
        """));

    [Fact]
    public Task HandedOn_ToAHelperThatStops() => Silent(Sync("""
        var activity = source.StartActivity("process");
        work.Do(order);
        Finish(activity, order);
        """, """
        private static void Finish(Activity? activity, string order)
        {
            activity?.SetTag("order", order);
            activity?.Stop();
        }
        """));

    [Fact]
    public Task HandedOn_ThroughARefOrOut() => Silent(Class("""
        public void Begin(out Activity? activity) => activity = source.StartActivity("process");

        public void Begin(ref Activity? activity, bool flag)
        {
            var started = source.StartActivity("process");
            activity = started;
        }
        """));

    [Fact]
    public Task Captured_ByALambda() => Silent(Sync("""
        var activity = source.StartActivity("process");
        work.DoAsync(order).ContinueWith(_ => activity?.Stop());
        """));

    [Fact]
    public Task Captured_ByAMethodGroup() => Silent(Sync("""
        var activity = source.StartActivity("process")!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => { };
        Action stop = activity.Stop;
        _stops.Add(stop);
        """, "private readonly List<Action> _stops = new();"));

    [Fact]
    public Task Captured_ByALocalFunction() => Silent(Async("""
        var activity = source.StartActivity("process");
        await work.DoAsync(order);
        Finish();

        void Finish() => activity?.Dispose();
        """));

    [Fact]
    public Task StoppedThroughCurrent_InAnotherHandler() => Silent(Class("""
        public void OnStarted(string order)
        {
            var activity = source.StartActivity("process");
            activity?.SetTag("order", order);
        }

        public void OnFinished() => Activity.Current?.Stop();
        """));

    [Fact]
    public Task StoppedThroughCurrent_HeldByALocal() => Silent(Class("""
        public void OnStarted() => source.StartActivity("process");

        public void OnFinished()
        {
            var activity = Activity.Current;
            if (activity?.OperationName == "process")
            {
                activity.Dispose();
            }
        }
        """));

    [Fact]
    public Task StoppedThroughCurrent_ByAnotherClass() => Silent(Class("""
        public void OnStarted() => source.StartActivity("process");

        private static class Other
        {
            public static void Finish()
            {
                if (Activity.Current is { } activity)
                {
                    activity.Stop();
                }
            }
        }
        """));

    [Fact]
    public Task Loop_StopsTheOneBefore() => Silent(Sync("""
        Activity? activity = null;
        try
        {
            foreach (var item in work.Read())
            {
                activity?.Stop();
                activity = source.StartActivity("process");
            }
        }
        finally
        {
            activity?.Stop();
        }
        """));

    [Fact]
    public Task Loop_TriesAgainWithUsing() => Silent(Async("""
        while (true)
        {
            using var activity = source.StartActivity("process");
            try
            {
                await work.DoAsync(order);
                break;
            }
            catch (TimeoutException)
            {
                continue;
            }
        }
        """));

    [Fact]
    public Task Created_ButNotStarted() => Silent(Sync("""
        var activity = source.CreateActivity("process", ActivityKind.Internal);
        var other = new Activity("other");
        work.Do(other.OperationName);
        """));

    [Fact]
    public Task Started_FromElsewhere() => Silent(Class("""
        private readonly Activity _activity = new("process");

        public void One(Activity activity) => activity.Start();

        public void Two() => _activity.Start();
        """));

    [Fact]
    public Task Stopped_AtOnce() => Silent(Sync("""
        source.StartActivity("mark")?.Dispose();
        source.StartActivity("mark")?.SetTag("order", order)?.Stop();
        new Activity("mark").Start().Stop();
        """));

    [Fact]
    public Task Iterator_IsAnotherRules() => Silent(Class("""
        public IEnumerable<string> Read(IWork work)
        {
            var activity = source.StartActivity("read");
            foreach (var item in work.Read())
            {
                yield return item;
            }
        }
        """));

    [Fact]
    public Task NotASpan_OfTheProjectsOwn() => Silent(Class("""
        public void Run(Own own)
        {
            own.StartActivity("process");
            own.Start();
        }

        public sealed class Own
        {
            public Activity? StartActivity(string name) => null;
            public void Start() { }
        }
        """));

    [Fact]
    public Task Ended_ByTheTracer() => Silent(Sync("""
        var span = tracer.StartActiveSpan("process");
        try
        {
            work.Do(order);
        }
        finally
        {
            span.End();
        }

        var apart = tracer.StartSpan("apart");
        """, "private readonly Tracer tracer = TracerProvider.Default.GetTracer(\"sample\");", "using OpenTelemetry.Trace;"));

    [Fact]
    public Task Program_EndsWithIt() => Verify<TL3009_ActivityNotStopped>.Program("""
        using System.Diagnostics;
        using System.Threading.Tasks;

        var source = new ActivitySource("sample");
        var activity = source.StartActivity("main");
        await Task.Delay(10);
        activity?.Stop();
        """);

    [Fact]
    public Task TestProject() => Silent(
        Sync("source.StartActivity(\"process\");"),
        Setup.OpenTelemetry with { References = Setup.OpenTelemetry.References.Add(References.Named("xunit.core")) });

    // Its own flow ends with it; the caller's Activity is another's, or set back; whoever stops it is not known.
    [Theory]
    [InlineData("using (work as IDisposable) {", "}")]
    [InlineData("lock (source) {", "}")]
    [InlineData("foreach (var each in order) {", "}")]
    [InlineData("try {", "} catch (Exception) { }")]
    [InlineData("try {", "} finally { work.GetHashCode(); }")]
    public Task InALambda_ThatStandsInATry_Stopped(string before, string after) => Silent(Class($$"""
        public void Process(IWork work, string order)
        {
            {{before}}
            Task.Run(() =>
            {
                var activity = source.StartActivity("process");
                try
                {
                    work.Do(order);
                }
                finally
                {
                    activity?.Stop();
                }
            });
            {{after}}
        }
        """));

    [Theory]
    [InlineData("public async Task Process(IWork work, string order) { var activity = source.StartActivity(\"process\"); await Complete(activity, work.DoAsync(order)); }")]
    [InlineData("public Func<Task> Process(IWork work, string order) => async () => { var activity = source.StartActivity(\"process\"); await Complete(activity, work.DoAsync(order)); };")]
    [InlineData("public Task Process(IWork work, string order) { var ambient = Activity.Current; var activity = source.StartActivity(\"process\"); var done = Complete(activity, work.DoAsync(order)); Activity.Current = ambient; return done; }")]
    [InlineData("public Task Process(IWork work, Activity given) => Complete(given, Task.CompletedTask);")]
    [InlineData("public Task Process(IWork work, string order) { var activity = source.CreateActivity(\"process\", ActivityKind.Client); return Complete(activity, work.DoAsync(order)); }")]
    [InlineData("public Task Process(IWork work, string order) { var activity = source.StartActivity(\"process\"); return CompleteAtOnce(activity); }")]
    [InlineData("public Task Process(IWork work, string order) { var activity = source.StartActivity(\"process\"); return Read(activity); }")]
    [InlineData("public Task Process(IWork work, string order) { var activity = source.StartActivity(\"process\"); _activity = activity; return Complete(activity, work.DoAsync(order)); }")]
    [InlineData("public Task Process(IWork work, string order) { using var activity = source.StartActivity(\"process\"); return Complete(activity, work.DoAsync(order)); }")]
    [InlineData("public Task Process(IWork work, string order) { var activity = source.StartActivity(\"process\"); return MayComplete(activity, work.DoAsync(order)); }")]
    public Task HandedOn_ToAnAsyncMethodThatStops(string method) => Silent(Class(method + """

        private Activity? _activity;

        private static async Task Complete(Activity? activity, Task operation)
        {
            await operation;
            activity?.Stop();
        }

        private static Task CompleteAtOnce(Activity? activity)
        {
            activity?.Stop();
            return Task.CompletedTask;
        }

        private async Task Read(Activity? activity)
        {
            await Task.Yield();
            _activity = activity;
        }

        protected virtual async Task MayComplete(Activity? activity, Task operation)
        {
            await operation;
            activity?.Stop();
        }
        """));

    [Theory]
    [InlineData("public sealed class Cleanup { public void OnFinished() => Activity.Current?.Stop(); } public sealed class Bus { public Bus(Sample start, Cleanup end) { Started += start.OnStarted; Finished += end.OnFinished; } public event Action? Started; public event Action? Finished; }")]
    [InlineData("public sealed class Cleanup { public void OnFinished() => Activity.Current?.Stop(); } public sealed class Filters { public Type[] All { get; } = { typeof(Sample), typeof(Cleanup) }; }")]
    [InlineData("public class Derived : Sample { public void OnFinished() => Activity.Current?.Dispose(); }")]
    [InlineData("public static class Ends { public static void End() { using (Activity.Current) { } } } public sealed class Handler { public void Run(Sample sample) { sample.OnStarted(); Ends.End(); } }")]
    [InlineData("public interface IEnds { void End(); } public sealed class Ends : IEnds { public void End() => Activity.Current?.Stop(); } public sealed class Handler { public void Run(Sample sample, IEnds ends) { sample.OnStarted(); ends.End(); } }")]
    public Task StoppedThroughCurrent_ByCodeThatIsNamedTogether(string other) => Silent(Class("""public void OnStarted() => source.StartActivity("process");""") + other);

    /// <summary>Whoever gets the span of a wrapper stops it, or hands it on.</summary>
    [Theory]
    [InlineData("using var activity = Begin(order); work.Do(order);")]
    [InlineData("var activity = Begin(order); try { work.Do(order); } finally { activity?.Dispose(); }")]
    [InlineData("var activity = Begin(order); work.Do(order); activity?.Stop();")]
    [InlineData("var activity = Begin(order); work.Do(order); End(activity);")]
    [InlineData("_kept = Begin(order); work.Do(order);")]
    [InlineData("TryBegin(order, out var activity); using (activity) { work.Do(order); }")]
    [InlineData("using var scope = new Scope(Begin(order)); work.Do(order);")]
    [InlineData("var scope = new Scope(Begin(order)); try { work.Do(order); } finally { scope.Dispose(); }")]
    [InlineData("_ = Run(order);")]
    [InlineData("BeginCurrent(order); work.Do(order); Activity.Current?.Stop();")]
    public Task StartedByAWrapper(string statements) => Silent(Sync(statements, """
        private Activity? _kept;
        private static Activity? Begin(string name) => source.StartActivity(name);
        private static void End(Activity? activity) { activity?.SetTag("done", true); activity?.Dispose(); }
        private static bool TryBegin(string name, out Activity? activity) { activity = source.StartActivity(name); return activity != null; }
        private static Activity? BeginCurrent(string name) => source.StartActivity(name);
        private static Activity? Run(string name) { using var activity = source.StartActivity(name); return activity; }
        private sealed class Scope(Activity? activity) : IDisposable { public void Dispose() => activity?.Dispose(); }
        """));

    /// <summary>All spans in a list are stopped, and so is one of two.</summary>
    [Theory]
    [InlineData("var list = new List<Activity?> { source.StartActivity(\"a\") }; foreach (var one in list) { one?.Dispose(); }")]
    [InlineData("var activity = flag ? source.StartActivity(\"a\") : source.StartActivity(\"b\"); try { work.Do(order); } finally { activity?.Stop(); }")]
    [InlineData("var started = source.StartActivity(order); var activity = started; try { work.Do(order); } finally { activity?.Stop(); }")]
    public Task StoppedByAnotherWay(string statements) => Silent(Sync(statements));
}

using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

public class TL3012_SpanEndsBeforeWorkTests
{
    private static Task Reports(string source, Setup? setup = null) => Verify<TL3012_SpanEndsBeforeWork>.Rule(source, setup);

    // A method that is not async and returns a task.
    private static Task Returns(string statements, string members = "", string type = "Task") => Reports(Class($$"""
        public {{type}} Run(IWork work, string order, bool flag)
        {
            {{statements}}
        }
        {{members}}
        """));

    [Fact]
    public Task Declaration() => Returns("""
        using var activity = source.[|StartActivity|]("save");
            activity?.SetTag("order", order);
            return work.DoAsync(order);
        """);

    [Theory]
    [InlineData("""using (source.[|StartActivity|]("save")) { return work.DoAsync(order); }""")]
    [InlineData("""using (source.[|StartActivity|]("save")) return work.DoAsync(order);""")]
    [InlineData("""using (var activity = source.[|StartActivity|]("save")?.SetTag("order", order)) { return work.DoAsync(order); }""")]
    [InlineData("""using (_ = source.[|StartActivity|]("save")) { return work.DoAsync(order); }""")]
    [InlineData("""var activity = source.StartActivity("save"); using ([|activity|]) { return work.DoAsync(order); }""")]
    public Task Statement(string statements) => Returns(statements);

    [Theory]
    [InlineData("""var activity = source.[|StartActivity|]("save"); try { return work.DoAsync(order); } finally { activity?.Dispose(); }""")]
    [InlineData("""var activity = source.[|StartActivity|]("save"); try { activity?.SetTag("a", 1); return work.DoAsync(order); } finally { activity?.Stop(); }""")]
    [InlineData("""Activity? activity = null; try { activity = source.[|StartActivity|]("save"); return work.DoAsync(order); } finally { activity?.Stop(); }""")]
    [InlineData("""var activity = source.[|StartActivity|]("save"); try { return work.DoAsync(order); } catch (Exception) { throw; } finally { if (activity != null) { activity.Stop(); } }""")]
    public Task TryStatement(string statements) => Returns(statements);

    [Theory]
    [InlineData("""using var activity = source.[|CreateActivity|]("save", ActivityKind.Client); activity?.Start();""")]
    [InlineData("""using var activity = source.[|CreateActivity|]("save", ActivityKind.Client)?.Start();""")]
    [InlineData("""using var activity = new Activity("save").[|Start|]();""")]
    [InlineData("""using var activity = new [|Activity|]("save"); activity.Start();""")]
    [InlineData("""using var activity = flag ? source.[|StartActivity|]("save") : null;""")]
    [InlineData("""using var activity = source.[|StartActivity|]("save", ActivityKind.Producer);""")]
    public Task Start_OfEveryKind(string start) => Returns($"{start} return work.DoAsync(order);");

    [Fact]
    public Task Start_ByATracer() => Reports(Class("""
        public Task One(OpenTelemetry.Trace.Tracer tracer, IWork work)
        {
            using var span = tracer.[|StartActiveSpan|]("save");
            return work.DoAsync("x");
        }

        public Task Two(OpenTelemetry.Trace.Tracer tracer, IWork work)
        {
            using (tracer.[|StartSpan|]("save"))
            {
                return work.DoAsync("x");
            }
        }
        """));

    [Fact]
    public Task Start_InAHelper() => Returns(
        """
        using var activity = [|Begin|](order);
            return work.DoAsync(order);
        """,
        """private static Activity? Begin(string order) => source.StartActivity("save")?.SetTag("order", order);""");

    [Theory]
    [InlineData("Task.Run(() => work.Do(order))")]
    [InlineData("Task.Factory.StartNew(() => work.Do(order))")]
    [InlineData("Task.Run(async () => await work.DoAsync(order)).WaitAsync(TimeSpan.FromSeconds(1))")]
    [InlineData("Task.Delay(100)")]
    [InlineData("flag ? work.DoAsync(order) : Task.CompletedTask")]
    [InlineData("flag ? Task.CompletedTask : order switch { \"a\" => work.DoAsync(order), _ => Task.CompletedTask }")]
    [InlineData("work?.DoAsync(order) ?? Task.CompletedTask")]
    [InlineData("(Task)work.DoAsync(order)")]
    [InlineData("_last = work.DoAsync(order)")]
    [InlineData("work.DoAsync(order).ContinueWith(task => Console.WriteLine(task.Status))")]
    [InlineData("Task.WhenAll(work.DoAsync(order), Task.CompletedTask)")]
    [InlineData("Task.WhenAll(new[] { work.DoAsync(order) })")]
    [InlineData("Task.WhenAll(work.Read().Select(item => work.DoAsync(item)))")]
    [InlineData("Task.WhenAll(work.Read().Select(async item => { await work.DoAsync(item); }).ToList())")]
    [InlineData("Inner(work, order)")]
    [InlineData("Waits(work, order)")]
    [InlineData("WithTimeout(work.DoAsync(order))")]
    [InlineData("Write(work.ReadAsync())")]
    public Task Task_OfEveryKind(string task) => Returns(
        $"""
        using var activity = source.[|StartActivity|]("save");
            return {task};
        """,
        """
        private Task _last = Task.CompletedTask;
        private static Task Inner(IWork work, string order) => work.DoAsync(order);
        private static async Task Waits(IWork work, string order) { work.Do(order); await work.DoAsync(order); }
        private static async Task WithTimeout(Task task) => await task.WaitAsync(TimeSpan.FromSeconds(1));
        private static async Task Write(IAsyncEnumerable<string> items) { await foreach (var item in items) { Console.WriteLine(item); } }
        """);

    [Theory]
    [InlineData("ValueTask", "new ValueTask(work.DoAsync(order))")]
    [InlineData("ValueTask", "Inner(work)")]
    [InlineData("ValueTask<int>", "Count(work)")]
    [InlineData("Task<int>", "Count(work).AsTask()")]
    public Task ValueTask_IsATask(string type, string task) => Returns(
        $"""
        using var activity = source.[|StartActivity|]("save");
            return {task};
        """,
        """
        private static async ValueTask Inner(IWork work) => await work.DoAsync("x");
        private static async ValueTask<int> Count(IWork work) { await work.DoAsync("x"); return 1; }
        """,
        type);

    [Fact]
    public Task Local_HoldsTheTask() => Returns("""
        using var activity = source.[|StartActivity|]("save");
            var task = work.DoAsync(order);
            work.Do(order);
            return task;
        """);

    [Fact]
    public Task List_HoldsTheTasks() => Returns("""
        using var activity = source.[|StartActivity|]("save");
            var tasks = new List<Task>();
            foreach (var item in work.Read())
            {
                tasks.Add(work.DoAsync(item));
            }

            return Task.WhenAll(tasks);
        """);

    [Fact]
    public Task OnePath_IsEnough() => Returns("""
        using var activity = source.[|StartActivity|]("save");
            if (flag)
            {
                return Task.CompletedTask;
            }

            try
            {
                return work.DoAsync(order);
            }
            catch (Exception e)
            {
                activity?.SetStatus(ActivityStatusCode.Error, e.Message);
                throw;
            }
        """);

    [Theory]
    [InlineData("work.ReadAsync()")]
    [InlineData("Items(work)")]
    public Task Sequence_IsReadLater(string sequence) => Returns(
        $"""
        using var activity = source.[|StartActivity|]("read");
            return {sequence};
        """,
        """private static async IAsyncEnumerable<string> Items(IWork work) { await work.DoAsync("x"); yield return "x"; }""",
        "IAsyncEnumerable<string>");

    [Fact]
    public Task Functions_OfEveryKind() => Reports(Class("""
        public void Use(List<Func<Func<Task>, Task>> pipeline, IWork work)
        {
            pipeline.Add(next =>
            {
                using var activity = source.[|StartActivity|]("middleware");
                return next();
            });
            pipeline.Add(delegate(Func<Task> next)
            {
                using var activity = source.[|StartActivity|]("middleware");
                return next.Invoke();
            });

            Task Local()
            {
                using var activity = source.[|StartActivity|]("local");
                return work.DoAsync("x");
            }

            _ = Local();
        }

        public Task Property
        {
            get
            {
                using var activity = source.[|StartActivity|]("property");
                return _work.DoAsync("x");
            }
        }

        private readonly IWork _work = null!;
        """));

    [Fact]
    public Task LambdaInAnAsyncMethod_IsNotAsync() => Reports(Async("""
        await Task.WhenAll(work.Read().Select(item =>
        {
            using var activity = source.[|StartActivity|]("save");
            return work.DoAsync(item);
        }));
        """));

    [Fact]
    public Task WithSpan_AndWithout() => Returns("""
        using var activity = source.[|StartActivity|]("save");
            if (activity is null)
            {
                return work.DoAsync(order);
            }

            activity.SetTag("order", order);
            return work.DoAsync(order);
        """);

    [Fact]
    public Task Base_OfALibrary() => Reports(Class("""
        private sealed class Handler : System.Net.Http.DelegatingHandler
        {
            protected override Task<System.Net.Http.HttpResponseMessage> SendAsync(System.Net.Http.HttpRequestMessage request, CancellationToken stop)
            {
                using var activity = source.[|StartActivity|]("send");
                return base.SendAsync(request, stop);
            }
        }
        """));

    [Fact]
    public Task WorkThatIsHandedTheSpan_GoesOn() => Returns("""
        using var activity = source.[|StartActivity|]("save");
            return Task.Run(() => { work.Do(order); activity?.SetTag("done", true); });
        """);

    [Theory]
    [InlineData("""using (source.[|StartActivity|]("save")) { } // Saves it.""")]
    [InlineData("""using (var activity = source.[|StartActivity|]("save", ActivityKind.Client)) { }""")]
    [InlineData("""using (source.[|StartActivity|]("save"));""")]
    public Task Empty_CoversNothing(string statements) => Reports(Async(statements + "\nawait work.DoAsync(order);").Replace("public class", "#pragma warning disable CS0642\npublic class", StringComparison.Ordinal));
}

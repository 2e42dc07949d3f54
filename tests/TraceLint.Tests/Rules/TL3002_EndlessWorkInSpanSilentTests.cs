using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.WorkCode;

namespace TraceLint.Tests.Rules;

public class TL3002_EndlessWorkInSpanSilentTests
{
    private const string Loop = "Task.Run(async () => { while (true) { await Save(order); } })";

    [Theory]
    [InlineData("_ = Task.Run(() => Save(order));")]
    [InlineData("_ = Task.Run(async () => { for (var i = 0; i < 3; i++) { await Save(order); } });")]
    [InlineData("_ = Task.Run(async () => { foreach (var c in order) { await Save(order); } });")]
    [InlineData("_ = Task.Run(async () => { while (order.Length > 3) { order = order.Substring(1); await Save(order); } });")]
    [InlineData("_ = Task.Run(async () => { while (true) { if (order == \"done\") { return; } await Save(order); } });")]
    [InlineData("_ = Task.Run(async () => { while (true) { try { await Save(order); break; } catch (HttpRequestException) { } } });")]
    [InlineData("_ = Task.Run(async () => { var tries = 0; while (!cancellation.IsCancellationRequested && tries < 5) { tries++; await Save(order); } });")]
    [InlineData("_ = Task.Run(async () => { var stopped = false; while (!stopped) { stopped = true; await Save(order); } });")]
    [InlineData("_ = Task.Run(async () => { while (await Task.FromResult(true)) { await Save(order); } });")]
    [InlineData("_ = Task.Run(async () => { var own = Channel.CreateUnbounded<int>(); await foreach (var i in own.Reader.ReadAllAsync()) { } });")]
    public Task Work_ThatEnds(string statement) => Verify(InSpan(statement));

    [Theory]
    [InlineData("var loop = " + Loop + "; await loop;")]
    [InlineData("await " + Loop + ";")]
    [InlineData("await Task.WhenAny(" + Loop + ", Save(order));")]
    [InlineData("var loop = " + Loop + "; await Task.WhenAny(loop, Save(order));")]
    [InlineData("_running = " + Loop + "; await _running;")]
    [InlineData(Loop + ".Wait();")]
    [InlineData("var thread = new Thread(() => { while (true) { Note(order); } }); thread.Start(); thread.Join();")]
    [InlineData("using var timer = new Timer(_ => Note(order), null, 0, 1000);")]
    [InlineData("var timer = new Timer(_ => Note(order), null, 0, 1000); await Save(order); timer.Dispose();")]
    [InlineData("using var ticks = new System.Timers.Timer(1000); ticks.Start();")]
    public Task Work_ThatSomebodyWaitsForOrEnds(string statement) => Verify(InSpan(statement));

    [Fact]
    public Task Work_ThatIsReturned() => Verify(Class("""
        public Task Start(string order)
        {
            using var activity = source.StartActivity("start");
            return Task.Run(async () => { while (true) { await Save(order); } });
        }
        """));

    [Theory]
    [InlineData("using var ends = new CancellationTokenSource();")]
    [InlineData("var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellation);")]
    [InlineData("var source2 = new CancellationTokenSource(); var ends = source2.Token;")]
    public Task Work_ThatTheMethodCancels(string declaration)
        => Verify(InSpan($"{declaration} _ = Task.Run(async () => {{ while (!ends.IsCancellationRequested) {{ await Save(order); }} }});"));

    [Fact]
    public Task Queue_OfTheMethod() => Verify(InSpan("""
        var queue = Channel.CreateUnbounded<string>();
        _ = Task.Run(async () => { await foreach (var item in queue.Reader.ReadAllAsync()) { await Save(item); } });
        queue.Writer.Complete();
        """));

    [Theory]
    [InlineData("_timer = new Timer(_ => Note(order), null, 1000, Timeout.Infinite);")]
    [InlineData("_timer = new Timer(_ => Note(order), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);")]
    [InlineData("_timer = new Timer(_ => Note(order), null, Timeout.Infinite, -1);")]
    [InlineData("_timer = new Timer(_ => Note(order), null, 1000, 0);")]
    [InlineData("_timer = new Timer(_ => Note(order));")]
    [InlineData("_ticks.AutoReset = false; _ticks.Start();")]
    public Task Timer_ThatRunsOnce(string statement) => Verify(InSpan(statement, "private readonly System.Timers.Timer _ticks = new System.Timers.Timer(1000);"));

    [Fact]
    public Task NoSpan() => Verify(Method("_ = " + Loop + ";"));

    [Fact]
    public Task Span_ThatEndsBefore() => Verify(Method($$"""
        using (source.StartActivity("start"))
        {
            await Save(order);
        }

        _ = {{Loop}};
        """));

    [Fact]
    public Task Span_InsideTheLoop() => Verify(Method("_running = Task.Run(async () => { while (true) { using var round = source.StartActivity(\"round\"); await Save(order); } });"));

    [Fact]
    public Task Span_OfAnotherCaller() => Verify(Class("""
        public void Open()
        {
            using (source.StartActivity("open"))
            {
                Note("opening");
            }

            Start();
        }

        private void Start() => _running = Task.Run(async () => { while (true) { await Save("x"); } });
        """));

    [Theory]
    [InlineData("using (ExecutionContext.SuppressFlow()) { _running = " + Loop + "; }")]
    [InlineData("using var flow = ExecutionContext.SuppressFlow(); _running = " + Loop + ";")]
    [InlineData("var restore = false; try { if (!ExecutionContext.IsFlowSuppressed()) { ExecutionContext.SuppressFlow(); restore = true; } _running = " + Loop + "; } finally { if (restore) ExecutionContext.RestoreFlow(); }")]
    [InlineData("Activity.Current = null; _running = " + Loop + ";")]
    public Task Flow_IsSuppressed(string statement) => Verify(Class($$"""
        public void Handle(string order)
        {
            using var activity = source.StartActivity("handle");
            {{statement}}
        }
        """));

    [Fact]
    public Task Flow_IsSuppressedAroundTheCall() => Verify(Class("""
        public void Open()
        {
            using var activity = source.StartActivity("open");
            using (ExecutionContext.SuppressFlow())
            {
                Start();
            }
        }

        private void Start() => _running = Task.Run(async () => { while (true) { await Save("x"); } });
        """));

    [Theory]
    [InlineData("ThreadPool.UnsafeQueueUserWorkItem(_ => { while (true) { Note(order); } }, null);")]
    [InlineData("new Thread(() => { while (true) { Note(order); } }).UnsafeStart();")]
    public Task Api_ThatCarriesNothing(string statement) => Verify(InSpan(statement));

    [Fact]
    public Task AsyncMethod_ThatIsAwaited() => Verify(InSpan("await PumpAsync();", "private async Task PumpAsync() { while (true) { await Save(\"x\"); } }"));

    [Fact]
    public Task AsyncMethod_ThatEnds() => Verify(InSpan("_ = PumpAsync();", "private async Task PumpAsync() { while (true) { await Save(\"x\"); if (_http == null) { return; } } }"));

    [Fact]
    public Task Iterator() => Verify(InSpan("_ = Task.Run(() => Numbers().First());", "private IEnumerable<int> Numbers() { while (true) { yield return 1; } }"));

    [Fact]
    public Task Loop_InALambdaThatRunsElsewhere() => Verify(InSpan("Action start = () => _running = " + Loop + "; Note(start.ToString());"));

    [Fact]
    public Task RequestsOwnLoop() => Verify("""
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Http;

        public class Ticker
        {
            public Task InvokeAsync(HttpContext context)
            {
                _ = Task.Run(async () => { while (!context.RequestAborted.IsCancellationRequested) { await Task.Delay(1000); } });
                return Task.CompletedTask;
            }
        }
        """, AspNet);

    [Fact]
    public Task RequestsLoop_WithTheTokenOfTheRequest() => Verify("""
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController : ControllerBase
        {
            private Task _running;

            public void Get(CancellationToken cancellation)
                => _running = Task.Run(async () => { while (!cancellation.IsCancellationRequested) { await Task.Delay(1000); } });
        }
        """, AspNet);

    [Fact]
    public Task HostedService() => Verify("""
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Hosting;

        public class Worker : BackgroundService
        {
            private Timer _timer;

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                _timer = new Timer(_ => { }, null, 0, 1000);
                while (!stoppingToken.IsCancellationRequested) { await Task.Delay(1000); }
            }
        }
        """, AspNet);

    // Who starts the loop says when its items are all there.
    [Theory]
    [InlineData("var reading = Task.Run(async () => { await foreach (var item in _orders.Reader.ReadAllAsync()) { await Save(item); } }); _orders.Writer.Complete(); await Save(order);")]
    [InlineData("_running = ReadAsync(); this._orders.Writer.TryComplete();")]
    [InlineData("_running = Task.Run(ReadAsync); _orders.Writer.Complete();")]
    public Task LoopOverAQueue_ThatItsStarterCompletes(string statements) => Verify(InSpan(statements, """
        private async Task ReadAsync()
        {
            while (await _orders.Reader.WaitToReadAsync())
            {
                await Save("order");
            }
        }
        """));

    [Fact]
    public Task LoopRightInsideTheSpan_OverAQueueThatIsCompleted() => Verify(Method("""
        var reading = Task.Run(async () =>
        {
            using var all = source.StartActivity("all");
            await foreach (var item in _orders.Reader.ReadAllAsync())
            {
                using var round = source.StartActivity("round");
                await Save(item);
            }
        });
        await _orders.Writer.WriteAsync(order);
        _orders.Writer.Complete();
        await reading;
        """));

    [Theory]
    [InlineData("while (true) { await Save(order); }")]
    [InlineData("while (true) { using var round = source.StartActivity(\"round\"); if (order == \"\") { break; } await Save(order); }")]
    [InlineData("while (!cancellation.IsCancellationRequested) { using var round = source.StartActivity(\"round\"); await Save(order); }")]
    [InlineData("foreach (var c in order) { using var round = source.StartActivity(\"round\"); await Save(order); }")]
    [InlineData("while (true) { Activity.Current = null; using var round = source.StartActivity(\"round\"); await Save(order); }")]
    [InlineData("await foreach (var item in _orders.Reader.ReadAllAsync(cancellation)) { using var round = source.StartActivity(\"round\"); await Save(item); }")]
    public Task LoopRightInsideTheSpan_ThatEndsOrStartsNone(string loop) => Verify(InSpan(loop));

    [Fact]
    public Task LoopWithoutASpan_WhoseRoundsStartSpans() => Verify(Method("while (true) { using var round = source.StartActivity(\"round\"); await Save(order); }"));

    [Fact]
    public Task History_SpanOfEachMessageIsARoot() => Verify(Class("""
        private void Run()
        {
            using var pump = source.StartActivity("orders begin", ActivityKind.Consumer);
            do
            {
                if (_orders.Reader.TryRead(out var message))
                {
                    using var process = StartRoot("orders process");
                    Note(message);
                }
            }
            while (true);
        }

        private static Activity StartRoot(string name)
        {
            var ambient = Activity.Current;
            Activity.Current = null;
            try
            {
                return source.StartActivity(name, ActivityKind.Consumer);
            }
            finally
            {
                Activity.Current ??= ambient;
            }
        }
        """));

    [Fact]
    public Task ProjectThatDoesNotTrace() => Verify("""
        using System.Diagnostics;
        using System.Threading;

        class Sample
        {
            Timer timer;
            void M(Activity activity) { using (activity) { timer = new Timer(_ => { }, null, 0, 1000); } }
        }
        """, new Setup(References.None));

    [Fact]
    public Task TestProject() => Verify(InSpan("_ = " + Loop + ";"), Setup.OpenTelemetry with { References = Setup.OpenTelemetry.References.Add(References.Named("xunit.core")) });

    // Each corrected as its project did.
    [Fact]
    public Task History_LoopStartedAfterTheSpanOfTheStartUp() => Verify(Class("""
        private Task _checking;

        public async Task StartAsync()
        {
            using (source.StartActivity("assign"))
            {
                await Save("assignments");
            }

            using (ExecutionContext.SuppressFlow())
            {
                _checking = Task.Run(async delegate
                {
                    while (!_stopping.IsCancellationRequested)
                    {
                        using (source.StartActivity("assign"))
                        {
                            await Save("health");
                        }
                    }
                });
            }
        }
        """));

    [Fact]
    public Task History_SchedulerStartedWithoutFlow() => Verify(Class("""
        public void Deploy()
        {
            using var activity = source.StartActivity("deploy");
            StartScheduler();
        }

        public void StartScheduler()
        {
            var ambient = Activity.Current;
            Activity.Current = null;
            _running = Task.Run(RunAsync);
            Activity.Current = ambient;
        }

        private async Task RunAsync()
        {
            while (!_stopping.Token.IsCancellationRequested)
            {
                using var firing = source.StartActivity("fire");
                await Save("trigger");
            }
        }
        """));

    [Fact]
    public Task History_TimerForAllThatCapturesNothing() => Verify(Class("""
        private static Timer s_sync;

        public void Record(string order)
        {
            using var activity = source.StartActivity("record");
            EnsureSynchronized();
        }

        private static void EnsureSynchronized()
        {
            var restore = false;
            try
            {
                if (!ExecutionContext.IsFlowSuppressed())
                {
                    ExecutionContext.SuppressFlow();
                    restore = true;
                }

                s_sync = new Timer(static _ => Note("sync"), null, 0, 7200000);
            }
            finally
            {
                if (restore)
                {
                    ExecutionContext.RestoreFlow();
                }
            }
        }
        """));

    private static readonly Setup AspNet = Setup.OpenTelemetry with { References = Setup.OpenTelemetry.References.AddRange(References.AspNetCore) };

    private static Task Verify(string source, Setup? setup = null) => Verify<TL3002_EndlessWorkInSpan>.Rule(source, setup);
}

using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.WorkCode;

namespace TraceLint.Tests.Rules;

public class TL3002_EndlessWorkInSpanTests
{
    [Theory]
    [InlineData("_ = Task.[|Run|](async () => { while (true) { await Save(order); await Task.Delay(1000); } });")]
    [InlineData("Task.[|Run|](async () => { for (;;) { await Save(order); } });")]
    [InlineData("_running = Task.[|Run|](async () => { while (!_stopping.IsCancellationRequested) { await Save(order); } });")]
    [InlineData("_running = Task.[|Run|](async () => { while (!_stopping.Token.IsCancellationRequested && true) { await Save(order); } }, _stopping.Token);")]
    [InlineData("_running = Task.Factory.[|StartNew|](() => { do { Note(order); } while (!_stopped); }, TaskCreationOptions.LongRunning);")]
    [InlineData("_running = Task.Factory.[|StartNew|](async () => { while (_running2) { await Save(order); } }).Unwrap();")]
    [InlineData("_running = Task.[|Run|](async () => { await foreach (var item in _orders.Reader.ReadAllAsync(_stopping.Token)) { await Save(item); } });")]
    [InlineData("_running = Task.[|Run|](async () => { while (await _orders.Reader.WaitToReadAsync().ConfigureAwait(false)) { await Save(order); } });")]
    [InlineData("_running = Task.[|Run|](async () => { using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(1)); while (await ticks.WaitForNextTickAsync()) { await Save(order); } });")]
    [InlineData("_running = Task.[|Run|](() => { foreach (var item in _items.GetConsumingEnumerable()) { Note(item); } });")]
    [InlineData("ThreadPool.[|QueueUserWorkItem|](_ => { while (true) { Note(order); Thread.Sleep(1000); } });")]
    [InlineData("new Thread(() => { while (!_stop.WaitOne(1000)) { Note(order); } }).[|Start|]();")]
    [InlineData("var thread = new Thread(() => { while (true) { Note(order); } }) { IsBackground = true }; thread.[|Start|]();")]
    [InlineData("_timer = new [|Timer|](_ => Note(order), null, 0, 1000);")]
    [InlineData("_timer ??= new [|Timer|](_ => Note(order), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));")]
    [InlineData("_timer = [|new(_ => Note(order), null, 0, 1000)|];")]
    [InlineData("_ticks.Elapsed += (_, _) => Note(order); _ticks.[|Start|]();")]
    [InlineData("var token = _stopping.Token; _ = Task.[|Run|](async () => { while (!token.IsCancellationRequested) { await Save(order); } });")]
    [InlineData("_ = Task.[|Run|](async () => { while (!cancellation.IsCancellationRequested) { await Save(order); } });")]
    [InlineData("_loops.Add(Task.[|Run|](async () => { while (true) { await Save(order); } }));")]
    public Task EndlessWork_InTheSpanOfTheMethod(string statement) => Verify(InSpan(statement, Fields));

    [Theory]
    [InlineData("_loops.Add([|LoopAsync|](order));")]
    [InlineData("foreach (var part in order.Split(',')) { _loops.Add([|LoopAsync|](part)); }")]
    public Task EndlessMethod_InAList(string statement) => Verify(InSpan(statement, Fields + Loop));

    [Theory]
    [InlineData("_loops.Add(LoopAsync(order)); await Task.WhenAll(_loops);")]
    [InlineData("var loops = new List<Task>(); loops.Add(LoopAsync(order)); await Task.WhenAll(loops);")]
    [InlineData("_loops.Add(Save(order));")]
    [InlineData("_loops.Insert(0, Start(order));")]
    public Task Method_InAListThatIsAwaitedOrEnds(string statement) => Verify(InSpan(statement, Fields + Loop));

    private const string Loop = """

        private async Task LoopAsync(string order) { while (!_stopping.IsCancellationRequested) { await Save(order); } }

        private Task Start(string order) => Save(order);
        """;

    [Theory]
    [InlineData("while (true) { try { await Save(order); } catch (OperationCanceledException) { break; } }")]
    [InlineData("while (true) { if (_stopping.IsCancellationRequested) { return; } await Save(order); }")]
    [InlineData("while (true) { try { await Save(order); } catch (Exception) when (_stopping.IsCancellationRequested) { return; } }")]
    [InlineData("while (true) { foreach (var c in order) { if (c == ' ') { break; } } await Save(order); }")]
    [InlineData("while (true) { if (!await _orders.Reader.WaitToReadAsync()) { break; } await Save(order); }")]
    public Task Loop_ThatOnlyACancellationEnds(string loop) => Verify(InSpan($"_running = Task.[|Run|](async () => {{ {loop} }});", Fields));

    [Fact]
    public Task Loop_InTheMethodThatTheLambdaCalls() => Verify(InSpan(
        "_running = Task.[|Run|](() => PumpAsync(_stopping.Token));",
        "private async Task PumpAsync(CancellationToken token) { while (!token.IsCancellationRequested) { await Save(\"x\"); } }"));

    [Fact]
    public Task Loop_InTheMethodThatIsHandedOver() => Verify(InSpan(
        "new Thread(Pump) { IsBackground = true }.[|Start|]();",
        "private void Pump() { while (true) { Note(\"x\"); } }"));

    [Theory]
    [InlineData("_ = [|PumpAsync|]();")]
    [InlineData("_running = [|PumpAsync|]();")]
    [InlineData("[|PumpAsync|]();")]
    public Task AsyncMethod_ThatIsNotAwaited(string call) => Verify(InSpan(call, "private async Task PumpAsync() { while (true) { await Save(\"x\"); } }"));

    [Fact]
    public Task Span_AroundTheCallOfTheMethod() => Verify(Class("""
        public void Open()
        {
            using (var activity = source.StartActivity("open"))
            {
                Start();
            }
        }

        private void Start() => _running = Task.[|Run|](async () => { while (!_stopping.IsCancellationRequested) { await Save("x"); } });
        """));

    [Fact]
    public Task Span_TwoCallersUp() => Verify(Class("""
        public async Task OpenAsync()
        {
            using var activity = source.StartActivity("open");
            await ConnectAsync();
        }

        private async Task ConnectAsync() { await Task.Yield(); EnsureTimer(); }

        private void EnsureTimer()
        {
            if (_timer == null)
            {
                _timer = new [|Timer|](_ => Note("x"), null, 1000, 1000);
            }
        }
        """));

    [Fact]
    public Task Span_StartedByAHelper() => Verify(Class("""
        public void Open()
        {
            using var activity = Begin("open");
            _ = Task.[|Run|](async () => { while (true) { await Save("x"); } });
        }

        private static Activity Begin(string name) => source.StartActivity(name, ActivityKind.Internal);
        """));

    [Fact]
    public Task TimerThatIsMadeInAControllersAction() => Verify("""
        using System;
        using System.Threading;
        using Microsoft.AspNetCore.Mvc;

        public class OrdersController : ControllerBase
        {
            private static Timer flush;

            public string Get()
            {
                flush ??= new [|Timer|](_ => Console.WriteLine(), null, 1000, 1000);
                return "";
            }
        }
        """, Setup.OpenTelemetry with { References = Setup.OpenTelemetry.References.AddRange(References.AspNetCore) });

    [Theory]
    [InlineData("[|while|] (true) { using var round = source.StartActivity(\"round\"); await Save(order); }")]
    [InlineData("[|while|] (!_stopping.IsCancellationRequested) { await Round(order); }")]
    [InlineData("[|for|] (;;) { using (source.StartActivity(\"round\")) { await Save(order); } }")]
    [InlineData("[|await|] foreach (var item in _orders.Reader.ReadAllAsync()) { await Round(item); }")]
    public Task LoopRightInsideTheSpan_WhoseRoundsStartSpans(string loop) => Verify(InSpan(loop, "private async Task Round(string order) { using var round = source.StartActivity(\"round\"); await Save(order); }"));

    [Fact]
    public Task LoopOfAHostedService() => Verify("""
        using System.Diagnostics;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Hosting;

        public class Worker : BackgroundService
        {
            private static readonly ActivitySource source = new("worker");

            protected override async Task ExecuteAsync(CancellationToken stoppingToken)
            {
                using var activity = source.StartActivity("worker");
                [|while|] (!stoppingToken.IsCancellationRequested)
                {
                    using var round = source.StartActivity("round");
                    await Task.Delay(1000, stoppingToken);
                }
            }
        }
        """, Setup.OpenTelemetry with { References = Setup.OpenTelemetry.References.AddRange(References.AspNetCore) });

    // Another method completes it, or another queue is completed, or the loop completes it when it has ended.
    [Theory]
    [InlineData("_running = Task.[|Run|](async () => { await foreach (var item in _orders.Reader.ReadAllAsync()) { await Save(item); } });")]
    [InlineData("_running = Task.[|Run|](async () => { await foreach (var item in _orders.Reader.ReadAllAsync()) { await Save(item); } }); _other.Writer.Complete();")]
    [InlineData("_running = Task.[|Run|](async () => { try { await foreach (var item in _orders.Reader.ReadAllAsync()) { await Save(item); } } finally { _orders.Writer.TryComplete(); } });")]
    public Task LoopOverAQueue_ThatItsStarterDoesNotComplete(string statement) => Verify(InSpan(statement, """
        private readonly Channel<string> _other = Channel.CreateUnbounded<string>();

        public void Stop() => _orders.Writer.Complete();
        """));

    // BrighterCommand/Brighter#4166: the span of the pump lives as long as the pump, and is the parent of all messages that bring none.
    [Fact]
    public Task History_SpanOfThePump() => Verify(Class("""
        private Thread _performer;

        public void Open() => _performer = new Thread(Run);

        private void Run()
        {
            using var pump = source.StartActivity("orders begin", ActivityKind.Consumer);
            [|do|]
            {
                if (!_orders.Reader.TryRead(out var message))
                {
                    Thread.Sleep(100);
                    continue;
                }

                using var process = source.StartActivity("orders process", ActivityKind.Consumer, parentId: TraceParentOf(message));
                Note(message);
            }
            while (true);
        }

        private static string TraceParentOf(string message) => null;
        """));

    // JasperFx/wolverine#3518: a health check loop, begun in the span of the start-up.
    [Fact]
    public Task History_LoopStartedInTheSpanOfTheStartUp() => Verify(Class("""
        private Task _checking;

        public async Task StartAsync()
        {
            using (IsTraced() ? source.StartActivity("assign") : null)
            {
                await Save("assignments");
                _checking = Task.[|Run|](async delegate
                {
                    while (!_stopping.IsCancellationRequested)
                    {
                        try
                        {
                            await Task.Delay(1000, _stopping.Token);
                            await Save("health");
                        }
                        catch (TaskCanceledException)
                        {
                            return;
                        }
                        catch (Exception e)
                        {
                            Note(e.Message);
                        }
                    }
                });
            }
        }

        private bool IsTraced() => true;
        """));

    // quartznet/quartznet#3797: the loop of a scheduler that is started inside a span takes it as the parent of every firing.
    [Fact]
    public Task History_SchedulerStartedInsideASpan() => Verify(Class("""
        public async Task DeployAsync()
        {
            using var activity = source.StartActivity("deploy");
            await Save("jobs");
            StartScheduler();
        }

        public void StartScheduler()
        {
            _running = Task.[|Run|](RunAsync);
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

    // dotnet/corefx#26071: a timer for all, made by whoever comes first.
    [Fact]
    public Task History_TimerForAllMadeByTheFirst() => Verify(Class("""
        private static Timer s_sync;

        public void Record(string order)
        {
            using var activity = source.StartActivity("record");
            EnsureSynchronized();
        }

        private static void EnsureSynchronized()
        {
            if (s_sync is null)
            {
                s_sync = new [|Timer|](static _ => Note("sync"), null, 0, 7200000);
            }
        }
        """));

    private const string Fields = """
        private volatile bool _stopped;
        private volatile bool _running2;
        private readonly ManualResetEvent _stop = new ManualResetEvent(false);
        private readonly BlockingCollection<string> _items = new BlockingCollection<string>();
        private readonly System.Timers.Timer _ticks = new System.Timers.Timer(1000);
        private readonly List<Task> _loops = new List<Task>();
        """;

    private static Task Verify(string source, Setup? setup = null) => Verify<TL3002_EndlessWorkInSpan>.Rule(source, setup);
}

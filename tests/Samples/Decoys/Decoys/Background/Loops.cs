using System.Threading.Channels;
using Decoys.Platform;
using Microsoft.Extensions.Hosting;

namespace Decoys.Background;

/// <summary>Loops, timers and pumps that no span is carried into, or that end with the one who started them.</summary>
internal sealed class Loops(IHostApplicationLifetime lifetime) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<string> _orders = Channel.CreateBounded<string>(10);
    private Task? _pump;
    private Timer? _flush;
    private Timer? _late;

    public void Start()
    {
        _pump = Task.Run(PumpAsync);
        _flush = new Timer(_ => Flush(), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        new Thread(Watch) { IsBackground = true }.Start();
        lifetime.ApplicationStopping.Register(_stopping.Cancel);
    }

    public void StartAfterwards()
    {
        using (Telemetry.Source.StartActivity("warm up"))
            Flush();

        _pump = Task.Run(PumpAsync);
    }

    public void StartWithoutFlow()
    {
        using var activity = Telemetry.Source.StartActivity("start");
        using (ExecutionContext.SuppressFlow())
        {
            _pump = Task.Run(PumpAsync);
            _flush = new Timer(_ => Flush(), null, 0, 1000);
        }
    }

    public void StartByHand()
    {
        var restore = false;
        using var activity = Telemetry.Source.StartActivity("start");
        try
        {
            if (!ExecutionContext.IsFlowSuppressed())
            {
                ExecutionContext.SuppressFlow();
                restore = true;
            }

            _flush = new Timer(_ => Flush(), null, 0, 1000);
        }
        finally
        {
            if (restore)
                ExecutionContext.RestoreFlow();
        }
    }

    public async Task WithHeartbeatAsync(Func<Task> work)
    {
        using var activity = Telemetry.Source.StartActivity("work");
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var heartbeat = Task.Run(async () =>
        {
            while (!ends.IsCancellationRequested)
                await Task.Delay(1000);
        });
        using var progress = new Timer(_ => Flush(), null, 1000, 1000);
        await work();
        ends.Cancel();
        await heartbeat;
    }

    public async Task UntilReadyAsync()
    {
        using var activity = Telemetry.Source.StartActivity("wait");
        _ = Task.Run(async () =>
        {
            while (true)
            {
                if (_orders.Reader.Count > 0)
                    return;
                await Task.Delay(10);
            }
        });
        await Task.Run(async () =>
        {
            for (var attempt = 0; attempt < 3; attempt++)
                await Task.Delay(attempt);
        });
    }

    public void Later()
    {
        using var activity = Telemetry.Source.StartActivity("later");
        _late = new Timer(_ => Flush(), null, 1000, Timeout.Infinite);
        _late = new Timer(static state => ((Loops)state!).Flush(), this, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        _late = new Timer(_ => Flush());
        ThreadPool.UnsafeQueueUserWorkItem(_ =>
        {
            while (!_stopping.IsCancellationRequested)
                Flush();
        }, null);
    }

    public async Task PipelineAsync(IEnumerable<string> items)
    {
        using var activity = Telemetry.Source.StartActivity("pipeline");
        var stage = Channel.CreateUnbounded<string>();
        var reading = Task.Run(async () =>
        {
            await foreach (var item in stage.Reader.ReadAllAsync())
                Console.WriteLine(item);
        });
        foreach (var item in items)
            await stage.Writer.WriteAsync(item);
        stage.Writer.Complete();
        await reading;
    }

    public void Dispose()
    {
        _flush?.Dispose();
        _late?.Dispose();
        _stopping.Dispose();
    }

    private async Task PumpAsync()
    {
        await foreach (var order in _orders.Reader.ReadAllAsync(_stopping.Token))
        {
            using var round = Telemetry.Source.StartActivity("round");
            Console.WriteLine(order);
        }
    }

    private void Watch()
    {
        while (!_stopping.IsCancellationRequested)
            Flush();
    }

    private void Flush() => Console.WriteLine(_pump);
}

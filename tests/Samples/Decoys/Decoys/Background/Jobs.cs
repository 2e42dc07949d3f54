using System.Collections.Concurrent;
using System.Diagnostics;
using Decoys.Platform;

namespace Decoys.Background;

/// <summary>Task.Run and its like, awaited or not: they carry the span.</summary>
internal sealed class Jobs(HttpClient http)
{
    private readonly List<Task> _started = [];
    private Task? _last;

    public async Task<int> AwaitedAsync(string order)
    {
        using var activity = Telemetry.Source.StartActivity("awaited");
        var length = await Task.Run(() =>
        {
            activity?.SetTag("order", order);
            return order.Length;
        });
        await Task.Run(async () => await http.GetAsync(order));
        await Task.Factory.StartNew(() => activity?.AddEvent(new ActivityEvent("counted"))).ConfigureAwait(false);
        return length;
    }

    public async Task TogetherAsync(string[] orders)
    {
        using var activity = Telemetry.Source.StartActivity("together");
        await Task.WhenAll(orders.Select(order => Task.Run(() => activity?.AddEvent(new ActivityEvent(order)))));
        var price = Task.Run(() => activity?.SetTag("priced", true));
        var stock = Task.Run(() => activity?.SetTag("reserved", true));
        await Task.WhenAll(price, stock);
        var tasks = new List<Task>();
        foreach (var order in orders)
            tasks.Add(Task.Run(() => activity?.AddEvent(new ActivityEvent(order))));
        await Task.WhenAny(tasks);
    }

    public void Blocking(string[] orders)
    {
        using var activity = Telemetry.Source.StartActivity("blocking");
        Task.Run(() => activity?.SetTag("orders", orders.Length)).Wait();
        Parallel.ForEach(orders, order => activity?.AddEvent(new ActivityEvent(order)));
        var thread = new Thread(() => activity?.SetTag("thread", true));
        thread.Start();
        thread.Join();
    }

    public async Task Returned(string order)
    {
        using var activity = Telemetry.Source.StartActivity("returned");
        await Tag();

        Task Tag()
        {
            return Task.Run(() => activity?.SetTag("order", order));
        }
    }

    public void Kept(string order)
    {
        using var activity = Telemetry.Source.StartActivity("kept");
        _last = Task.Run(() => activity?.SetTag("order", order));
        _started.Add(Task.Run(() => activity?.SetTag("order", order)));
    }

    public Task FinishAsync() => Task.WhenAll(_started.Append(_last ?? Task.CompletedTask));

    public void Left(string order)
    {
        using var activity = Telemetry.Source.StartActivity("left");
        var id = activity?.Id;
        _ = Task.Run(() => Console.WriteLine($"{id} {order}"));
        _ = Task.Run(() => http.GetAsync(order));
        ThreadPool.QueueUserWorkItem(static text => Console.WriteLine(text), order, preferLocal: false);
        _ = Task.Run(async () =>
        {
            using var own = Telemetry.Source.StartActivity("mail");
            await http.GetAsync(order);
            own?.SetTag("mailed", true);
        });
        _ = Task.Run(() => MailAsync(order));
        _ = MailAsync(order);
    }

    public async Task SignalledAsync(string order)
    {
        using var activity = Telemetry.Source.StartActivity("signalled");
        var answer = new TaskCompletionSource<string>();
        _ = Task.Run(() =>
        {
            activity?.SetTag("answered", true);
            answer.SetResult(order);
        });
        await answer.Task;

        using var count = new CountdownEvent(2);
        for (var i = 0; i < 2; i++)
        {
            ThreadPool.QueueUserWorkItem(_ =>
            {
                activity?.AddEvent(new ActivityEvent("part"));
                count.Signal();
            });
        }

        count.Wait();
    }

    public void Collected(string[] orders)
    {
        using var activity = Telemetry.Source.StartActivity("collected");
        using var results = new BlockingCollection<string>();
        _ = Task.Run(() =>
        {
            foreach (var order in orders)
            {
                activity?.AddEvent(new ActivityEvent(order));
                results.Add(order);
            }

            results.CompleteAdding();
        });
        foreach (var result in results.GetConsumingEnumerable())
            Console.WriteLine(result);
    }

    public void HandedOn(string order)
    {
        var own = Telemetry.Source.StartActivity("handed on");
        _ = Task.Run(async () =>
        {
            using (own)
            {
                await http.GetAsync(order);
                own?.SetStatus(ActivityStatusCode.Ok);
            }
        });
    }

    private async Task MailAsync(string order)
    {
        using var own = Telemetry.Source.StartActivity("mail");
        await http.GetAsync(order);
    }
}

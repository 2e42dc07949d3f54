// Endless work that is kept in a list, and the reader of a process that outlives the request.
namespace Kinds;
internal sealed class R16(Store store)
{
    private readonly List<Task> _running = [];

    public void List(string[] jobs, CancellationToken stop)
    {
        using var activity = T.Source.StartActivity("start");
        foreach (var job in jobs) _running.Add(RunAsync(job, stop));
    }

    private async Task RunAsync(string job, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested) { await Task.Delay(1000, stop); using var run = T.Source.StartActivity("run"); await store.SaveAsync(job); }
    }
}
internal sealed class ToolController(Store store) : ControllerBase
{
    public void Start()
    {
        var process = new Process { StartInfo = new ProcessStartInfo("tool") { RedirectStandardOutput = true } };
        process.OutputDataReceived += (_, line) => { using var activity = T.Source.StartActivity("line"); store.Save(line.Data ?? ""); };
        process.Start();
        process.BeginOutputReadLine();
    }
}

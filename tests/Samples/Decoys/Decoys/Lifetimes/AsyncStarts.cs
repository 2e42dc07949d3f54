using System.Diagnostics;
using Decoys.Platform;

namespace Decoys.Lifetimes;

/// <summary>Spans that async methods start, and whose callers do not rely on finding them current.</summary>
internal sealed class AsyncStarts
{
    private Activity? _session;
    private Activity? _request;

    /// <summary>Not async: the span is current for the caller.</summary>
    public Task<Activity?> StartNowAsync() => Task.FromResult(Telemetry.Source.StartActivity("now"));

    public async Task RunAsync()
    {
        using var activity = await StartForAParentAsync();
        using var child = Telemetry.Source.StartActivity("child", ActivityKind.Internal, activity?.Context ?? default);
        await Task.Delay(1);
    }

    public async Task RunUnderItAsync()
    {
        using var activity = await StartToBeSetAsync();
        Activity.Current = activity ?? Activity.Current;
        await Task.Delay(1);
    }

    /// <summary>The session's span is a parent by hand.</summary>
    public async Task ConnectAsync()
    {
        await Task.Delay(1);
        _session = Telemetry.Source.StartActivity("session");
    }

    public async Task SendAsync()
    {
        using var activity = Telemetry.Source.StartActivity("send", ActivityKind.Client, _session?.Context ?? default);
        await Task.Delay(1);
    }

    public void Close() => _session?.Dispose();

    /// <summary>What follows runs inside of the method.</summary>
    public async Task InvokeAsync(Func<Task> next)
    {
        _request = Telemetry.Source.StartActivity("request");
        try
        {
            await next();
        }
        finally
        {
            _request?.Stop();
        }
    }

    public async Task<string> IdAsync()
    {
        using var activity = Telemetry.Source.StartActivity("id");
        await Task.Delay(1);
        return activity?.Id ?? "";
    }

    private static async Task<Activity?> StartForAParentAsync()
    {
        await Task.Delay(1);
        return Telemetry.Source.StartActivity("parent");
    }

    private static async Task<Activity?> StartToBeSetAsync()
    {
        await Task.Delay(1);
        return Telemetry.Source.StartActivity("set");
    }
}

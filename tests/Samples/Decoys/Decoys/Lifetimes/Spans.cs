using System.Diagnostics;
using Decoys.Platform;

namespace Decoys.Lifetimes;

/// <summary>Spans that somebody stops, on every path, if not always where they were started.</summary>
internal sealed class Spans(IEnumerable<string> parcels)
{
    private readonly Dictionary<string, Activity?> _byParcel = [];
    private readonly Stack<Activity> _running = new();
    private Activity? _shift;

    public void BeginShift() => _shift = Telemetry.Source.StartActivity("shift");

    public void EndShift()
    {
        _shift?.Stop();
        _shift = null;
    }

    public void Register(string parcel) => _byParcel[parcel] = Telemetry.Source.StartActivity("parcel");

    public void Unregister(string parcel)
    {
        if (_byParcel.Remove(parcel, out var activity))
            activity?.Dispose();
    }

    public void Push(string name)
    {
        if (Telemetry.Source.StartActivity(name) is { } activity)
            _running.Push(activity);
    }

    public void Pop() => _running.Pop().Stop();

    public async Task FinallyAsync(string parcel)
    {
        var activity = Telemetry.Source.StartActivity("weigh");
        try
        {
            await WeighAsync(parcel);
            activity?.SetStatus(ActivityStatusCode.Ok);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
        finally
        {
            activity?.Dispose();
        }
    }

    public async Task CatchAsync(string parcel)
    {
        var activity = Telemetry.Source.StartActivity("weigh");
        try
        {
            await WeighAsync(parcel);
        }
        catch (Exception exception)
        {
            activity?.AddException(exception);
        }

        activity?.Stop();
    }

    public void Measure()
    {
        var activity = Telemetry.Source.StartActivity("measure");
        activity?.SetTag("parcels", _byParcel.Count);
        activity?.AddEvent(new ActivityEvent("measured"));
        activity?.Stop();
    }

    public void Guarded(string parcel)
    {
        var activity = Telemetry.Source.StartActivity("guarded");
        if (activity is null)
            return;

        using (activity)
        {
            activity.SetTag("parcel", parcel);
            Weigh(parcel);
        }
    }

    public void InALoop()
    {
        foreach (var parcel in parcels)
        {
            using var activity = Telemetry.Source.StartActivity("parcel");
            if (parcel.Length == 0)
                continue;

            Weigh(parcel);
        }
    }

    public void OneAfterTheOther()
    {
        Activity? activity = null;
        try
        {
            foreach (var parcel in parcels)
            {
                activity?.Stop();
                activity = Telemetry.Source.StartActivity("parcel");
                Weigh(parcel);
            }
        }
        finally
        {
            activity?.Stop();
        }
    }

    public IDisposable Scope(string parcel)
    {
        var activity = Telemetry.Source.StartActivity("scope");
        activity?.SetTag("parcel", parcel);
        return new SpanScope(activity, parcel);
    }

    public Task Later(string parcel)
    {
        var activity = Telemetry.Source.StartActivity("later");
        return WeighAsync(parcel).ContinueWith(_ => activity?.Dispose(), TaskScheduler.Default);
    }

    public void WithACallback(string parcel)
    {
        var activity = Telemetry.Source.StartActivity("callback");
        Weigh(parcel, onDone: () => activity?.Stop());
    }

    public void WithAHelper(string parcel)
    {
        var activity = Telemetry.Source.StartActivity("helper");
        Weigh(parcel);
        Finish(activity);
    }

    public Activity? Start(string parcel)
    {
        var activity = Telemetry.Source.StartActivity("start");
        activity?.SetTag("parcel", parcel);
        return activity;
    }

    public bool TryStart(string parcel, out Activity? activity)
    {
        activity = Telemetry.Source.StartActivity("start");
        activity?.SetTag("parcel", parcel);
        return activity is not null;
    }

    public void Mark() => Telemetry.Source.StartActivity("mark")?.Dispose();

    public void ByHand(string parcel)
    {
        using var activity = new Activity("by hand");
        activity.SetIdFormat(ActivityIdFormat.W3C);
        activity.Start();
        Weigh(parcel);
    }

    private static void Finish(Activity? activity)
    {
        activity?.SetStatus(ActivityStatusCode.Ok);
        activity?.Dispose();
    }

    private static void Weigh(string parcel, Action? onDone = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(parcel);
        onDone?.Invoke();
    }

    private static Task WeighAsync(string parcel) => Task.Delay(parcel.Length);

    private sealed class SpanScope(Activity? activity, string parcel) : IDisposable
    {
        public void Dispose()
        {
            activity?.SetTag("parcel.left", parcel);
            activity?.Dispose();
        }
    }
}

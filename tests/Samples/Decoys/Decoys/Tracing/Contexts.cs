using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Decoys.Platform;
using Microsoft.AspNetCore.Http;

namespace Decoys.Tracing;

/// <summary>Contexts and parents that are put together by hand, with the flags that belong to them, or where there are none to be had.</summary>
internal sealed class Contexts
{
    private const byte Sampled = 1;

    private readonly List<ActivityLink> _links = [];

    /// <summary>Every field of a traceparent is read, the last one too.</summary>
    public static ActivityContext Parse(string header)
    {
        var fields = header.Split('-');
        var flags = (ActivityTraceFlags)byte.Parse(fields[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new ActivityContext(ActivityTraceId.CreateFromString(fields[1]), ActivitySpanId.CreateFromString(fields[2]), flags, traceState: null, isRemote: true);
    }

    /// <summary>B3: the decision is in a header of its own.</summary>
    public static ActivityContext FromB3(IHeaderDictionary headers)
    {
        var flags = ActivityTraceFlags.None;
        if (headers["X-B3-Sampled"] == "1" || headers["X-B3-Flags"] == "1")
            flags |= ActivityTraceFlags.Recorded;
        return new ActivityContext(ActivityTraceId.CreateFromString(headers["X-B3-TraceId"].ToString()), ActivitySpanId.CreateFromString(headers["X-B3-SpanId"].ToString()), flags, isRemote: true);
    }

    public static ActivityContext FromSingleB3(string b3)
    {
        var fields = b3.Split('-');
        var trace = ActivityTraceId.CreateFromString(fields[0]);
        var span = ActivitySpanId.CreateFromString(fields[1]);
        return fields is [_, _, "1" or "d", ..]
            ? new ActivityContext(trace, span, ActivityTraceFlags.Recorded, isRemote: true)
            : new ActivityContext(trace, span, ActivityTraceFlags.None, isRemote: true);
    }

    public static ActivityContext FromBytes(ReadOnlySpan<byte> wire)
        => new(ActivityTraceId.CreateFromBytes(wire[..16]), ActivitySpanId.CreateFromBytes(wire[16..24]), (ActivityTraceFlags)(wire[24] & Sampled), isRemote: true);

    /// <summary>A nightly run is a trace of its own, and always recorded.</summary>
    public static void NightlyRun()
    {
        var root = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        using var activity = Telemetry.Source.StartActivity("nightly run", ActivityKind.Internal, root);
    }

    /// <summary>The correlation id of an old system becomes the trace: nobody has decided anything about it.</summary>
    public static void Correlated(Guid correlation)
    {
        var trace = ActivityTraceId.CreateFromString(correlation.ToString("N"));
        using var activity = Telemetry.Source.StartActivity("import", ActivityKind.Internal, new ActivityContext(trace, ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded));
    }

    /// <summary>The same build always has the same trace.</summary>
    public static void Build(string run)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(run));
        var parent = new ActivityContext(ActivityTraceId.CreateFromBytes(hash.AsSpan(0, 16)), ActivitySpanId.CreateFromBytes(hash.AsSpan(16, 8)), ActivityTraceFlags.Recorded);
        using var activity = Telemetry.Source.StartActivity("build", ActivityKind.Internal, parent);
    }

    public static void BuildByHand(string run)
    {
        using var activity = new Activity("build").SetParentId(ActivityTraceId.CreateFromBytes(MD5.HashData(Encoding.UTF8.GetBytes(run))), ActivitySpanId.CreateRandom()).Start();
    }

    public static void Child(Activity parent)
    {
        using var activity = new Activity("work").SetParentId(parent.TraceId, parent.SpanId, parent.ActivityTraceFlags).Start();
    }

    public static void ChildWhoseFlagsComeLater(ActivityTraceId trace, ActivitySpanId span, bool recorded)
    {
        var activity = new Activity("work").SetParentId(trace, span);
        activity.ActivityTraceFlags = recorded ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None;
        activity.Start();
        activity.Stop();
    }

    /// <summary>A link says where something came from; nobody samples by it.</summary>
    public void Link(string trace, string span)
    {
        var context = new ActivityContext(ActivityTraceId.CreateFromString(trace), ActivitySpanId.CreateFromString(span), ActivityTraceFlags.None);
        _links.Add(new ActivityLink(context));
        using var activity = Telemetry.Source.StartActivity("digest", ActivityKind.Internal, default(ActivityContext), links: _links);
    }

    public static string Header(Activity activity) => $"00-{activity.TraceId}-{activity.SpanId}-{(activity.Recorded ? "01" : "00")}";

    public static string HeaderWithFlags(ActivityContext context) => $"00-{context.TraceId.ToHexString()}-{context.SpanId.ToHexString()}-{(int)context.TraceFlags:x2}";

    public static string? HeaderWhenSampled(Activity activity)
    {
        if (!activity.Recorded)
            return null;
        return $"00-{activity.TraceId}-{activity.SpanId}-01";
    }

    public static string HeaderOfANewTrace() => $"00-{Guid.NewGuid():N}-{Guid.NewGuid().ToString("N")[..16]}-01";

    public static string Example => "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    public static string Batch(DateOnly day, string region) => $"00-{region}-{day:yyyyMMdd}-01";

    /// <summary>A filter takes a span out of what is recorded.</summary>
    public static void TakeOut(Activity activity) => activity.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;

    /// <summary>The current span is the parent by itself; its own parent is only noted.</summary>
    public static void Note()
    {
        using var activity = Telemetry.Source.StartActivity("work", ActivityKind.Internal, Activity.Current?.Context ?? default);
        activity?.SetTag("caller", Activity.Current?.Parent?.ParentId);
    }

    /// <summary>The steps of a saga stand beside each other.</summary>
    public static void NextStep(Activity previous)
    {
        using var activity = Telemetry.Source.StartActivity("next step", ActivityKind.Internal, previous.ParentId);
    }

    /// <summary>A span that takes the place of the one that the framework has made.</summary>
    public static Activity Replace()
    {
        var current = Activity.Current!;
        var other = new Activity(current.OperationName).SetParentId(current.ParentId!);
        foreach (var tag in current.TagObjects)
            other.SetTag(tag.Key, tag.Value);
        return other.Start();
    }
}

/// <summary>Spans of another system, read for display: nothing runs under them.</summary>
internal static class ZipkinSpanReader
{
    public static Activity Read(string trace, string parent, DateTime begin, TimeSpan duration)
    {
        var activity = new Activity("read").SetParentId(ActivityTraceId.CreateFromString(trace), ActivitySpanId.CreateFromString(parent));
        activity.SetStartTime(begin).SetEndTime(begin + duration);
        return activity;
    }

    public static ActivityContext Parent(string trace, string parent)
        => new(ActivityTraceId.CreateFromString(trace), ActivitySpanId.CreateFromString(parent), ActivityTraceFlags.Recorded, isRemote: true);
}

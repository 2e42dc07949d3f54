using System.Diagnostics;
using OpenTelemetry;

namespace TraceLint.Proofs.Kit;

/// <summary>Where a run comes from: the request that a service is serving, with a trace state and baggage.</summary>
internal static class Origin
{
    public const string TraceState = "congo=t61rcWkgMzE";
    public const string BaggageKey = "tenant";
    public const string BaggageValue = "acme";

    public const string SourceName = "TraceLint.Proofs";

    public static readonly ActivitySource Source = new(SourceName);

    /// <summary>Makes a request that was sampled, or was not, the current one of the calling method.</summary>
    public static Activity StartRequest(bool isSampled)
    {
        var caller = new ActivityContext(
            ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), isSampled ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None, TraceState, isRemote: true);
        Activity.Current = null;
        var root = Source.StartActivity("root", ActivityKind.Server, caller)!;
        root.AddBaggage(BaggageKey, BaggageValue);
        Baggage.Current = Baggage.Create(new Dictionary<string, string> { [BaggageKey] = BaggageValue });
        return root;
    }

    /// <summary>Nothing is current any more in the calling method, as in another process.</summary>
    public static void Leave()
    {
        Activity.Current = null;
        Baggage.Current = default;
    }
}

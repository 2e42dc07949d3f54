using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Trace;
using TraceLint.Proofs.Flow;

namespace TraceLint.Proofs.Facts;

/// <summary>
/// What a span continues when it gets its remote parent before it is created, or between its creation and its start. TL2008 rests on it.
/// </summary>
[Collection(nameof(FlowTableProofs))]
public sealed class LateParentFacts : IDisposable
{
    private const string Whole = "caller's trace, caller's span";
    private const string NoSpan = "no span";

    private static readonly Dictionary<string, Func<ActivitySource, ActivityContext, string, Activity?>> s_starts = new()
    {
        ["CreateActivity, SetParentId(text)"]
            = static (source, _, header) => source.CreateActivity("span", ActivityKind.Consumer)?.SetParentId(header).Start(),
        ["CreateActivity, SetParentId(ids, flags)"] = static (source, caller, _) => source.CreateActivity("span", ActivityKind.Consumer)
            ?.SetParentId(caller.TraceId, caller.SpanId, caller.TraceFlags).Start(),
        ["CreateActivity(parentContext)"]
            = static (source, caller, _) => source.CreateActivity("span", ActivityKind.Consumer, caller)?.Start(),
        ["CreateActivity(parentId)"]
            = static (source, _, header) => source.CreateActivity("span", ActivityKind.Consumer, header)?.Start(),
        ["new Activity, SetParentId(text)"] = static (_, _, header) => new Activity("span").SetParentId(header).Start(),
        ["new Activity, SetParentId(ids, flags)"] = static (_, caller, _)
            => new Activity("span").SetParentId(caller.TraceId, caller.SpanId, caller.TraceFlags).Start(),
    };

    private readonly ActivitySource _source = new(nameof(LateParentFacts));

    // The SDK's sampler asks for the trace id. CreateActivity then draws one, which a text that is set afterwards does not replace.
    [Theory]
    [InlineData("CreateActivity, SetParentId(text)", "new trace, caller's span, recorded", "new trace, caller's span, recorded")]
    [InlineData("CreateActivity, SetParentId(ids, flags)", Whole + ", recorded", Whole + ", not recorded")]
    [InlineData("CreateActivity(parentContext)", Whole + ", recorded", Whole + ", not recorded")]
    [InlineData("CreateActivity(parentId)", Whole + ", recorded", NoSpan)]
    [InlineData("new Activity, SetParentId(text)", Whole + ", recorded", Whole + ", not recorded")]
    [InlineData("new Activity, SetParentId(ids, flags)", Whole + ", recorded", Whole + ", not recorded")]
    public void UnderTheSdk(string start, string sampled, string unsampled)
    {
        using var sdk = Sdk.CreateTracerProviderBuilder().AddSource(_source.Name).Build();
        Assert.Equal((sampled, unsampled), (Run(start, isSampled: true), Run(start, isSampled: false)));
    }

    // A root sampler that drops: it, and not the caller, decides for what gets its parent after CreateActivity.
    [Theory]
    [InlineData("CreateActivity, SetParentId(text)", "new trace, caller's span, not recorded")]
    [InlineData("CreateActivity, SetParentId(ids, flags)", Whole + ", recorded without data")]
    [InlineData("CreateActivity(parentContext)", Whole + ", recorded")]
    public void UnderTheSdkWithASamplerThatDropsRoots(string start, string sampled)
    {
        using var sdk = Sdk.CreateTracerProviderBuilder()
            .AddSource(_source.Name)
            .SetSampler(new ParentBasedSampler(new AlwaysOffSampler()))
            .Build();
        Assert.Equal(sampled, Run(start, isSampled: true));
    }

    // The current span is the sampler's parent, although the span gets the caller as its parent.
    [Theory]
    [InlineData("CreateActivity, SetParentId(text)", true, Whole + ", recorded", Whole + ", recorded")]
    [InlineData("CreateActivity, SetParentId(text)", false, NoSpan, NoSpan)]
    [InlineData("CreateActivity, SetParentId(ids, flags)", true, Whole + ", recorded", Whole + ", not recorded")]
    [InlineData("CreateActivity, SetParentId(ids, flags)", false, NoSpan, NoSpan)]
    [InlineData("CreateActivity(parentContext)", false, Whole + ", recorded", Whole + ", not recorded")]
    public void UnderTheSdkInsideAnotherSpan(string start, bool isOtherSampled, string sampled, string unsampled)
    {
        using var sdk = Sdk.CreateTracerProviderBuilder().AddSource(_source.Name).Build();
        using var other = _source.StartActivity("other", ActivityKind.Server, Caller(isOtherSampled));
        Assert.Equal((sampled, unsampled), (Run(start, isSampled: true), Run(start, isSampled: false)));
    }

    // A sampler of one's own that does not ask for the trace id: the trace is the caller's, the decision is not.
    [Theory]
    [InlineData("CreateActivity, SetParentId(text)", Whole + ", recorded", Whole + ", recorded")]
    [InlineData("CreateActivity, SetParentId(ids, flags)", Whole + ", recorded", Whole + ", not recorded")]
    [InlineData("CreateActivity(parentContext)", Whole + ", recorded", Whole + ", not recorded")]
    [InlineData("new Activity, SetParentId(text)", Whole + ", recorded", Whole + ", not recorded")]
    [InlineData("new Activity, SetParentId(ids, flags)", Whole + ", recorded", Whole + ", not recorded")]
    public void UnderAListenerThatSamplesAsTheParent(string start, string sampled, string unsampled)
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source == _source,
            Sample = static (ref options) => options.Parent.TraceId == default || options.Parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
                ? ActivitySamplingResult.AllDataAndRecorded
                : ActivitySamplingResult.PropagationData,
        };
        ActivitySource.AddActivityListener(listener);
        Assert.Equal((sampled, unsampled), (Run(start, isSampled: true), Run(start, isSampled: false)));
    }

    public void Dispose() => _source.Dispose();

    private string Run(string start, bool isSampled)
    {
        var caller = Caller(isSampled);
        using var span = s_starts[start](_source, caller, $"00-{caller.TraceId}-{caller.SpanId}-{(isSampled ? "01" : "00")}");
        return span is null
            ? NoSpan
            : $"{(span.TraceId == caller.TraceId ? "caller's" : "new")} trace, {(span.ParentSpanId == caller.SpanId ? "caller's" : "another")} span, "
                + (span is { Recorded: true, IsAllDataRequested: false } ? "recorded without data" : span.Recorded ? "recorded" : "not recorded");
    }

    private static ActivityContext Caller(bool isSampled) => new(
        ActivityTraceId.CreateRandom(),
        ActivitySpanId.CreateRandom(),
        isSampled ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None,
        isRemote: true);
}

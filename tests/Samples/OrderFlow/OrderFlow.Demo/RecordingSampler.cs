using System.Diagnostics;
using OpenTelemetry.Trace;

namespace OrderFlow.Demo;

/// <summary>Keeps the decision of the parent, and records also what is not sampled, so that it can be shown.</summary>
/// <param name="samplesRoots">The decision where there is no parent.</param>
internal sealed class RecordingSampler(bool samplesRoots) : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        var parent = samplingParameters.ParentContext;
        var isSampled = parent.TraceId == default ? samplesRoots : parent.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);
        return new SamplingResult(isSampled ? SamplingDecision.RecordAndSample : SamplingDecision.RecordOnly);
    }
}

// Sampled is invented in text.
namespace Kinds;
internal sealed class R11
{
    public string Join(ActivityTraceId trace, ActivitySpanId span) => string.Join('-', "00", trace, span, "01");

    public string Hole(ActivityTraceId trace, ActivitySpanId span) => $"{"00"}-{trace}-{span}-{"01"}";

    public string Builder(ActivityTraceId trace, ActivitySpanId span) => new StringBuilder("00-").Append(trace).Append('-').Append(span).Append("-01").ToString();
}

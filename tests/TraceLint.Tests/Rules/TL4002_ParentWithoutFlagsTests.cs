using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL4002 reports. What it does not is in TL4002_ParentWithoutFlagsSilentTests.</summary>
public class TL4002_ParentWithoutFlagsTests
{
    private static Task Verify(string statements, string members = "") => Verify<TL4002_ParentWithoutFlags>.Rule(Method(statements, members));

    [Fact]
    public Task IdsOfAContext() => Verify(
        "using var activity = new Activity(\"process\").[|SetParentId|](Parent.TraceId, Parent.SpanId).Start();",
        "private ActivityContext Parent { get; }");

    [Fact]
    public Task IdsOfASpan() => Verify("""
        var parent = Activity.Current!;
        var activity = new Activity("process");
        activity.[|SetParentId|](parent.TraceId, parent.SpanId);
        activity.Start();
        """);

    [Fact]
    public Task IdsFromText() => Verify("""
        var traceId = ActivityTraceId.CreateFromString(order.AsSpan(3, 32));
        var spanId = ActivitySpanId.CreateFromString(order.AsSpan(36, 16));
        using var activity = source.CreateActivity("process", ActivityKind.Consumer);
        activity?.[|SetParentId|](traceId, spanId);
        activity?.Start();
        """);

    [Fact]
    public Task IdsFromParameters() => Verify("", """
        public static Activity Begin(ActivityTraceId trace, ActivitySpanId span) => new Activity("process").[|SetParentId|](spanId: span, traceId: trace).Start();
        """);
}

using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.CodeFixes;

public class TL4002_PassFlagsTests
{
    private static Task Verify(string statements, string @fixed, string members = "")
        => Verify<TL4002_ParentWithoutFlags>.Fix<TL4002_PassFlags>(Method(statements, members), Method(@fixed, members));

    private static Task VerifyNone(string statements, string members = "")
        => Verify<TL4002_ParentWithoutFlags>.NoFix<TL4002_PassFlags>(Method(statements, members));

    [Fact]
    public Task Context() => Verify(
        "using var activity = new Activity(\"process\").[|SetParentId|](Parent.TraceId, Parent.SpanId).Start(); // right away",
        """
        using var activity = new Activity("process")
            .SetParentId(Parent.TraceId, Parent.SpanId, Parent.TraceFlags)
            .Start(); // right away
        """,
        "private ActivityContext Parent { get; }");

    [Fact]
    public Task Span() => Verify(
        """
        var parent = Activity.Current!;
        using var activity = new Activity("process").[|SetParentId|](parent.TraceId, parent.SpanId).Start();
        """,
        """
        var parent = Activity.Current!;
        using var activity = new Activity("process")
            .SetParentId(parent.TraceId, parent.SpanId, parent.ActivityTraceFlags)
            .Start();
        """);

    [Fact]
    public Task Locals() => Verify(
        """
        var parent = Parent;
        var (trace, span) = (parent.TraceId, parent.SpanId);
        var traceId = parent.TraceId;
        var spanId = parent.SpanId;
        using var activity = new Activity("process").[|SetParentId|](traceId, spanId).Start();
        """,
        """
        var parent = Parent;
        var (trace, span) = (parent.TraceId, parent.SpanId);
        var traceId = parent.TraceId;
        var spanId = parent.SpanId;
        using var activity = new Activity("process").SetParentId(traceId, spanId, parent.TraceFlags).Start();
        """,
        "private ActivityContext Parent { get; }");

    [Fact]
    public Task NamedArguments_AndAnOwnHolder() => Verify(
        "using var activity = new Activity(\"process\").[|SetParentId|](spanId: Row.Span, traceId: Row.Trace).Start();",
        """
        using var activity = new Activity("process")
            .SetParentId(spanId: Row.Span, traceId: Row.Trace, activityTraceFlags: Row.Flags)
            .Start();
        """,
        """
        private Stored Row { get; } = new Stored();
        private class Stored { public ActivityTraceId Trace; public ActivitySpanId Span; public ActivityTraceFlags Flags; }
        """);

    [Fact]
    public Task TextHasNoFlags() => VerifyNone("""
        var traceId = ActivityTraceId.CreateFromString(order.AsSpan(3, 32));
        using var activity = new Activity("process").[|SetParentId|](traceId, ActivitySpanId.CreateFromString(order.AsSpan(36, 16))).Start();
        """);

    [Fact]
    public Task IdsOfTwoContexts() => VerifyNone(
        "using var activity = new Activity(\"process\").[|SetParentId|](One.TraceId, Other.SpanId).Start();",
        "private ActivityContext One { get; } private ActivityContext Other { get; }");

    [Fact]
    public Task SpanThatMayBeMissing() => VerifyNone(
        "using var activity = new Activity(\"process\").[|SetParentId|](Activity.Current?.TraceId ?? Other.TraceId, Activity.Current?.SpanId ?? Other.SpanId).Start();",
        "private ActivityContext Other { get; }");
}

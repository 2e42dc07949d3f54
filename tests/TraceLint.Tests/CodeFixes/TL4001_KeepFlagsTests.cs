using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.CodeFixes;

public class TL4001_KeepFlagsTests
{
    private static Task Verify(string statements, string @fixed, string members = "", bool nullable = true)
        => Verify<TL4001_InventedFlags>.Fix<TL4001_KeepFlags>(Traced(statements, members), Traced(@fixed, members), Setup.OpenTelemetry with { Nullable = nullable });

    private static Task VerifyNone(string statements, string members = "")
        => Verify<TL4001_InventedFlags>.NoFix<TL4001_KeepFlags>(Traced(statements, members));

    [Fact]
    public Task TextOfASpan_IsItsId() => Verify(
        """
        var activity = new Activity("publish").Start();
        message.Headers["traceparent"] = $"00-{activity.TraceId}-{activity.SpanId}[|-01|]";
        message.Headers["traceparent"] = "00-" + activity.TraceId + "-" + activity.SpanId + [|"-01"|]; // by hand
        """,
        """
        var activity = new Activity("publish").Start();
        message.Headers["traceparent"] = activity.Id!;
        message.Headers["traceparent"] = activity.Id!; // by hand
        """,
        "private readonly Message message = new Message();");

    [Fact]
    public Task TextOfASpan_WithoutNullableAnnotations() => Verify(
        "var header = string.Format([|\"00-{0}-{1}-01\"|], Activity.Current.TraceId.ToHexString(), Activity.Current.SpanId.ToHexString());",
        "var header = Activity.Current.Id;",
        nullable: false);

    [Fact]
    public Task TextOfASpanThatMayBeMissing_GetsItsFlags() => Verify(
        """
        var activity = source.StartActivity("publish");
        var header = $"00-{activity?.TraceId}-{activity?.SpanId}[|-01|]";
        """,
        """
        var activity = source.StartActivity("publish");
        var header = $"00-{activity?.TraceId}-{activity?.SpanId}-{(int)(activity?.ActivityTraceFlags ?? default):x2}";
        """);

    [Fact]
    public Task TextOfAContext_GetsItsFlags() => Verify(
        """
        var one = $"00-{Parent.TraceId}-{Parent.SpanId}[|-01|]";
        var two = "00-" + Parent.TraceId + "-" + Parent.SpanId + [|"-01"|];
        """,
        """
        var one = $"00-{Parent.TraceId}-{Parent.SpanId}-{(int)Parent.TraceFlags:x2}";
        var two = "00-" + Parent.TraceId + "-" + Parent.SpanId + $"-{(int)Parent.TraceFlags:x2}";
        """,
        "private ActivityContext Parent { get; }");

    [Fact]
    public Task Context_GetsTheFlagsOfTheOtherOne() => Verify(
        """
        var parent = Activity.Current!.Context;
        using var activity = source.StartActivity("process", ActivityKind.Consumer, new ActivityContext(parent.TraceId, ActivitySpanId.CreateRandom(), [|ActivityTraceFlags.Recorded|], isRemote: true));
        using var other = new Activity("process").SetParentId(parent.TraceId, parent.SpanId, [|ActivityTraceFlags.Recorded|]).Start();
        """,
        """
        var parent = Activity.Current!.Context;
        using var activity = source.StartActivity("process", ActivityKind.Consumer, new ActivityContext(parent.TraceId, ActivitySpanId.CreateRandom(), parent.TraceFlags, isRemote: true));
        using var other = new Activity("process").SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags).Start();
        """);

    [Fact]
    public Task TextHasNoFlags() => VerifyNone("""
        var context = new ActivityContext(ActivityTraceId.CreateFromString(order.AsSpan(3, 32)), ActivitySpanId.CreateFromString(order.AsSpan(36, 16)), [|ActivityTraceFlags.Recorded|]);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, context);
        """);

    [Fact]
    public Task ParentOfASpan_IsNotItsId() => VerifyNone(
        "var header = string.Format([|\"00-{0}-{1}-01\"|], Activity.Current!.TraceId, Activity.Current!.ParentSpanId);");
}

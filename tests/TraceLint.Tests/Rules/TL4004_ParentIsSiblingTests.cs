using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL4004 reports. What it does not is in TL4004_ParentIsSiblingSilentTests.</summary>
public class TL4004_ParentIsSiblingTests
{
    private static Task Verify(string statements, string members = "") => Verify<TL4004_ParentIsSibling>.Rule(Method(statements, members));

    [Fact]
    public Task CurrentSpan() => Verify("using var activity = source.StartActivity(\"work\", ActivityKind.Internal, Activity.Current?.[|ParentId|]);");

    [Fact]
    public Task WhenThereIsNothingElse() => Verify("using var activity = source.CreateActivity(\"work\", ActivityKind.Internal, parentId: flag ? order : (order ?? Activity.Current?.[|ParentId|]))?.Start();");

    [Fact]
    public Task ThroughLocals() => Verify("""
        var current = Activity.Current;
        var parentId = current?.ParentId;
        using var activity = source.[|StartActivity|]("work", ActivityKind.Internal, parentId);
        """);

    [Fact]
    public Task SpanOfAUsing() => Verify("""
        using var outer = source.StartActivity("outer");
        using var inner = source.StartActivity("inner", ActivityKind.Internal, outer?.[|ParentId|]);
        """);

    [Fact]
    public Task SetParentId() => Verify("""
        using var one = new Activity("work").SetParentId(Activity.Current!.[|ParentId|]!).Start();
        using var two = new Activity("work").SetParentId(Activity.Current!.TraceId, Activity.Current.[|ParentSpanId|], Activity.Current.ActivityTraceFlags).Start();
        """);

    [Fact]
    public Task Context() => Verify("""
        var current = Activity.Current!;
        using var activity = source.StartActivity("work", ActivityKind.Internal, new ActivityContext(current.TraceId, current.[|ParentSpanId|], current.ActivityTraceFlags));
        """);
}

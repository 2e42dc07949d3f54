using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.CodeFixes;

public class TL4004_UseContextTests
{
    private static Task Verify(string statements, string @fixed)
        => Verify<TL4004_ParentIsSibling>.Fix<TL4004_UseContext>(Method(statements), Method(@fixed));

    [Fact]
    public Task CurrentSpan() => Verify(
        """
        using var one = source.StartActivity("work", ActivityKind.Internal, Activity.Current?.[|ParentId|]); // nested
        using var two = source.CreateActivity("work", ActivityKind.Internal, parentId: Activity.Current!.[|ParentId|], idFormat: ActivityIdFormat.W3C)?.Start();
        """,
        """
        using var one = source.StartActivity(
            "work",
            ActivityKind.Internal,
            Activity.Current?.Context ?? default); // nested
        using var two = source.CreateActivity("work", ActivityKind.Internal, parentContext: Activity.Current!.Context, idFormat: ActivityIdFormat.W3C)?.Start();
        """);

    [Fact]
    public Task WhenThereIsNothingElse() => Verify(
        "using var activity = source.StartActivity(\"work\", ActivityKind.Internal, order ?? Activity.Current?.[|ParentId|]);",
        "using var activity = source.StartActivity(\"work\", ActivityKind.Internal, order ?? Activity.Current?.Id);");

    [Fact]
    public Task Local() => Verify(
        """
        var parentId = Activity.Current?.ParentId;
        using var activity = source.[|StartActivity|]("work", ActivityKind.Internal, parentId);
        """,
        """
        var parentId = Activity.Current?.Id;
        using var activity = source.StartActivity("work", ActivityKind.Internal, parentId);
        """);

    [Fact]
    public Task LocalThatIsUsedElsewhere() => Verify<TL4004_ParentIsSibling>.NoFix<TL4004_UseContext>(Method("""
        var parentId = Activity.Current?.ParentId;
        Console.WriteLine(parentId);
        using var activity = source.[|StartActivity|]("work", ActivityKind.Internal, parentId);
        """));

    [Fact]
    public Task Ids() => Verify(
        """
        var current = Activity.Current!;
        using var one = new Activity("work").SetParentId(current.TraceId, current.[|ParentSpanId|], current.ActivityTraceFlags).Start();
        using var two = source.StartActivity("work", ActivityKind.Internal, new ActivityContext(current.TraceId, current.[|ParentSpanId|], current.ActivityTraceFlags));
        using var three = new Activity("work").SetParentId(current.[|ParentId|]!).Start();
        """,
        """
        var current = Activity.Current!;
        using var one = new Activity("work").SetParentId(current.TraceId, current.SpanId, current.ActivityTraceFlags).Start();
        using var two = source.StartActivity("work", ActivityKind.Internal, new ActivityContext(current.TraceId, current.SpanId, current.ActivityTraceFlags));
        using var three = new Activity("work").SetParentId(current.Id!).Start();
        """);
}

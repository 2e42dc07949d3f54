using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL4004 stays silent about: the parent is the span itself, or a sibling is what is meant.</summary>
public class TL4004_ParentIsSiblingSilentTests
{
    private static Task Verify(string statements, string members = "") => Verify<TL4004_ParentIsSibling>.Rule(Method(statements, members));

    [Fact]
    public Task Id() => Verify("using var activity = source.StartActivity(\"work\", ActivityKind.Internal, Activity.Current?.Id);");

    [Fact]
    public Task Context() => Verify("""
        using var one = source.StartActivity("work", ActivityKind.Internal, Activity.Current?.Context ?? default);
        using var two = source.StartActivity("work", ActivityKind.Internal, new ActivityContext(Activity.Current!.TraceId, Activity.Current.SpanId, Activity.Current.ActivityTraceFlags));
        """);

    [Fact]
    public Task SpanThatHasEnded() => Verify("""
        string? parent;
        using (var first = source.StartActivity("first"))
        {
            parent = first?.ParentId;
        }

        using var second = source.StartActivity("second", ActivityKind.Internal, parent);
        """);

    [Fact]
    public Task SpanOfSomebodyElse() => Verify("", """
        public Activity? Next(Activity previous) => source.StartActivity("next", ActivityKind.Internal, previous.ParentId);
        """);

    [Fact]
    public Task MessageWithAParentId() => Verify("", """
        public class Envelope { public string? ParentId { get; set; } }
        public Activity? Begin(Envelope envelope) => source.StartActivity("process", ActivityKind.Consumer, envelope.ParentId);
        """);

    [Fact]
    public Task SpanInPlaceOfTheOneThatRuns() => Verify("""
        var current = Activity.Current!;
        var replacement = new Activity(current.OperationName).SetParentId(current.ParentId!);
        replacement.Start();
        """);

    [Fact]
    public Task ParentThatIsAskedFor() => Verify("""
        using var activity = Activity.Current?.HasRemoteParent == true
            ? source.StartActivity("work", ActivityKind.Internal, parentId: Activity.Current.ParentId)
            : source.StartActivity("work");
        """);

    [Fact]
    public Task ReadForSomethingElse() => Verify("""
        using var activity = source.StartActivity("work");
        activity?.SetTag("parent", Activity.Current?.ParentId);
        Console.WriteLine(activity?.ParentSpanId);
        """);

    [Fact]
    public Task ContextThatIsLinked() => Verify("""
        var current = Activity.Current!;
        var links = new[] { new ActivityLink(new ActivityContext(current.TraceId, current.ParentSpanId, current.ActivityTraceFlags)) };
        using var activity = source.StartActivity("work", ActivityKind.Internal, default(ActivityContext), links: links);
        """);
}

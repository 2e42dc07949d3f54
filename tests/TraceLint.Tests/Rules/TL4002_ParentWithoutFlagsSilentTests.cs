using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL4002 stays silent about: the flags are there, or nobody has decided anything.</summary>
public class TL4002_ParentWithoutFlagsSilentTests
{
    private static Task Verify(string statements, string members = "") => Verify<TL4002_ParentWithoutFlags>.Rule(Method(statements, members));

    [Fact]
    public Task Flags() => Verify(
        "using var activity = new Activity(\"process\").SetParentId(Parent.TraceId, Parent.SpanId, Parent.TraceFlags).Start();",
        "private ActivityContext Parent { get; }");

    [Fact]
    public Task FlagsSetOnTheSpan() => Verify(
        """
        var activity = new Activity("process");
        activity.SetParentId(Parent.TraceId, Parent.SpanId);
        activity.ActivityTraceFlags = Parent.TraceFlags;
        activity.Start();
        """,
        "private ActivityContext Parent { get; }");

    [Fact]
    public Task Text() => Verify("using var activity = new Activity(\"process\").SetParentId(order).Start();");

    [Fact]
    public Task RandomIds() => Verify("using var activity = new Activity(\"root\").SetParentId(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom()).Start();");

    [Fact]
    public Task TraceIdMadeOfAGuid() => Verify("""
        var id = Guid.NewGuid().ToString("N");
        using var activity = new Activity("root").SetParentId(ActivityTraceId.CreateFromString(id.AsSpan()), default).Start();
        """);

    [Fact]
    public Task SpanIdThatIsNone() => Verify(
        "using var activity = new Activity(\"root\").SetParentId(ActivityTraceId.CreateFromString(order.AsSpan()), new ActivitySpanId()).Start();");

    [Fact]
    public Task SpanThatIsHandedOn() => Verify("", """
        public static Activity Prepare(ActivityContext parent) => new Activity("process").SetParentId(parent.TraceId, parent.SpanId);
        """);

    [Fact]
    public Task SpanThatHasHappened() => Verify("", """
        public static void Show(ActivityTraceId trace, ActivitySpanId span, DateTime begin)
        {
            var activity = new Activity("process").SetParentId(trace, span).SetStartTime(begin);
            activity.Start();
        }
        """);

    [Fact]
    public Task Importer() => Verify("", """
        public class ZipkinImporter
        {
            public void Read(ActivityTraceId trace, ActivitySpanId span) => new Activity("process").SetParentId(trace, span).Start();
        }
        """);

    [Fact]
    public Task OwnMethod() => Verify(
        "new Node().SetParentId(1, 2);",
        "public class Node { public void SetParentId(int a, int b, int c = 0) { } public void Start() => SetParentId(1, 2); }");
}

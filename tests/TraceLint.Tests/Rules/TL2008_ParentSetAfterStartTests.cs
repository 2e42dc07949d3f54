using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL2008 reports. What it does not is in TL2008_ParentSetAfterStartSilentTests.</summary>
public class TL2008_ParentSetAfterStartTests
{
    private static Task Verify(string statements, string members = "") => Verify<TL2008_ParentSetAfterStart>.Rule(Method("", $$"""
        public void Handle(string traceParent, ActivityTraceId traceId, ActivitySpanId spanId)
        {
        {{statements}}
        }

        {{members}}
        """));

    [Fact]
    public Task StartedBySource() => Verify("""
        using var activity = source.StartActivity("process", ActivityKind.Consumer);
        activity?.[|SetParentId|](traceParent);
        """);

    [Fact]
    public Task IdsAndFlags() => Verify("""
        using (var activity = source.StartActivity("process"))
        {
            if (activity != null)
            {
                activity.[|SetParentId|](traceId, spanId, ActivityTraceFlags.Recorded);
            }
        }
        """);

    [Fact]
    public Task InOneExpression() => Verify("""
        using var one = source.StartActivity("process")?.[|SetParentId|](traceParent);
        using var other = new Activity("process").Start().[|SetParentId|](traceParent);
        source.StartActivity("process")!.SetTag("a", 1).[|SetParentId|](traceParent);
        """);

    [Fact]
    public Task StartedAndNamedByAPattern() => Verify("""
        if (source.StartActivity("process") is { } activity)
        {
            activity.[|SetParentId|](traceParent);
        }
        """);

    [Fact]
    public Task CurrentSpan() => Verify("""
        Activity.Current?.[|SetParentId|](traceParent);
        var current = Activity.Current;
        if (current != null)
        {
            current.[|SetParentId|](traceParent);
        }
        """);

    [Fact]
    public Task StartedByAStatementBefore() => Verify("""
        var activity = new Activity("process");
        activity.Start();
        if (traceParent.Length > 0)
        {
            activity.[|SetParentId|](traceParent);
        }

        var created = source.CreateActivity("process", ActivityKind.Consumer);
        created?.Start();
        created?.[|SetParentId|](traceParent);
        """);

    [Fact]
    public Task StartedByAHelper() => Verify(
        """
        using var activity = Begin("process");
        activity?.[|SetParentId|](traceParent);
        """,
        "private static Activity? Begin(string name) => source.StartActivity(name, ActivityKind.Consumer);");

    [Fact]
    public Task HandedToAHelper() => Verify(
        """
        using var activity = source.StartActivity("process");
        if (activity is { IsAllDataRequested: true })
        {
            SetParent(activity, traceParent);
        }
        """,
        "private static void SetParent(Activity activity, string traceParent) => activity.[|SetParentId|](traceParent);");

    [Fact]
    public Task HandedToAHelper_ByEveryCall() => Verify(
        """
        using var one = source.StartActivity("one");
        SetParent(one, traceParent);
        using var other = new Activity("other").Start();
        SetParent(other, traceParent);
        """,
        """
        private static void SetParent(Activity? activity, string traceParent) => Set(activity, traceParent);
        private static void Set(Activity? activity, string traceParent) => activity?.[|SetParentId|](traceParent);
        """);

    [Fact]
    public Task AssignedLater() => Verify("""
        Activity? activity = null;
        try
        {
            activity = source.StartActivity("process");
            activity?.[|SetParentId|](traceParent);
        }
        finally
        {
            activity?.Stop();
        }
        """);
}

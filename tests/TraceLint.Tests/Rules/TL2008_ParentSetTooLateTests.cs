using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL2008 reports. What it does not is in TL2008_ParentSetTooLateSilentTests.</summary>
public class TL2008_ParentSetTooLateTests
{
    private static Task Verify(string statements, string members = "") => Verify<TL2008_ParentSetTooLate>.Rule(Method("", $$"""
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

    [Theory]
    [InlineData("""source.CreateActivity("process", ActivityKind.Consumer)""")]
    [InlineData("""source.CreateActivity("process", ActivityKind.Consumer, default(ActivityContext), tags: null)""")]
    [InlineData("""source.CreateActivity("process", ActivityKind.Consumer, parentId: null)""")]
    [InlineData("""source.CreateActivity("process", ActivityKind.Consumer)?.SetTag("a", 1)""")]
    [InlineData("""source.CreateActivity("process", ActivityKind.Consumer) ?? new Activity("process")""")]
    public Task Created(string created) => Verify($$"""
        using var activity = {{created}};
        if (activity is not null && !string.IsNullOrEmpty(traceParent))
        {
            activity.[|SetParentId|](traceParent);
        }

        activity?.Start();
        """);

    [Fact]
    public Task Created_InOneExpression() => Verify("""
        using var one = source.CreateActivity("process", ActivityKind.Consumer)?.[|SetParentId|](traceParent).Start();
        using var other = source.CreateActivity("process", ActivityKind.Consumer)!.SetTag("a", 1).[|SetParentId|](traceParent).Start();
        using var third = source.CreateActivity("process", ActivityKind.Consumer)?.SetTag("a", 1).[|SetParentId|](traceParent).Start();
        """);

    [Fact]
    public Task Created_OtherwiseMadeByHand() => Verify("""
        var activity = source.CreateActivity("process", ActivityKind.Consumer);
        activity ??= new Activity("process");
        activity.[|SetParentId|](traceParent);
        activity.Start();
        activity.Stop();
        """);

    [Fact]
    public Task Created_FromIdsInText() => Verify("""
        if (source.CreateActivity("process", ActivityKind.Consumer) is { } activity)
        {
            activity.[|SetParentId|]($"00-{traceId}-{spanId}-{traceParent}");
            activity.Start();
            activity.Stop();
        }
        """);

    [Fact]
    public Task CreatedByAHelper() => Verify(
        """
        Begin("process")?.[|SetParentId|](traceParent).Start();
        using var activity = Begin("process");
        activity?.[|SetParentId|](traceParent);
        activity?.Start();
        """,
        """
        private static Activity? Begin(string name)
        {
            if (!source.HasListeners())
            {
                return null;
            }

            var activity = source.CreateActivity(name, ActivityKind.Consumer);
            activity?.SetTag("a", 1);
            return activity;
        }
        """);

    [Fact]
    public Task CreatedIntoAField() => Verify(
        """
        activity = source.CreateActivity("process", ActivityKind.Consumer);
        activity?.[|SetParentId|](traceParent);
        """,
        "private Activity? activity;");

    [Fact]
    public Task CreatedByAHelper_WithItsDefault() => Verify(
        "Begin()?.[|SetParentId|](traceParent).Start();",
        """
        private static Activity? Begin(ActivityContext parent = default)
            => source.CreateActivity("process", ActivityKind.Consumer, parent);
        """);

    [Fact]
    public Task HandedToAHelper_CreatedOrStarted() => Verify(
        """
        using var one = source.CreateActivity("one", ActivityKind.Consumer);
        SetParent(one, traceParent);
        one?.Start();
        using var other = source.StartActivity("other", ActivityKind.Consumer);
        SetParent(other, traceParent);
        """,
        "private static void SetParent(Activity? activity, string traceParent) => activity?.[|SetParentId|](traceParent);");

    [Fact]
    public Task Created_AndStarted() => Verify("""
        using var one = source.CreateActivity("process", ActivityKind.Consumer);
        one?.Start();
        one?.[|SetParentId|](traceId, spanId, ActivityTraceFlags.Recorded);
        using var other = source.CreateActivity("process", ActivityKind.Consumer, new ActivityContext(traceId, spanId, ActivityTraceFlags.None));
        other?.Start();
        other?.[|SetParentId|](traceParent);
        using var third = source.CreateActivity("process", ActivityKind.Consumer, new ActivityContext(traceId, spanId, ActivityTraceFlags.None))!;
        third.Start();
        third.[|SetParentId|](traceParent);
        """);
}

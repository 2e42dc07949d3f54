using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.CodeFixes;

public class TL2008_PassParentAtStartTests
{
    private static Task Verify(string statements, string @fixed, Setup? setup = null)
        => Verify<TL2008_ParentSetTooLate>.Fix<TL2008_PassParentAtStart>(Source(statements), Source(@fixed), setup);

    private static Task VerifyNone(string statements) => Verify<TL2008_ParentSetTooLate>.NoFix<TL2008_PassParentAtStart>(Source(statements));

    private static string Source(string statements) => Method("", $$"""
        public void Handle(string traceParent, ActivityTraceId traceId, ActivitySpanId spanId, ActivityTraceFlags flags)
        {
        {{Indent(statements, 1)}}
        }
        """);

    [Fact]
    public Task Text() => Verify(
        """
        // One message.
        using var activity = source.StartActivity("process", ActivityKind.Consumer);
        activity?.[|SetParentId|](traceParent);
        activity?.SetTag("a", 1);
        """,
        """
        // One message.
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        activity?.SetTag("a", 1);
        """);

    [Fact]
    public Task IdsAndFlags_WithoutKind() => Verify(
        """
        using var activity = source.StartActivity("process");
        activity!.[|SetParentId|](traceId, spanId, flags);
        """,
        """
        using var activity = source.StartActivity(
            "process",
            ActivityKind.Internal,
            new ActivityContext(traceId, spanId, flags, isRemote: true));
        """);

    [Fact]
    public Task WithoutFlags_HasNoFix() => VerifyNone("""
        using var activity = source.StartActivity("process");
        activity!.[|SetParentId|](traceId, spanId);
        """);

    [Fact]
    public Task NullChecks_GoWithIt() => Verify(
        """
        using (var activity = source.StartActivity("process", kind: ActivityKind.Consumer))
        {
            if (activity != null && !string.IsNullOrEmpty(traceParent))
            {
                activity.[|SetParentId|](traceParent);
            }
        }
        """,
        """
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        using (var activity = source.StartActivity("process", kind: ActivityKind.Consumer, parentContext: parent))
        {
        }
        """);

    [Fact]
    public Task NullChecks_StayForTheRest() => Verify(
        """
        using var activity = source.StartActivity("process", ActivityKind.Consumer);
        if (activity is not null)
        {
            // The sender's.
            activity.[|SetParentId|](traceParent);
            activity.SetTag("a", 1);
        }
        """,
        """
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        if (activity is not null)
        {
            // The sender's.
            activity.SetTag("a", 1);
        }
        """);

    [Fact]
    public Task NoName_AndEmptyParent() => Verify(
        """
        using var one = source.StartActivity();
        one?.[|SetParentId|](traceParent);
        using var other = source.StartActivity("process", ActivityKind.Consumer, default(ActivityContext), tags: null);
        other?.[|SetParentId|](traceParent);
        """,
        """
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        using var one = source.StartActivity(ActivityKind.Internal, parent);
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parentContext);
        using var other = source.StartActivity("process", ActivityKind.Consumer, parentContext, tags: null);
        """);

    [Fact]
    public Task ActivityMadeByHand() => Verify(
        """
        using var one = new Activity("process").Start();
        one.[|SetParentId|](traceParent);
        var other = new Activity("process");
        other.Start();
        other.[|SetParentId|](traceParent);
        """,
        """
        using var one = new Activity("process").SetParentId(traceParent).Start();
        var other = new Activity("process");
        other.SetParentId(traceParent);
        other.Start();
        """);

    [Fact]
    public Task ActivityMadeByHand_WithATag() => Verify(
        """
        var activity = new Activity("process").SetTag("a", 1);
        activity.Start();
        activity.[|SetParentId|](traceParent);
        """,
        """
        var activity = new Activity("process").SetTag("a", 1);
        activity.SetParentId(traceParent);
        activity.Start();
        """);

    // It may come from CreateActivity, after which it is too late as well.
    [Fact]
    public Task ActivityFromElsewhere_HasNoFix() => VerifyNone("""
        Func<Activity> make = () => source.CreateActivity("process", ActivityKind.Consumer)!;
        var activity = make();
        activity.Start();
        activity.[|SetParentId|](traceParent);
        """);

    [Fact]
    public Task WhatTheParentIsMadeFrom_ComesLater() => VerifyNone("""
        using var activity = source.StartActivity("process");
        var header = traceParent.Trim();
        activity?.[|SetParentId|](header);
        """);

    [Fact]
    public Task ConditionOfAnotherKind() => VerifyNone("""
        using var activity = source.StartActivity("process");
        if (traceParent.StartsWith("00-"))
        {
            activity?.[|SetParentId|](traceParent);
        }
        """);

    [Fact]
    public Task CurrentSpan() => VerifyNone("""
        Activity.Current?.[|SetParentId|](traceParent);
        """);

    [Fact]
    public Task SetByAHelper_HasNoFix() => Verify<TL2008_ParentSetTooLate>.NoFix<TL2008_PassParentAtStart>(Method("", """
        public void Handle(string traceParent)
        {
            using var activity = source.StartActivity("process");
            SetParent(activity, traceParent);
        }

        private static void SetParent(Activity? activity, string traceParent)
        {
            activity?.[|SetParentId|](traceParent);
        }
        """));

    [Fact]
    public Task Created() => Verify(
        """
        using var activity = source.CreateActivity("process", ActivityKind.Consumer);
        if (activity != null)
        {
            if (traceParent != null)
            {
                activity.[|SetParentId|](traceParent);
            }

            activity.Start();
        }
        """,
        """
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        using var activity = source.CreateActivity("process", ActivityKind.Consumer, parent);
        if (activity != null)
        {
            activity.Start();
        }
        """);

    [Fact]
    public Task Created_EmptyParent() => Verify(
        """
        string? header = null;
        if (traceParent.Length == 55)
        {
            header = traceParent;
        }

        var activity = source.CreateActivity("process", ActivityKind.Consumer, default(ActivityContext), tags: null);
        activity?.[|SetParentId|](header!);
        activity?.Start();
        activity?.Stop();
        """,
        """
        string? header = null;
        if (traceParent.Length == 55)
        {
            header = traceParent;
        }

        ActivityContext.TryParse(header!, null, isRemote: true, out var parent);
        var activity = source.CreateActivity("process", ActivityKind.Consumer, parent, tags: null);
        activity?.Start();
        activity?.Stop();
        """);

    [Fact]
    public Task Created_AndStarted() => Verify(
        """
        using var activity = source.CreateActivity("process", ActivityKind.Consumer);
        activity?.Start();
        activity?.[|SetParentId|](traceParent);
        """,
        """
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        using var activity = source.CreateActivity("process", ActivityKind.Consumer, parent);
        activity?.Start();
        """);

    [Fact]
    public Task InOneExpression() => Verify(
        """
        using var one = source.CreateActivity("process", ActivityKind.Consumer)?.[|SetParentId|](traceParent).Start();
        using var two = source.CreateActivity("process", ActivityKind.Consumer)!.[|SetParentId|](traceParent).Start();
        using var three = source.StartActivity("process", ActivityKind.Consumer)?.[|SetParentId|](traceParent);
        using var four = source.StartActivity("process", ActivityKind.Consumer)?.SetTag("a", 1).[|SetParentId|](traceParent).SetTag("b", 2);
        """,
        """
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        using var one = source.CreateActivity("process", ActivityKind.Consumer, parent)?.Start();
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parentContext);
        using var two = source.CreateActivity("process", ActivityKind.Consumer, parentContext)!.Start();
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var remoteParent);
        using var three = source.StartActivity("process", ActivityKind.Consumer, remoteParent);
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent2);
        using var four = source.StartActivity("process", ActivityKind.Consumer, parent2)?.SetTag("a", 1).SetTag("b", 2);
        """);

    // The Activity that is made by hand needs the parent that is set, and a parent that is given stays.
    [Theory]
    [InlineData("""source.CreateActivity("process", ActivityKind.Consumer) ?? new Activity("process")""", "")]
    [InlineData("""source.CreateActivity("process", ActivityKind.Consumer)""", """activity ??= new Activity("process");""")]
    [InlineData("""source.CreateActivity("process", ActivityKind.Consumer, new ActivityContext(traceId, spanId, flags))!""", "activity.Start();")]
    public Task Created_HasNoFix(string created, string start) => VerifyNone($"""
        var activity = {created};
        {start}
        activity.[|SetParentId|](traceParent);
        activity.Start();
        activity.Stop();
        """);

    [Theory]
    [InlineData("header = traceParent.Trim();")]
    [InlineData("(header, _) = (traceParent, 1);")]
    [InlineData("Find(out header);")]
    public Task WhatTheParentIsMadeFrom_IsWrittenLater(string write) => VerifyNone($$"""
        string header = "";
        using var activity = source.CreateActivity("process", ActivityKind.Consumer);
        {{write}}
        activity?.[|SetParentId|](header);
        activity?.Start();

        void Find(out string found) => found = traceParent;
        """);

    [Fact]
    public Task ParameterTheParentIsMadeFrom_IsWrittenLater() => VerifyNone("""
        using var activity = source.CreateActivity("process", ActivityKind.Consumer);
        traceParent = traceParent.Trim();
        activity?.[|SetParentId|](traceParent);
        activity?.Start();
        """);
}

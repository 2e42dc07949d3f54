using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL2008 stays silent about: the span has not been started, or may not have been.</summary>
public class TL2008_ParentSetAfterStartSilentTests
{
    private static Task Verify(string statements, string members = "") => Verify<TL2008_ParentSetAfterStart>.Rule(Method("", $$"""
        public void Handle(string traceParent, Activity given, Func<Activity> factory)
        {
        {{statements}}
        }

        {{members}}
        """));

    [Fact]
    public Task SetBeforeTheStart() => Verify("""
        var activity = new Activity("process");
        activity.SetParentId(traceParent);
        activity.Start();
        """);

    [Fact]
    public Task SetBeforeTheStart_InOneExpression() => Verify("""
        using var one = new Activity("process").SetParentId(traceParent).Start();
        using var other = source.CreateActivity("process", ActivityKind.Consumer)?.SetParentId(traceParent).Start();
        """);

    [Fact]
    public Task CreatedOnly() => Verify("""
        using var activity = source.CreateActivity("process", ActivityKind.Consumer);
        activity?.SetParentId(traceParent);
        activity?.Start();
        """);

    [Fact]
    public Task StartedOnOnePathOnly() => Verify("""
        var activity = new Activity("process");
        if (traceParent.Length == 0)
        {
            activity.Start();
        }
        else
        {
            activity.SetParentId(traceParent);
            activity.Start();
        }
        """);

    [Fact]
    public Task FromAParameter() => Verify("given.SetParentId(traceParent);");

    [Fact]
    public Task HandedToAHelper_NotStartedByOneOfTheCalls() => Verify(
        """
        using var one = source.StartActivity("one");
        SetParent(one, traceParent);
        using var other = source.CreateActivity("other", ActivityKind.Consumer);
        SetParent(other, traceParent);
        """,
        "private static void SetParent(Activity? activity, string traceParent) => activity?.SetParentId(traceParent);");

    [Theory]
    [InlineData("public static void SetParent(Activity? activity, string traceParent) => activity?.SetParentId(traceParent);")]
    [InlineData("private static void SetParent(Activity? activity, string traceParent) { activity = Create(); activity.SetParentId(traceParent); } private static extern Activity Create();")]
    [InlineData("private static void SetParent(Activity? activity, string traceParent) => activity?.SetParentId(traceParent); public Action<Activity?, string> Set { get; } = SetParent;")]
    public Task HandedToAHelper_WhichMayBeHandedAnother(string helper) => Verify(
        """
        using var activity = source.StartActivity("process");
        SetParent(activity, traceParent);
        """,
        helper);

    [Fact]
    public Task FromAField() => Verify("activity.SetParentId(traceParent);", """private readonly Activity activity = new("process");""");

    [Fact]
    public Task FromCodeThatCannotBeSeen() => Verify(
        """
        factory().SetParentId(traceParent);
        Begin().SetParentId(traceParent);
        """,
        "private static extern Activity Begin();");

    [Fact]
    public Task FromAHelperThatCreatesOnly() => Verify(
        "Begin()?.SetParentId(traceParent).Start();",
        """private static Activity? Begin() => source.CreateActivity("process", ActivityKind.Consumer);""");

    [Fact]
    public Task OneOfTwoSpans() => Verify("""
        var activity = source.StartActivity("receive");
        activity?.Stop();
        activity = new Activity("process");
        activity.SetParentId(traceParent);
        activity.Start();
        """);

    [Fact]
    public Task StartOfSomethingElse() => Verify("""
        var activity = new Activity("process");
        var watch = new Stopwatch();
        watch.Start();
        activity.SetParentId(traceParent);
        activity.Start();
        """);

    [Fact]
    public Task StartedInALambdaThatRunsLater() => Verify("""
        var activity = new Activity("process");
        Action start = () => activity.Start();
        activity.SetParentId(traceParent);
        start();
        """);

    [Fact]
    public Task OwnSetParentId() => Verify(
        "new Node().SetParentId(traceParent);",
        "private class Node { public void SetParentId(string id) { } }");
}

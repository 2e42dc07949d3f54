using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL2008 stays silent about: the span has not been started or created, may not have been, or gets the parent in time.</summary>
public class TL2008_ParentSetTooLateSilentTests
{
    private static Task Verify(string statements, string members = "") => Verify<TL2008_ParentSetTooLate>.Rule(Method("", $$"""
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
        """);

    [Fact]
    public Task CreatedWithAParent() => Verify("""
        using var one = source.CreateActivity("process", ActivityKind.Consumer, given.Context);
        one?.SetParentId(traceParent);
        one?.Start();
        using var other = source.CreateActivity("process", ActivityKind.Consumer, parentId: traceParent, tags: null);
        other?.SetParentId(traceParent);
        other?.Start();
        """);

    [Fact]
    public Task CreatedWithAParentOnOneOfTwoPaths() => Verify("""
        ActivityContext.TryParse(traceParent, null, out var parent);
        using var activity = parent.IsRemote
            ? source.CreateActivity("process", ActivityKind.Consumer, parent)
            : source.CreateActivity("process", ActivityKind.Consumer);
        activity?.SetParentId(traceParent);
        activity?.Start();
        """);

    // The ids replace the trace id that was drawn, and the flags.
    [Fact]
    public Task IdsAndFlags_OnACreatedOne() => Verify("""
        ActivityContext.TryParse(traceParent, null, out var parent);
        using var activity = source.CreateActivity("process", ActivityKind.Consumer);
        activity?.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
        activity?.Start();
        """);

    [Fact]
    public Task Constant_OnACreatedOne() => Verify("""
        const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        using var activity = source.CreateActivity("process", ActivityKind.Consumer);
        activity?.SetParentId(Parent);
        activity?.Start();
        """);

    // The sampler has seen the current span.
    [Theory]
    [InlineData("Activity.Current!.Id!")]
    [InlineData("given.Id!")]
    [InlineData("current?.Id!")]
    [InlineData("id!")]
    [InlineData("later!")]
    [InlineData("id ?? traceParent")]
    public Task IdOfASpanHere_OnACreatedOne(string parent) => Verify($$"""
        var current = Activity.Current;
        var id = current?.Id;
        string? later = null;
        if (current != null)
        {
            later = current.Id;
        }

        using var activity = source.CreateActivity("process", ActivityKind.Consumer);
        activity?.SetParentId(parentId: {{parent}});
        activity?.Start();
        """);

    [Fact]
    public Task CreatedOrNew() => Verify("""
        var activity = traceParent.Length > 0 ? new Activity("process") : source.CreateActivity("process", ActivityKind.Consumer);
        activity?.SetParentId(traceParent);
        activity?.Start();
        activity?.Stop();
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
    public Task HandedToAHelper_NotStartedOrCreatedByOneOfTheCalls() => Verify(
        """
        using var one = source.StartActivity("one");
        SetParent(one, traceParent);
        using var other = source.CreateActivity("other", ActivityKind.Consumer);
        SetParent(other, traceParent);
        using var third = new Activity("third");
        SetParent(third, traceParent);
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

    [Theory]
    [InlineData("""private static Activity? Begin() => source.HasListeners() ? source.CreateActivity("process", ActivityKind.Consumer) : new Activity("process");""")]
    [InlineData("""private static Activity? Begin() { if (source.HasListeners()) { return source.CreateActivity("process", ActivityKind.Consumer); } return new Activity("process"); }""")]
    [InlineData("""private static Activity? Begin() => new Activity("process");""")]
    public Task FromAHelperThatMayDoOtherwise(string helper) => Verify("Begin()?.SetParentId(traceParent).Start();", helper);

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

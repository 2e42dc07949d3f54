using TraceLint.Spans;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Spans;

/// <summary>The calls that start spans, and what they are given.</summary>
public class SpanStartsTests
{
    [Theory]
    [InlineData("""source.StartActivity("x");""", "StartActivity", SpanApi.ActivitySource, true, true)]
    [InlineData("""source.StartActivity();""", "StartActivity", SpanApi.ActivitySource, true, true)]
    [InlineData("""source.CreateActivity("x", ActivityKind.Client);""", "CreateActivity", SpanApi.ActivitySource, false, false)]
    [InlineData("""new Activity("x").Start();""", "Start", SpanApi.Activity, true, true)]
    [InlineData("""tracer.StartActiveSpan("x");""", "StartActiveSpan", SpanApi.Tracer, true, true)]
    [InlineData("""tracer.StartSpan("x");""", "StartSpan", SpanApi.Tracer, true, false)]
    [InlineData("""tracer.StartRootSpan("x");""", "StartRootSpan", SpanApi.Tracer, true, false)]
    internal void Start_IsSeen(string statement, string name, SpanApi api, bool isStarted, bool becomesCurrent)
    {
        var start = SpanCompilation.Method(statement).StartOf(name);
        Assert.NotNull(start);
        Assert.Equal((api, isStarted, becomesCurrent), (start.Api, start.IsStarted, start.BecomesCurrent));
    }

    [Theory]
    [InlineData("Process.Start(\"git\");", "Start")]
    [InlineData("StartActivity(\"x\");", "StartActivity")]
    public void OtherCall_IsNone(string statement, string name)
        => Assert.Null(SpanCompilation.Method(statement, "static Activity? StartActivity(string name) => null;").StartOf(name));

    [Fact]
    public void ArgumentLeftOut_IsNotGiven()
    {
        var start = SpanCompilation.Method("""source.StartActivity("x", ActivityKind.Consumer);""").StartOf("StartActivity");
        Assert.NotNull(start);
        Assert.NotNull(start.Kind);
        Assert.Null(start.Parent);
        Assert.Null(start.ParentId);
    }

    [Fact]
    public void Parent_IsGiven()
        => Assert.Equal("parent", SpanCompilation.Method("""source.StartActivity("x", ActivityKind.Consumer, parent);""").StartOf("StartActivity")?.Parent?.Syntax.ToString());

    [Fact]
    public void ParentId_IsGiven()
        => Assert.Equal("\"id\"", SpanCompilation.Method("""source.StartActivity("x", ActivityKind.Consumer, "id");""").StartOf("StartActivity")?.ParentId?.Syntax.ToString());

    [Fact]
    public void LinksByName_AreGiven()
        => Assert.Equal("[]", SpanCompilation.Method("""source.StartActivity(ActivityKind.Consumer, links: [], name: "x");""").StartOf("StartActivity")?.Links?.Syntax.ToString());

    [Fact]
    public void TracersParentSpan_IsGiven()
        => Assert.NotNull(SpanCompilation.Method("""tracer.StartSpan("x", SpanKind.Consumer, tracer.StartRootSpan("y"));""").StartOf("StartSpan")?.Parent);

    [Fact]
    public void WithoutTheLibrary_ThereIsNone() => Assert.Null(SpanStarts.In(Analysis.Compile([], References.Untraced)));
}

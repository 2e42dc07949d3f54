using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Flow;
using TraceLint.Spans;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Spans;

/// <summary>Which projects trace.</summary>
public class TracingCodeTests
{
    private const string Starts = """
        using System.Diagnostics;
        class Sample { void Run(ActivitySource source) { using var a = source.StartActivity("x"); } }
        """;

    private const string ErrorPage = """
        using System.Diagnostics;
        class Sample { string Id(string other) => Activity.Current?.Id ?? other; void Open() => Process.Start("x"); }
        """;

    [Fact]
    public void OpenTelemetry_IsReferenced() => Assert.True(Traces("", References.None.Add(References.NewestOpenTelemetry)));

    [Fact]
    public void Span_IsStarted() => Assert.True(Traces(Starts, References.None));

    [Fact]
    public void BoilerplateOfAnErrorPage_DoesNotTrace() => Assert.False(Traces(ErrorPage, References.None));

    [Theory]
    [InlineData("tracelint.tracing = always", true)]
    [InlineData("tracelint.TL3001.tracing = always", true)]
    [InlineData("tracelint.tracing = never\ntracelint.TL3001.tracing = auto", true)]
    [InlineData("tracelint.tracing = auto", true)]
    [InlineData("tracelint.tracing = never", false)]
    [InlineData("tracelint.TL3001.tracing = never", false)]
    public void Setting_ComesFirst(string config, bool traces) => Assert.Equal(traces, TracesIn(Starts, config));

    [Theory]
    [InlineData("tracelint.tracing = always", true)]
    [InlineData("tracelint.TL3002.tracing = always", false)]
    [InlineData("tracelint.span_start_methods = M:Acme.Trace.Begin", true)]
    [InlineData("tracelint.span_start_methods = M:Acme.Trace.End", false)]
    public void Setting_DecidesWhereNoSpanIsSeen(string config, bool traces)
        => Assert.Equal(traces, TracesIn("namespace Acme; class Trace { static void Begin() { } static void End() { } void M() => Begin(); }", config));

    private static bool TracesIn(string source, string config)
    {
        var compilation = Analysis.Compile([CSharpSyntaxTree.ParseText(source, path: "Code.cs")], References.None);
        return new TracingCode(SpanStarts.In(compilation)!, CompilationContext.For(compilation, UserSettings.Of(config), "TL3001")).TracesIn(compilation.SyntaxTrees[0], CancellationToken.None);
    }

    private static bool Traces(string source, ImmutableArray<MetadataReference> references)
    {
        var compilation = Analysis.Compile([CSharpSyntaxTree.ParseText(source, path: "Code.cs")], references);
        return new TracingCode(SpanStarts.In(compilation)!, CompilationContext.For(compilation, UserSettings.Of())).Traces(CancellationToken.None);
    }
}

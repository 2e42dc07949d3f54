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

    private static bool Traces(string source, ImmutableArray<MetadataReference> references)
    {
        var compilation = Analysis.Compile([CSharpSyntaxTree.ParseText(source, path: "Code.cs")], references);
        return new TracingCode(SpanStarts.In(compilation)!, SourceModels.For(compilation)).Traces(CancellationToken.None);
    }
}

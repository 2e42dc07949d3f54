using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using TraceLint.Flow;
using TraceLint.Spans;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Spans;

/// <summary>Code about spans, compiled, with what the analysis asks about it.</summary>
internal sealed class SpanCompilation
{
    private readonly CSharpCompilation _compilation;

    private SpanCompilation(CSharpCompilation compilation)
    {
        _compilation = compilation;
        Context = CompilationContext.For(compilation, UserSettings.Of());
        Starts = SpanStarts.In(compilation)!;
    }

    public CompilationContext Context { get; }

    public SpanStarts Starts { get; }

    /// <summary>The statements of a method of a class with an activity source and a tracer at hand.</summary>
    public static SpanCompilation Method(string statements, string members = "") => File($$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Threading.Tasks;
        using OpenTelemetry.Trace;

        class Sample
        {
            static readonly ActivitySource source = new("sample");
            static Tracer tracer = null!;

            async Task Run(ActivityContext parent)
            {
                await Task.Yield();
                {{statements}}
            }

            static void Here() { }

            {{members}}
        }
        """);

    public static SpanCompilation File(string source)
    {
        var compilation = Analysis.Compile([CSharpSyntaxTree.ParseText(source, path: "Code.cs")], References.Newest);
        Assert.DoesNotContain(compilation.GetDiagnostics(), static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != "CS8805");
        return new SpanCompilation(compilation);
    }

    /// <summary>The only call of a name in the code.</summary>
    public InvocationExpressionSyntax CallOf(string name)
        => _compilation.SyntaxTrees[0].GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Single(call => call.CalledName()?.Identifier.ValueText == name);

    /// <summary>What the only call of a name starts.</summary>
    public SpanStart? StartOf(string name)
    {
        var call = CallOf(name);
        return Starts.Of((IInvocationOperation)Context.Of(call.SyntaxTree).GetOperation(call)!);
    }

    /// <summary>The span that is live at the call of <c>Here</c>.</summary>
    public LiveSpan? LiveHere(bool acrossFunctions = false) => LiveSpans.In(Context)!.At(CallOf("Here"), acrossFunctions, CancellationToken.None);
}

using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TraceLint.Tests.Spans;

/// <summary>Where a span is current for sure.</summary>
public class LiveSpansTests
{
    [Theory]
    [InlineData("""using var a = source.StartActivity("x"); Here();""")]
    [InlineData("""using var a = source.StartActivity("x")?.SetTag("k", 1); Here();""")]
    [InlineData("""using (var a = source.StartActivity("x")) { Here(); }""")]
    [InlineData("""using (source.StartActivity("x")) Here();""")]
    [InlineData("""using var a = source.StartActivity("x"); if (a is not null) { for (;;) { Here(); } }""")]
    [InlineData("""using var a = parent.IsRemote ? source.StartActivity("x") : null; Here();""")]
    [InlineData("""using var a = source.StartActivity("x"); using (source.StartActivity("y")) { } Here();""")]
    [InlineData("""using var a = source.StartActivity("x"); for (;;) { using (var b = source.StartActivity("y")) { b?.SetTag("k", 1); } Here(); }""")]
    [InlineData("""using var a = new Activity("x").SetIdFormat(ActivityIdFormat.W3C).Start(); Here();""")]
    [InlineData("""using var a = tracer.StartActiveSpan("x"); Here();""")]
    [InlineData("""using var a = Begin(); Here();""")]
    [InlineData("""switch (parent.IsRemote) { case true: using (source.StartActivity("x")) { Here(); } break; }""")]
    public void UsedSpan_IsLive(string statements) => Assert.NotNull(Method(statements).LiveHere());

    [Theory]
    [InlineData("""try { Here(); } finally { a?.Stop(); }""")]
    [InlineData("""try { parent.ToString(); } catch (Exception) { Here(); throw; } finally { a?.Dispose(); }""")]
    [InlineData("""try { while (parent.IsRemote) { Here(); } } finally { if (a != null) { a.Stop(); } }""")]
    [InlineData("""try { parent.ToString(); } finally { Here(); a?.Stop(); }""")]
    [InlineData("""Here(); a?.Stop();""")]
    [InlineData("""a?.SetTag("k", 1); if (a is null) { return; } Here(); a.Dispose();""")]
    [InlineData("""using (a) { Here(); }""")]
    [InlineData("""using var b = a; Here();""")]
    [InlineData("""Here(); if (parent.IsRemote) { a?.Stop(); }""")]
    [InlineData("""GC.KeepAlive(a); Here(); a?.Stop();""")]
    [InlineData("""a = null; Here(); a?.Stop();""")]
    [InlineData("""Action end = () => a?.Stop(); Here(); a?.Stop();""")]
    [InlineData("""Here(); Task.Run(() => a?.Stop());""")]
    [InlineData("""Here(); kept = a; kept?.Stop();""")]
    [InlineData("""Here();""")]
    public void SpanThatIsNotEndedBefore_IsLive(string statements)
    {
        Assert.Equal("x", Method($"""var a = source.StartActivity("x"); {statements}""").LiveHere()?.Start.Name?.ConstantValue.Value);
        Assert.NotNull(Method($"var a = Begin(); {statements}").LiveHere());
    }

    [Theory]
    [InlineData("""a?.Stop(); Here(); a?.Dispose();""")]
    [InlineData("""a?.Stop(); using (a) { Here(); }""")]
    [InlineData("""try { parent.ToString(); } finally { a?.Stop(); } Here();""")]
    [InlineData("""while (parent.IsRemote) { Here(); a?.Stop(); } a?.Dispose();""")]
    public void SpanThatMayHaveEnded_IsNot(string statements)
        => Assert.Null(Method($"""var a = source.StartActivity("x"); {statements}""").LiveHere(acrossFunctions: true));

    [Theory]
    [InlineData("""Here(); using var a = source.StartActivity("x");""")]
    [InlineData("""{ using var a = source.StartActivity("x"); } Here();""")]
    [InlineData("""using (source.StartActivity("x")) { } Here();""")]
    [InlineData("""using var a = tracer.StartSpan("x"); Here();""")]
    [InlineData("""using var a = source.CreateActivity("x", ActivityKind.Client); Here();""")]
    [InlineData("""using var a = await BeginAsync(); Here();""")]
    [InlineData("""using var a = source.StartActivity("x"); if (a is null) { Here(); }""")]
    [InlineData("""if (parent.IsRemote) { source.StartActivity("x"); } Here();""")]
    [InlineData("""using var a = source.StartActivity("x"); Activity.Current = null; Here();""")]
    [InlineData("""using var a = Other(); Here();""")]
    [InlineData("""using var a = new System.IO.MemoryStream(); Here();""")]
    public void OtherPlace_IsNot(string statements) => Assert.Null(Method(statements).LiveHere(acrossFunctions: true));

    [Theory]
    [InlineData("Action later = () => Here();")]
    [InlineData("Later(); void Later() => Here();")]
    public void FunctionInside_IsOnlyAskedFor(string function)
    {
        var code = Method("""using var a = source.StartActivity("x"); """ + function);
        Assert.Null(code.LiveHere());
        Assert.True(code.LiveHere(acrossFunctions: true)?.IsOutside);
    }

    [Fact]
    public void SpanInsideTheFunction_IsNotOutside()
        => Assert.False(Method("""Action later = () => { using var a = source.StartActivity("x"); Here(); };""").LiveHere(acrossFunctions: true)?.IsOutside);

    [Fact]
    public void InnermostOfTwo_IsFound()
        => Assert.Equal("b", Method("""using var a = source.StartActivity("x"); using var b = source.StartActivity("y"); Here();""").LiveHere()?.Variable?.Name);

    [Fact]
    public void TopLevelStatements_AreLookedAt()
    {
        var code = SpanCompilation.File("""
            using System.Diagnostics;

            var source = new ActivitySource("sample");
            using var a = source.StartActivity("x");
            Here();

            static void Here() { }
            """);
        Assert.IsType<CompilationUnitSyntax>(code.LiveHere()?.Scope);
    }

    private static SpanCompilation Method(string statements) => SpanCompilation.Method(statements, """
        static Activity? Begin()
        {
            if (!source.HasListeners())
            {
                return null;
            }

            var begun = source.StartActivity("x");
            begun?.SetTag("k", 1);
            return begun;
        }

        static async Task<Activity?> BeginAsync()
        {
            await Task.Yield();
            return source.StartActivity("x");
        }

        static Activity? kept;

        static Activity? Other() => kept;
        """);
}

using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

/// <summary>Rules about the end of a span where a method of the project starts it and returns it.</summary>
public class SpanHelperTests
{
    private const string Begin = "private static Activity? Begin(string name) => source.StartActivity(name);";
    private const string Tagged = "private static Activity? Begin(string name) { var made = source.StartActivity(name); made?.SetTag(\"a\", 1); return made; }";
    private const string Chained = "private static Activity? Begin(string name) => source.StartActivity(name)?.SetTag(\"a\", 1);";
    private const string Stored = "private static Activity? s_open;\nprivate static Activity? Begin(string name) { s_open = source.StartActivity(name); return s_open; }";
    private const string Noted = "private static readonly List<Activity?> s_open = [];\nprivate static Activity? Begin(string name) { var made = source.StartActivity(name); s_open.Add(made); return made; }";
    private const string Async = "private static async Task<Activity?> BeginAsync(string name) { await Task.Yield(); return source.StartActivity(name); }";
    private const string Virtual = "protected virtual Activity? Begin(string name) => source.StartActivity(name);";
    private const string Other = "private static Activity? Begin(string name) => new List<Activity?> { source.StartActivity(name) }[0];";

    [Theory]
    [InlineData(Begin, "var a = [|Begin|](\"a\"); work.Do(order);")]
    [InlineData(Tagged, "var a = [|Begin|](\"a\"); a?.SetTag(\"b\", 2); work.Do(order);")]
    [InlineData(Chained, "[|Begin|](\"a\"); work.Do(order);")]
    [InlineData(Begin, "var a = [|Begin|](\"a\"); if (flag) return; a?.Dispose();")]
    public Task TL3009_Leak(string helper, string statements) => Verify<TL3009_ActivityNotStopped>.Rule(Sync(statements, helper));

    [Theory]
    [InlineData(Begin, "using var a = Begin(\"a\"); work.Do(order);")]
    [InlineData(Begin, "var a = Begin(\"a\"); try { work.Do(order); } finally { a?.Dispose(); }")]
    [InlineData(Begin, "var a = Begin(\"a\"); work.Keep(a!);")]
    [InlineData(Stored, "var a = Begin(\"a\"); work.Do(order);")]
    [InlineData(Noted, "var a = Begin(\"a\"); work.Do(order);")]
    [InlineData(Async, "var a = BeginAsync(\"a\").Result; work.Do(order);")]
    [InlineData(Virtual, "var a = Begin(\"a\"); work.Do(order);")]
    [InlineData(Other, "var a = Begin(\"a\"); work.Do(order);")]
    [InlineData(Begin, "Begin(\"a\"); try { work.Do(order); } finally { Activity.Current?.Stop(); }")]
    public Task TL3009_NoLeak(string helper, string statements) => Verify<TL3009_ActivityNotStopped>.Rule(Sync(statements, helper));

    [Theory]
    [InlineData(Begin, "using var a = [|Begin|](\"a\"); yield return 1;")]
    [InlineData(Tagged, "using (var a = [|Begin|](\"a\")) { yield return 1; }")]
    public Task TL3006_Yield(string helper, string statements) => Verify<TL3006_ActivityAcrossYield>.Rule(Iterator(statements, helper));

    [Theory]
    [InlineData(Begin, "using (var a = Begin(\"a\")) { work.Do(\"x\"); } yield return 1;")]
    [InlineData(Begin, "yield return 1; using var a = Begin(\"a\");")]
    public Task TL3006_NoYield(string helper, string statements) => Verify<TL3006_ActivityAcrossYield>.Rule(Iterator(statements, helper));

    private static string Iterator(string statements, string helper)
        => Class($"public IEnumerable<int> Run(IWork work)\n{{\n    {statements}\n}}\n\n{helper}");
}

using System.Diagnostics;
using System.Reflection;
using TraceLint.Boundaries;
using TraceLint.Tests.Documentation;

namespace TraceLint.Tests.Boundaries;

/// <summary>The table of what flows is what .NET does: every row is run, and rules.md says the same.</summary>
public class FlowTableTests
{
    private static readonly Type[] s_types = [typeof(Task), typeof(ThreadPool), typeof(Thread), typeof(Timer), typeof(Parallel), typeof(CancellationToken)];

    // What hands nothing over: a thread is started, a wait is over when it returns.
    private static readonly HashSet<string> s_others = ["new Thread"];

    public static TheoryData<string> Apis => [.. FlowTable.Rows.Select(static row => row.Api)];

    [Theory]
    [MemberData(nameof(Apis))]
    public void Row_IsWhatTheWorkSees(string api)
    {
        var row = Row(api);
        Assert.All(FlowPrograms.Of(api), program => Assert.Equal(row.Sees, FlowProbe.Run(program, suppressed: false)));
    }

    [Theory]
    [MemberData(nameof(Apis))]
    public void Row_IsWhatTheWorkSeesWhereFlowIsSuppressed(string api)
    {
        if (Row(api).Suppressed is { } seen)
        {
            Assert.All(FlowPrograms.Of(api), program => Assert.Equal(seen, FlowProbe.Run(program, suppressed: true)));
        }
    }

    [Fact]
    public void EveryProgram_IsOfARow()
        => Assert.Equal(FlowTable.Rows.Select(static row => row.Api).Order(StringComparer.Ordinal), FlowPrograms.Apis.Order(StringComparer.Ordinal));

    [Fact]
    public void EveryApiThatTakesWork_HasARow()
    {
        var apis = s_types.SelectMany(static type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
            .OfType<MethodBase>()
            .Where(static method => method.GetParameters().Any(static parameter => IsWork(parameter.ParameterType)))
            .Select(method => method.IsConstructor ? $"new {type.Name}" : $"{type.Name}.{method.Name}"));
        Assert.DoesNotContain(apis, static api => !s_others.Contains(api) && !FlowTable.Rows.Any(row => row.Api == api));
    }

    [Fact]
    public void Page_HasTheTable()
        => Assert.Equal(
            FlowTable.Rows.Select(static row => new[] { $"`{row.Api}`", Text(row.Captured), Text(row.Sees), row.Suppressed is { } seen ? Text(seen) : "-" }),
            RulesPage.Rows("API"));

    private static FlowFact Row(string api) => FlowTable.Rows.Single(row => row.Api == api);

    private static bool IsWork(Type type) => type.IsAssignableTo(typeof(Delegate)) || type == typeof(IThreadPoolWorkItem);

    private static string Text(CapturedAt captured) => captured switch
    {
        CapturedAt.Call => "at the call",
        CapturedAt.Construction => "when it is made, not when it is started",
        CapturedAt.Start => "when it is started, not when it is made",
        CapturedAt.Registration => "when it is registered",
        CapturedAt.Never => "never",
        _ => throw new UnreachableException(),
    };

    private static string Text(Seen seen) => seen switch
    {
        Seen.Caller => "the caller's",
        Seen.None => "none",
        Seen.Runner => "whichever is current where it runs",
        Seen.First => "that of the first who posted",
        _ => throw new UnreachableException(),
    };
}

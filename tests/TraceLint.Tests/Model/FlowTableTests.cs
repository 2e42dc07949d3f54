using System.Diagnostics;
using System.Reflection;
using TraceLint.Model;
using TraceLint.Tests.Documentation;

namespace TraceLint.Tests.Model;

/// <summary>The table of what flows has all of .NET that takes work, and the page what-flows.md says the same. TraceLint.Proofs runs every row.</summary>
public class FlowTableTests
{
    private static readonly Type[] s_types = [typeof(Task), typeof(ThreadPool), typeof(Thread), typeof(Timer), typeof(Parallel), typeof(CancellationToken)];

    // What hands nothing over: a thread is started, a wait is over when it returns.
    private static readonly HashSet<string> s_others = ["new Thread"];

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
            RulesPage.Rows(RulesPage.WhatFlows, "API"));

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
        Seen.First => "the first caller's",
        _ => throw new UnreachableException(),
    };
}

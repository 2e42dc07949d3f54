using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.CodeFixes;

public class TL3009_StopWithUsingTests
{
    private static readonly Setup s_csharp7 = Setup.OpenTelemetry with { Language = LanguageVersion.CSharp7_3, Nullable = false };

    private static Task Fixes(string statements, string @fixed)
        => Verify<TL3009_ActivityNotStopped>.Fix<TL3009_StopWithUsing>(Sync(statements), Sync(@fixed));

    private static Task HasNoFix(string statements)
        => Verify<TL3009_ActivityNotStopped>.NoFix<TL3009_StopWithUsing>(Sync(statements));

    [Fact]
    public Task Local_GetsAUsing() => Fixes(
        """
        foreach (var item in work.Read())
        {
            // One a message.
            var activity = source.[|StartActivity|]("process"); // may be null
            work.Do(item);
        }
        """,
        """
        foreach (var item in work.Read())
        {
            // One a message.
            using var activity = source.StartActivity("process"); // may be null
            work.Do(item);
        }
        """);

    [Fact]
    public Task StopsThatAreThere_Stay() => Fixes(
        """
        Activity? activity = source.[|StartActivity|]("process");
        if (flag)
        {
            return;
        }

        work.Do(order);
        activity?.Stop();
        work.Do(order);
        """,
        """
        using Activity? activity = source.StartActivity("process");
        if (flag)
        {
            return;
        }

        work.Do(order);
        activity?.Stop();
        work.Do(order);
        """);

    [Fact]
    public Task Statement_GetsALocal() => Fixes(
        """
        source.[|StartActivity|]("process");
        work.Do(order);
        """,
        """
        using var activity = source.StartActivity("process");
        work.Do(order);
        """);

    [Fact]
    public Task Statement_KeepsItsTagsAndItsNameIsFree() => Fixes(
        """
        var activity = order;
        source.[|StartActivity|]("process")
            ?.SetTag("order", activity);
        if (flag)
        {
            _ = source.[|StartActivity|]("flag");
            work.Do(order);
        }
        """,
        """
        var activity = order;
        using var span = source.StartActivity("process")
            ?.SetTag("order", activity);
        if (flag)
        {
            using var activity2 = source.StartActivity("flag");
            work.Do(order);
        }
        """);

    [Fact]
    public Task MadeByHand_GetsTheUsingWhereItIsMade() => Fixes(
        """
        var activity = new Activity("process");
        activity.SetIdFormat(ActivityIdFormat.W3C);
        activity.[|Start|]();
        work.Do(order);
        """,
        """
        using var activity = new Activity("process");
        activity.SetIdFormat(ActivityIdFormat.W3C);
        activity.Start();
        work.Do(order);
        """);

    [Fact]
    public Task OldLanguage_GetsABlock() => Verify<TL3009_ActivityNotStopped>.Fix<TL3009_StopWithUsing>(
        Old("""
            work.Do(order);
            // Starts here.
            var activity = source.[|StartActivity|]("process");
            if (flag)
            {
                work.Do(
                    order);
            }

            work.Do(order);
            """),
        Old("""
            work.Do(order);
            // Starts here.
            using (var activity = source.StartActivity("process"))
            {
                if (flag)
                {
                    work.Do(
                        order);
                }

                work.Do(order);
            }
            """),
        s_csharp7);

    [Fact]
    public Task OldLanguage_BlocksNest() => Verify<TL3009_ActivityNotStopped>.Fix<TL3009_StopWithUsing>(
        Old("""
            var outer = source.[|StartActivity|]("outer");
            work.Do(order);
            source.[|StartActivity|]("inner");
            work.Do(order);
            """),
        Old("""
            using (var outer = source.StartActivity("outer"))
            {
                work.Do(order);
                using (var activity = source.StartActivity("inner"))
                {
                    work.Do(order);
                }
            }
            """),
        s_csharp7);

    [Fact]
    public Task Program_GetsAUsing() => Verify<TL3009_ActivityNotStopped>.Fix<TL3009_StopWithUsing>(
        """
        using System.Diagnostics;

        var source = new ActivitySource("sample");
        source.[|StartActivity|]("main");
        System.Console.WriteLine();
        """,
        """
        using System.Diagnostics;

        var source = new ActivitySource("sample");
        using var activity = source.StartActivity("main");
        System.Console.WriteLine();
        """,
        Setup.OpenTelemetry with { IsProgram = true });

    [Fact]
    public Task VariableWithOtherValues_HasNoFix() => HasNoFix("""
        Activity? activity = null;
        if (flag)
        {
            activity = source.[|StartActivity|]("process");
        }

        work.Do(order);
        """);

    [Fact]
    public Task OnlySomethingOfIt_HasNoFix() => HasNoFix("""
        var id = source.[|StartActivity|]("process")?.Id;
        work.Do(id ?? order);
        """);

    [Fact]
    public Task SwitchSection_HasNoFix() => HasNoFix("""
        switch (order)
        {
            case "a":
                var activity = source.[|StartActivity|]("process");
                work.Do(order);
                break;
        }
        """);

    private static string Old(string statements) => "using System.Diagnostics;\n\n" + $$"""
        public interface IWork
        {
            void Do(string order);
        }

        public class Sample
        {
            private static readonly ActivitySource source = new ActivitySource("sample");

            public void Run(IWork work, string order, bool flag)
            {
        {{string.Join('\n', statements.ReplaceLineEndings("\n").Split('\n').Select(static line => line.Length == 0 ? line : "        " + line))}}
            }
        }
        """.ReplaceLineEndings("\n");

    [Fact]
    public Task SpanThatAnotherFlowStops_HasNoFix() => HasNoFix("""
        var activity = source.[|StartActivity|]("process");
        _ = Complete(activity);

        async Task Complete(Activity? started)
        {
            await work.DoAsync(order);
            started?.Stop();
        }
        """);
}

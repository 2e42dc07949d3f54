using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.CodeFixes;

public class TL3010_InjectIntoEnvironmentTests
{
    private const string OpenTelemetry = "using OpenTelemetry;\nusing OpenTelemetry.Context.Propagation;";

    private static Task Fixes(string statements, string @fixed)
        => Verify<TL3010_ChildProcessWithoutContext>.Fix<TL3010_InjectIntoEnvironment>(Sync(statements, usings: OpenTelemetry), Sync(@fixed, usings: OpenTelemetry));

    [Fact]
    public Task StartInfo() => Fixes(
        """
        var info = new ProcessStartInfo("dotnet", "worker.dll");
        // Off it goes.
        Process.[|Start|](info);
        """,
        """
        var info = new ProcessStartInfo("dotnet", "worker.dll");
        // Off it goes.
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
            info.Environment,
            static (environment, key, value) => environment[key.ToUpperInvariant()] = value);
        Process.Start(info);
        """);

    [Fact]
    public Task StartInfo_MadeInTheCall() => Fixes(
        """
        using var process = Process.[|Start|](new ProcessStartInfo("dotnet", "worker.dll")
        {
            RedirectStandardOutput = true,
        });
        """,
        """
        var startInfo = new ProcessStartInfo("dotnet", "worker.dll")
        {
            RedirectStandardOutput = true,
        };
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
            startInfo.Environment,
            static (environment, key, value) => environment[key.ToUpperInvariant()] = value);
        using var process = Process.Start(startInfo);
        """);

    [Fact]
    public Task ProcessThatIsUsed_IsNotNull() => Fixes(
        """
        using var process = Process.[|Start|]("dotnet", "worker.dll");
        process.WaitForExit();
        """,
        """
        var startInfo = new ProcessStartInfo("dotnet", "worker.dll");
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
            startInfo.Environment,
            static (environment, key, value) => environment[key.ToUpperInvariant()] = value);
        using var process = Process.Start(startInfo)!;
        process.WaitForExit();
        """);

    [Fact]
    public Task FileAndArguments_BecomeAStartInfo() => Fixes(
        """
        Process.[|Start|]("dotnet", $"worker.dll {order}");
        if (flag)
            Process.[|Start|](fileName: "dotnet", arguments: ["worker.dll"]);
        """,
        """
        var startInfo = new ProcessStartInfo("dotnet", $"worker.dll {order}");
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
            startInfo.Environment,
            static (environment, key, value) => environment[key.ToUpperInvariant()] = value);
        Process.Start(startInfo);
        if (flag)
        {
            var processStartInfo = new ProcessStartInfo(fileName: "dotnet", arguments: ["worker.dll"]);
            Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                processStartInfo.Environment,
                static (environment, key, value) => environment[key.ToUpperInvariant()] = value);
            Process.Start(processStartInfo);
        }
        """);

    [Fact]
    public Task Process_WithItsStartInfo() => Fixes(
        """
        using var process = new Process { StartInfo = new ProcessStartInfo("dotnet", "worker.dll") };
        process.[|Start|]();
        """,
        """
        using var process = new Process { StartInfo = new ProcessStartInfo("dotnet", "worker.dll") };
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
            process.StartInfo.Environment,
            static (environment, key, value) => environment[key.ToUpperInvariant()] = value);
        process.Start();
        """);

    [Fact]
    public Task SystemDiagnostics() => Verify<TL3010_ChildProcessWithoutContext>.Fix<TL3010_InjectIntoEnvironment>(
        Sync("""
            using var activity = source.StartActivity("start");
            Process.[|Start|]("dotnet", "worker.dll");
            """),
        Sync("""
            using var activity = source.StartActivity("start");
            var startInfo = new ProcessStartInfo("dotnet", "worker.dll");
            DistributedContextPropagator.Current.Inject(
                Activity.Current,
                startInfo.Environment,
                (_, key, value) => startInfo.Environment[key.ToUpperInvariant()] = value);
            Process.Start(startInfo);
            """),
        Setup.SystemDiagnostics);

    [Fact]
    public Task OldLanguage() => Verify<TL3010_ChildProcessWithoutContext>.Fix<TL3010_InjectIntoEnvironment>(
        """
        using System.Diagnostics;
        using OpenTelemetry;
        using OpenTelemetry.Context.Propagation;

        public class Sample
        {
            public Process Run() => Process.[|Start|]("dotnet", "worker.dll");
        }
        """,
        """
        using System.Diagnostics;
        using OpenTelemetry;
        using OpenTelemetry.Context.Propagation;

        public class Sample
        {
            public Process Run()
            {
                var startInfo = new ProcessStartInfo("dotnet", "worker.dll");
                Propagators.DefaultTextMapPropagator.Inject(
                    new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                    startInfo.Environment,
                    (environment, key, value) => environment[key.ToUpperInvariant()] = value);
                return Process.Start(startInfo);
            }
        }
        """,
        Setup.OpenTelemetry with { Language = LanguageVersion.CSharp7_3, Nullable = false });

    [Fact]
    public Task OtherPrograms_TL3011() => Verify<TL3011_OtherChildProcessWithoutContext>.Fix<TL3010_InjectIntoEnvironment>(
        Sync("""
            using var activity = source.StartActivity("resize");
            Process.[|Start|]("resizer");
            """, usings: OpenTelemetry),
        Sync("""
            using var activity = source.StartActivity("resize");
            var startInfo = new ProcessStartInfo("resizer");
            Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                startInfo.Environment,
                static (environment, key, value) => environment[key.ToUpperInvariant()] = value);
            Process.Start(startInfo);
            """, usings: OpenTelemetry));

    [Fact]
    public Task ConditionalCall_HasNoFix() => Verify<TL3010_ChildProcessWithoutContext>.NoFix<TL3010_InjectIntoEnvironment>(Sync("""
        var process = flag ? Process.[|Start|]("dotnet", "worker.dll") : null;
        """));
}

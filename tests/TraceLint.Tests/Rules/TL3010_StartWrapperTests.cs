using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

/// <summary>What <see cref="TL3010_ChildProcessWithoutContext"/> says where a method of the project starts the process.</summary>
public class TL3010_StartWrapperTests
{
    private const string Usings = "using OpenTelemetry;\nusing OpenTelemetry.Context.Propagation;\n";

    private static Task Verify(string statements, string members) => Verify<TL3010_ChildProcessWithoutContext>.Rule(Sync(statements, members));

    [Fact]
    public Task MethodThatStartsItsArgument_IsReportedWhereItIsCalled() => Verify("""
        [|Start|](new ProcessStartInfo("dotnet", "worker.dll"));
        var info = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        info.ArgumentList.Add("exec");
        info.ArgumentList.Add("worker.dll");
        [|Wait|](info, 1000);
        [|Wait|](new ProcessStartInfo("dotnet", "worker.dll") { Environment = { ["ORDER"] = order } }, 1000);
        new Runner().[|Run|](new ProcessStartInfo(Environment.ProcessPath!, "worker"));
        """, """
        private static Process Start(ProcessStartInfo info) => Process.Start(info)!;

        private static void Wait(ProcessStartInfo info, int timeout)
        {
            info.UseShellExecute = false;
            info.RedirectStandardError = true;
            using var process = new Process { StartInfo = info };
            Console.WriteLine($"{info.FileName} {info.Arguments}");
            process.Start();
            Log(process);
            process.WaitForExit(timeout);
        }

        private static void Log(Process process) => Console.WriteLine(process.Id);

        private sealed class Runner
        {
            public int Run(ProcessStartInfo startInfo)
            {
                using var process = new Process();
                process.StartInfo = startInfo;
                process.Start();
                process.WaitForExit();
                return process.ExitCode;
            }
        }
        """);

    [Fact]
    public Task MethodThatMaySetTheEnvironment_IsSilent() => Verify("""
        Traced(new ProcessStartInfo("dotnet", "worker.dll"));
        OfProcess(new ProcessStartInfo("dotnet", "worker.dll"));
        PassedOn(new ProcessStartInfo("dotnet", "worker.dll"));
        Prepared(new ProcessStartInfo("dotnet", "worker.dll"));
        Shell(new ProcessStartInfo("dotnet", "worker.dll"));
        """, """
        private static void Traced(ProcessStartInfo info)
        {
            info.Environment["TRACEPARENT"] = Activity.Current?.Id;
            Process.Start(info);
        }

        private static void OfProcess(ProcessStartInfo info)
        {
            using var process = new Process { StartInfo = info };
            process.StartInfo.EnvironmentVariables["TRACEPARENT"] = Activity.Current?.Id;
            process.Start();
        }

        private static void PassedOn(ProcessStartInfo info)
        {
            Inject(info);
            Process.Start(info);
        }

        private static void Prepared(ProcessStartInfo info)
        {
            using var process = new Process { StartInfo = info };
            Inject(process);
            process.Start();
        }

        private static void Shell(ProcessStartInfo info)
        {
            info.UseShellExecute = true;
            Process.Start(info);
        }

        private static void Inject(ProcessStartInfo info) => info.Environment["TRACEPARENT"] = Activity.Current?.Id;
        private static void Inject(Process process) => Inject(process.StartInfo);
        """);

    [Fact]
    public Task KnownImplementation_IsReported() => Verify("""
        IRunner runner = new Runner();
        runner.[|Run|](new ProcessStartInfo("dotnet", "worker.dll"));
        """, """
        private interface IRunner { void Run(ProcessStartInfo info); }

        private sealed class Runner : IRunner
        {
            public void Run(ProcessStartInfo info) => Process.Start(info);
        }
        """);

    [Fact]
    public Task StartInfoWithTheContextOrOfATool_IsSilent() => Verify("""
        var info = new ProcessStartInfo("dotnet", "worker.dll");
        info.Environment["TRACEPARENT"] = Activity.Current?.Id;
        Start(info);
        Start(new ProcessStartInfo("git", "fetch"));
        Start(Made());
        Runner runner = flag ? new Runner() : new TracedRunner();
        runner.Run(new ProcessStartInfo("dotnet", "worker.dll"));
        """, """
        private static Process Start(ProcessStartInfo info) => Process.Start(info)!;
        private static ProcessStartInfo Made() => new("dotnet", "worker.dll") { Environment = { ["TRACEPARENT"] = Activity.Current?.Id } };

        private class Runner
        {
            public virtual void Run(ProcessStartInfo info) => Process.Start(info);
        }

        private sealed class TracedRunner : Runner
        {
            public override void Run(ProcessStartInfo info)
            {
                info.Environment["TRACEPARENT"] = Activity.Current?.Id;
                base.Run(info);
            }
        }
        """);

    [Fact]
    public Task Fix_InjectsBeforeTheCall() => Verify<TL3010_ChildProcessWithoutContext>.Fix<TL3010_InjectIntoEnvironment>(
        Sync("""
            Wait(new ProcessStartInfo("dotnet", "worker.dll"), 1000);
            """.Replace("Wait(", "[|Wait|](", StringComparison.Ordinal), Wait, Usings),
        Sync("""
            var startInfo = new ProcessStartInfo("dotnet", "worker.dll");
            Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                startInfo.Environment,
                static (environment, key, value) => environment[key.ToUpperInvariant()] = value);
            Wait(startInfo, 1000);
            """, Wait, Usings));

    private const string Wait = "private static void Wait(ProcessStartInfo info, int timeout) => Process.Start(info)!.WaitForExit(timeout);";
}

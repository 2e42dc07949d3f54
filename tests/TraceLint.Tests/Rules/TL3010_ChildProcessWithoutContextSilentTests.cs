using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

public class TL3010_ChildProcessWithoutContextSilentTests
{
    private static Task Silent(string source, Setup? setup = null) => Verify<TL3010_ChildProcessWithoutContext>.Rule(source, setup);

    [Fact]
    public Task Injected_ByThePropagator() => Silent(Sync("""
        var info = new ProcessStartInfo("dotnet", "worker.dll");
        DistributedContextPropagator.Current.Inject(Activity.Current, info.Environment, (_, key, value) => info.Environment[key.ToUpperInvariant()] = value);
        Process.Start(info);
        """));

    [Fact]
    public Task Program_ThatIsSaidNotToTrace()
        => Silent(Sync("""Process.Start("dotnet", "worker.dll");"""), Setup.OpenTelemetry with { Config = "tracelint.untraced_programs = dotnet" });

    [Fact]
    public Task Code_ThatIsSaidNotToTrace()
        => Silent(Sync("""Process.Start("dotnet", "worker.dll");"""), Setup.OpenTelemetry with { Config = "tracelint.TL3010.tracing = never" });

    [Fact]
    public Task Set_ByHand() => Silent(Sync("""
        var info = new ProcessStartInfo("dotnet", "worker.dll");
        info.Environment["TRACEPARENT"] = Activity.Current?.Id;
        Process.Start(info);

        var other = new ProcessStartInfo("dotnet", "worker.dll") { Environment = { ["traceparent"] = Activity.Current?.Id } };
        Process.Start(other);

        using var process = new Process();
        process.StartInfo = new ProcessStartInfo("dotnet", "worker.dll");
        process.StartInfo.EnvironmentVariables.Add("TRACEPARENT", Activity.Current?.Id);
        process.Start();
        """));

    [Fact]
    public Task Removed_OnPurpose() => Silent(Sync("""
        var info = new ProcessStartInfo("dotnet", "worker.dll");
        info.Environment.Remove("TRACEPARENT");
        Process.Start(info);
        """));

    [Fact]
    public Task Environment_FilledFromElsewhere() => Silent(Sync("""
        var info = new ProcessStartInfo("dotnet", "worker.dll");
        foreach (var pair in Variables)
        {
            info.Environment[pair.Key] = pair.Value;
        }

        Process.Start(info);
        """, "public Dictionary<string, string> Variables { get; } = new();"));

    [Fact]
    public Task StartInfo_HandedToOtherCode() => Silent(Sync("""
        var info = new ProcessStartInfo("dotnet", "worker.dll");
        Prepare(info);
        Process.Start(info);
        """, "private static void Prepare(ProcessStartInfo info) => info.Environment[\"TRACEPARENT\"] = Activity.Current?.Id;"));

    [Fact]
    public Task StartInfo_FromElsewhere() => Silent(Class("""
        public void One(ProcessStartInfo info) => Process.Start(info);

        public void Two(Process process) => process.Start();

        public void Three() => Process.Start(Info());

        protected virtual ProcessStartInfo Info() => new("dotnet", "worker.dll");

        public void Four(bool flag) => Process.Start(flag ? new ProcessStartInfo("dotnet", "worker.dll") : new ProcessStartInfo("git"));

        public void Five() => Process.Start(Prepared());

        private static ProcessStartInfo Prepared() => new("dotnet", "worker.dll") { Environment = { ["TRACEPARENT"] = Activity.Current?.Id } };

        public void Six()
        {
            var info = new ProcessStartInfo("dotnet", "worker.dll");
            info = Prepared();
            Process.Start(info);
        }
        """));

    [Fact]
    public Task Sdk_Commands() => Silent(Sync("""
        Process.Start("dotnet", "build -c Release");
        Process.Start("dotnet", $"publish {order}");
        Process.Start("dotnet", "--version");
        Process.Start(new ProcessStartInfo("dotnet") { ArgumentList = { "tool", "restore" } });
        Process.Start("dotnet", ["nuget", "push", order]);
        """));

    [Fact]
    public Task Tools() => Silent(Sync(
        """
        Process.Start("git", $"clone {order}");
        Process.Start("/usr/bin/docker", "ps");
        Process.Start("chmod", "+x run.sh");
        Process.Start(Path.Combine("tools", "ffmpeg.exe"), order);
        Process.Start("cmd.exe", "/c dir");
        Process.Start("/bin/sh", ["-c", order]);
        Process.Start("openssl", "req -x509");
        """,
        """public static string? Parent => Environment.GetEnvironmentVariable("TRACEPARENT");"""));

    [Fact]
    public Task VersionProbe() => Silent(Sync(
        """Process.Start("resizer", "--version");""",
        """public static string? Parent => Environment.GetEnvironmentVariable("TRACEPARENT");"""));

    [Fact]
    public Task ShellExecution() => Silent(Sync("""
        Process.Start(new ProcessStartInfo("https://example.com") { UseShellExecute = true });
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = true, Verb = "runas" });
        Process.Start(new ProcessStartInfo("dotnet", "worker.dll") { UseShellExecute = flag });
        """));

    [Fact]
    public Task ShellExecution_IsTheDefaultOfNetFramework() => Silent(
        """
        using System.Diagnostics;

        public class Sample
        {
            public void Run()
            {
                Process.Start("dotnet", "worker.dll");
                new Activity("a").Start().Stop();
            }
        }
        """,
        new Setup([References.Stub("mscorlib", """
            namespace System
            {
                public class Object { } public class String { } public struct Void { } public struct Int32 { } public struct Boolean { } public struct Enum { }
                public class ValueType { } public class Attribute { } public class Exception { } public class Array { } public class Type { } public class Delegate { } public class MulticastDelegate { }
                public interface IDisposable { void Dispose(); }
            }
            namespace System.Diagnostics
            {
                public class Process { public static Process Start(string file, string arguments) { return null; } public static Process Start(ProcessStartInfo info) { return null; } }
                public class ProcessStartInfo { public ProcessStartInfo(string file, string arguments) { } }
                public class Activity { public Activity(string name) { } public Activity Start() { return this; } public void Stop() { } }
            }
            """)]) { Nullable = false, Broken = true });

    [Fact]
    public Task Worker_ThatIsTalkedTo() => Silent(Sync("""
        var info = new ProcessStartInfo("dotnet", "language-server.dll") { RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(info);
        process!.StandardInput.WriteLine(order);
        """));

    [Fact]
    public Task Worker_ThatIsKept() => Silent(Sync(
        """_worker = Process.Start("dotnet", "worker.dll");""",
        "private Process? _worker;"));

    [Fact]
    public Task Restart() => Silent(Sync("""
        Process.Start(Environment.ProcessPath!);
        Environment.Exit(0);
        """));

    [Fact]
    public Task UnknownProgram() => Silent(Sync("""
        using var activity = source.StartActivity("resize");
        Process.Start("resizer", order);
        Process.Start(order);
        """));

    [Fact]
    public Task OtherProgramNextToTheOwn() => Silent(Sync("""
        var folder = Path.GetDirectoryName(Environment.ProcessPath)!;
        Process.Start(Path.Combine(folder, "ffprobe"), order);
        Process.Start(Path.Combine(folder, order));
        """));

    [Fact]
    public Task OtherStarts() => Silent(Sync("""
        new Thread(() => { }).Start();
        Stopwatch.StartNew().Start();
        """));

    [Fact]
    public Task Launcher_WithoutAnActivity() => Verify<TL3010_ChildProcessWithoutContext>.Program("""
        using System.Diagnostics;

        Process.Start("dotnet", "worker.dll");
        """);

    [Fact]
    public Task ProjectThatDoesNotTrace() => Silent(
        """
        using System.Diagnostics;

        public class Sample
        {
            public void Run() => Process.Start("dotnet", "worker.dll");
        }
        """,
        Setup.SystemDiagnostics);

    [Theory]
    [InlineData("Process.Start(\"dotnet\", order);")]
    [InlineData("Process.Start(\"dotnet\", arguments);")]
    [InlineData("var info = new ProcessStartInfo(\"dotnet\"); foreach (var argument in arguments) info.ArgumentList.Add(argument); Process.Start(info);")]
    [InlineData("Process.Start(new ProcessStartInfo { FileName = \"dotnet\", Arguments = string.Join(' ', arguments) });")]
    public Task Dotnet_WithArgumentsThatCannotBeSeen(string start) => Silent(Sync("var arguments = work.Read().ToArray();\n" + start));
}

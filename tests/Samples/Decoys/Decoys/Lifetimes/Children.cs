using System.Diagnostics;
using Decoys.Platform;

namespace Decoys.Lifetimes;

/// <summary>Child processes that need no context, have one, or get theirs otherwise.</summary>
internal sealed class Children
{
    private Process? _worker;

    public void Tools(string branch)
    {
        using var activity = Telemetry.Source.StartActivity("deploy");
        Process.Start("git", $"checkout {branch}")?.WaitForExit();
        Process.Start("/usr/bin/docker", "compose up -d")?.WaitForExit();
        Process.Start("chmod", ["+x", "deploy.sh"]).WaitForExit();
        Process.Start("cmd.exe", "/c deploy.cmd");
        Process.Start("/bin/bash", "deploy.sh");
        Process.Start(Path.Combine(AppContext.BaseDirectory, "tools", "ffmpeg.exe"), "-i in.mp4 out.webm");
        Process.Start(new ProcessStartInfo("openssl") { ArgumentList = { "rand", "-hex", "16" } });
        Process.Start(new ProcessStartInfo { FileName = "systemctl", Arguments = "restart shop" });
    }

    public void Sdk(string project)
    {
        using var activity = Telemetry.Source.StartActivity("build");
        Process.Start("dotnet", $"publish {project}")?.WaitForExit();
        Process.Start("dotnet", "--list-sdks");
        var info = new ProcessStartInfo("dotnet");
        info.ArgumentList.Add("restore");
        info.ArgumentList.Add(project);
        Process.Start(info);
    }

    public void Probes()
    {
        using var activity = Telemetry.Source.StartActivity("probe");
        Process.Start("label-printer", "--version");
        Process.Start(new ProcessStartInfo("label-printer", "-h") { RedirectStandardOutput = true });
    }

    public void Shell(string document)
    {
        using var activity = Telemetry.Source.StartActivity("open");
        Process.Start(new ProcessStartInfo(document) { UseShellExecute = true });
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!, "--admin") { UseShellExecute = true, Verb = "runas" });
    }

    public void Injected(string order)
    {
        using var activity = Telemetry.Source.StartActivity("invoice");
        var info = new ProcessStartInfo("dotnet", $"Invoices.dll {order}");
        DistributedContextPropagator.Current.Inject(Activity.Current, info.Environment, (_, key, value) => info.Environment[key.ToUpperInvariant()] = value);
        using var process = Process.Start(info);
        process?.WaitForExit();
    }

    public void ByHand(string order)
    {
        using var activity = Telemetry.Source.StartActivity("invoice");
        using var process = new Process { StartInfo = new ProcessStartInfo("dotnet", $"Invoices.dll {order}") };
        process.StartInfo.Environment["TRACEPARENT"] = Activity.Current?.Id;
        process.StartInfo.Environment["TRACESTATE"] = Activity.Current?.TraceStateString;
        process.Start();
    }

    public void ByAHelper(string order)
    {
        var info = new ProcessStartInfo("dotnet", $"Invoices.dll {order}");
        Carry(info);
        Process.Start(info);
    }

    public void FromElsewhere(ProcessStartInfo info) => Process.Start(info);

    public void Worker() => _worker ??= Process.Start("dotnet", "Worker.dll");

    public Process? LanguageServer()
    {
        var info = new ProcessStartInfo("dotnet", "Server.dll") { RedirectStandardInput = true, RedirectStandardOutput = true };
        return Process.Start(info);
    }

    public void Restart()
    {
        Process.Start(Environment.ProcessPath!);
        Environment.Exit(0);
    }

    private static void Carry(ProcessStartInfo info)
    {
        if (Activity.Current?.Id is { } id)
            info.Environment["TRACEPARENT"] = id;
    }
}

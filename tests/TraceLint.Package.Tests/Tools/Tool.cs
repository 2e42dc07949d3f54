using System.Diagnostics;
using System.Text;

namespace TraceLint.Package.Tests.Tools;

/// <summary>A command line tool, run as a person would run it.</summary>
/// <param name="executable">Its name or path.</param>
/// <param name="environment">What is set on top of the variables of this process.</param>
internal sealed class Tool(string executable, IReadOnlyDictionary<string, string> environment)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    // What `dotnet test` and the test host set for their own use would make a dotnet started below them another one; a
    // git hook does the same to git.
    private static readonly string[] s_leaks = ["MSBUILD", "VSTEST_", "GIT_"];

    /// <summary>The SDK that runs these tests.</summary>
    /// <param name="environment">What is set on top of the variables of this process.</param>
    public static Tool Dotnet(IReadOnlyDictionary<string, string> environment)
        => new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", new Dictionary<string, string>(environment)
        {
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            ["DOTNET_NOLOGO"] = "1",
            // A node that stays alive keeps the output open, and whoever reads it waiting.
            ["MSBUILDDISABLENODEREUSE"] = "1",
        });

    public static Tool Git { get; } = new("git", new Dictionary<string, string>());

    /// <summary>Runs the tool to its end.</summary>
    /// <returns>Everything it wrote, to either stream.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has its output.</exception>
    public Task<string> RunAsync(string folder, params string[] arguments) => RunAsync(folder, arguments, shouldFail: false);

    /// <summary>The same for a run that must fail.</summary>
    /// <exception cref="InvalidOperationException">It did not fail.</exception>
    public Task<string> FailAsync(string folder, params string[] arguments) => RunAsync(folder, arguments, shouldFail: true);

    private async Task<string> RunAsync(string folder, string[] arguments, bool shouldFail)
    {
        using var process = new Process { StartInfo = StartInfo(folder, arguments) };
        var output = new StringBuilder();
        process.OutputDataReceived += Collect;
        process.ErrorDataReceived += Collect;

        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var timeout = new CancellationTokenSource(s_patience);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw Unexpected($"did not end within {s_patience}");
        }

        return process.ExitCode != 0 == shouldFail ? Output() : throw Unexpected($"ended with {process.ExitCode}");

        void Collect(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        }

        string Output()
        {
            lock (output)
            {
                return output.ToString();
            }
        }

        InvalidOperationException Unexpected(string what)
            => new($"{executable} {string.Join(' ', arguments)} in {folder} {what}:{Environment.NewLine}{Output()}");
    }

    private ProcessStartInfo StartInfo(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(executable, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (string name in Environment.GetEnvironmentVariables().Keys)
        {
            if (Array.Exists(s_leaks, leak => name.StartsWith(leak, StringComparison.OrdinalIgnoreCase)))
            {
                start.Environment.Remove(name);
            }
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}

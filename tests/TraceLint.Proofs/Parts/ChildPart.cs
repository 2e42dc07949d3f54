using TraceLint.Proofs.Child;
using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Parts;

/// <summary>
/// Processes that a program starts: <c>dotnet</c> with <see cref="Library"/>, or <see cref="Program"/>, and <see cref="Report"/>. This
/// process has variables of a trace that is long over, as one has that was itself started in a trace.
/// </summary>
internal sealed class ChildPart : IDisposable
{
    private readonly DirectoryInfo _reports = Directory.CreateTempSubdirectory("tracelint-proofs-");

    static ChildPart()
    {
        Environment.SetEnvironmentVariable("TRACEPARENT", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        Environment.SetEnvironmentVariable("TRACESTATE", "rojo=00f067aa0ba902b7");
    }

    public static string Library { get; } = typeof(ChildReport).Assembly.Location;

    public static string Program { get; } = Path.ChangeExtension(Library, OperatingSystem.IsWindows() ? "exe" : null);

    /// <summary>Where children report to.</summary>
    public string Report => _reports.FullName;

    /// <summary>Continues the trace that each child was started in, in a span called "child".</summary>
    public void ReceiveEverything()
    {
        foreach (var report in _reports.EnumerateFiles().OrderBy(static file => file.CreationTimeUtc))
        {
            Wire.Process("child", ChildReport.Read(report.FullName));
        }
    }

    public void Dispose() => _reports.Delete(recursive: true);
}

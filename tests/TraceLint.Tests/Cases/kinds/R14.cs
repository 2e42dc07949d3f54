// A process behind a method of the project.
namespace Kinds;
internal sealed class R14
{
    public void Run() { using var activity = T.Source.StartActivity("run"); Start(new ProcessStartInfo("worker") { UseShellExecute = false }); }

    private static Process? Start(ProcessStartInfo start) => Process.Start(start);
}

// The program that dotnet runs cannot be seen, so it need not be one that traces.
namespace Kinds;
internal sealed class F6
{
    public void Text(string arguments) { using var activity = T.Source.StartActivity("run"); Process.Start("dotnet", arguments); }

    public void List(string[] arguments)
    {
        using var activity = T.Source.StartActivity("run");
        var start = new ProcessStartInfo("dotnet");
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        Process.Start(start);
    }
}

// A method that a generator writes for a log does not throw.
namespace Kinds;
internal sealed partial class F5(ILogger<F5> logger)
{
    [LoggerMessage(LogLevel.Information, "done")]
    private partial void Done();

    private partial void Done() => logger.Log(LogLevel.Information, "done");

    public void Work()
    {
        var activity = T.Source.StartActivity("work");
        Done();
        activity?.Dispose();
    }
}

using System.Diagnostics;
using TraceLint.Model;

namespace TraceLint.Proofs.Flow;

/// <summary>
/// Runs a program that hands work over, and says which span the work saw. The program does as the caller what captures
/// the context, if anything does, and all the rest - making, triggering, reading - as somebody else.
/// </summary>
internal sealed class FlowProbe : IDisposable
{
    private readonly ManualResetEventSlim _done = new();
    private readonly bool _suppressed;
    private Activity? _seen;

    private FlowProbe(bool suppressed) => _suppressed = suppressed;

    /// <summary>The span the work of a program sees.</summary>
    /// <param name="suppressed">Whether flow is suppressed where the context is captured.</param>
    public static Seen Run(Action<FlowProbe> program, bool suppressed)
    {
        // A thread of its own: nothing of the test's context, and nothing is left behind.
        var seen = Seen.None;
        var thread = new Thread(() =>
        {
            using var probe = new FlowProbe(suppressed);
            program(probe);
            Assert.True(probe._done.Wait(TimeSpan.FromSeconds(30)), "The work never ran.");
            seen = probe._seen?.OperationName switch
            {
                null => Seen.None,
                "caller" => Seen.Caller,
                "runner" => Seen.Runner,
                "first" => Seen.First,
                var other => throw new InvalidOperationException(other),
            };
        });
        thread.Start();
        thread.Join();
        return seen;
    }

    /// <summary>The work.</summary>
    public void Work()
    {
        _seen = Activity.Current;
        _done.Set();
    }

    /// <summary>The work, where it has to return a task.</summary>
    public Task WorkAsync()
    {
        Work();
        return Task.CompletedTask;
    }

    /// <summary>Does something inside the span of the caller.</summary>
    public void AsCaller(Action action) => Inside("caller", action, _suppressed);

    /// <summary>Does something inside the span of somebody else.</summary>
    public static void AsRunner(Action action) => Inside("runner", action, suppressed: false);

    /// <summary>Does something inside the span of who came first.</summary>
    public static void AsFirst(Action action) => Inside("first", action, suppressed: false);

    public void Dispose() => _done.Dispose();

    private static void Inside(string name, Action action, bool suppressed)
    {
        using var activity = new Activity(name).Start();
        if (!suppressed)
        {
            action();
            return;
        }

        using (ExecutionContext.SuppressFlow())
        {
            action();
        }
    }
}

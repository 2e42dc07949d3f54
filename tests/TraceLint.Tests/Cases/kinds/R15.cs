// The flow of the context is suppressed by a helper, or until a finally.
namespace Kinds;
internal sealed class R15(Store store)
{
    private static AsyncFlowControl TrySuppress() => ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();

    public void Helper()
    {
        using var activity = T.Source.StartActivity("a");
        using (TrySuppress()) { Task.Run(async () => { using var inner = T.Source.StartActivity("inner"); await store.SaveAsync("x"); }); }
    }

    public void Finally()
    {
        using var activity = T.Source.StartActivity("a");
        var control = ExecutionContext.SuppressFlow();
        try { Task.Run(async () => { using var inner = T.Source.StartActivity("inner"); await store.SaveAsync("x"); }); } finally { control.Undo(); }
    }
}

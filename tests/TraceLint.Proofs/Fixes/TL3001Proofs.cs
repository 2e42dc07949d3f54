using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Work that is handed over without the current span.</summary>
public sealed class TL3001Proofs : FixProofs<TL3001Proofs>
{
    public static Proof UnsafeWorkItem => Program("""
        ThreadPool.UnsafeQueueUserWorkItem(_ => Notify(), null);
        """);

    public static Proof UnsafeThread => Program("""
        new Thread(() => Notify()).UnsafeStart();
        """);

    public static Proof SuppressedFlow => Program("""
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => Notify());
        }
        """);

    private static Proof Program(string statements) => new()
    {
        Code = ServiceCode.Method("", "Place();\nawait s_notified.Task;", $$"""
            private static readonly TaskCompletionSource s_notified = new TaskCompletionSource();

            private static void Place()
            {
                using var activity = source.StartActivity("place order");
                {{statements.ReplaceLineEndings("\n    ")}}
            }

            private static void Notify()
            {
                using (source.StartActivity("notify"))
                {
                }

                s_notified.SetResult();
            }
            """),
        Broken = "root(place order) | notify",
        Whole = "root(place order(notify))",
    };
}

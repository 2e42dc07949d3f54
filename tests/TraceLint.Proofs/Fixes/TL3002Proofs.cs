using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Endless work that is started inside a span: its rounds are all in that trace.</summary>
public sealed class TL3002Proofs : FixProofs<TL3002Proofs>
{
    public static Proof Loop => new()
    {
        Code = ServiceCode.Method("", "Start();\nawait s_twice.Task;", """
            private static readonly TaskCompletionSource s_twice = new TaskCompletionSource();
            private static readonly CancellationTokenSource s_stopping = new CancellationTokenSource();
            private static Task s_running = Task.CompletedTask;
            private static int s_rounds;

            private static void Start()
            {
                using var activity = source.StartActivity("start");
                s_running = Task.Run(async () =>
                {
                    while (!s_stopping.IsCancellationRequested)
                    {
                        await FlushAsync();
                    }
                });
            }

            private static async Task FlushAsync()
            {
                using (source.StartActivity("flush"))
                {
                    await Task.Yield();
                }

                if (++s_rounds == 2)
                {
                    s_stopping.Cancel();
                    s_twice.SetResult();
                }
            }
            """),
        Broken = "root(start(flush, flush))",
        Whole = "root(start) | flush | flush",
    };
}

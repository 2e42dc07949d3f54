using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Endless work that is started inside a span. It ends after two rounds here, which no rule can know.</summary>
public sealed class TL3002Proofs : FixProofs<TL3002Proofs>
{
    private const string Members = """
        private readonly CancellationTokenSource stopping = new CancellationTokenSource();
        private readonly TaskCompletionSource<bool> done = new TaskCompletionSource<bool>();
        private Task running;
        private Timer timer;
        private int rounds;
        private int ended;

        private void Round()
        {
            if (Interlocked.Increment(ref rounds) > 2)
            {
                return;
            }

            using (source.StartActivity("round"))
            {
            }

            if (Interlocked.Increment(ref ended) == 2)
            {
                stopping.Cancel();
                done.TrySetResult(true);
            }
        }

        private void Loop()
        {
            while (!stopping.IsCancellationRequested)
            {
                Round();
            }
        }

        private async Task LoopAsync()
        {
            while (!stopping.IsCancellationRequested)
            {
                Round();
                await Task.Yield();
            }
        }
        """;

    public static Proof TaskRun => Of("running = Task.Run(() => LoopAsync());");

    public static Proof LongRunning => Of("running = Task.Factory.StartNew(Loop, TaskCreationOptions.LongRunning);");

    public static Proof Thread => Of("new Thread(Loop).Start();");

    public static Proof Timer => Of("timer = new Timer(_ => Round(), null, 0, 1);");

    // The first round runs before the method first suspends: suppressing the flow would leave it inside the span.
    public static Proof AsyncMethod => Of("running = LoopAsync();");

    public static Proof MethodThatStartsIt => new()
    {
        Code = ServiceCode.Method("", """
            using (source.StartActivity("start"))
            {
                Start();
            }

            await done.Task;
            """, Members + """


            private void Start()
            {
                running = Task.Run(LoopAsync);
            }
            """),
        Broken = "root(start(round, round))",
        Whole = "root(start) | round | round",
    };

    private static Proof Of(string statement) => new()
    {
        Code = ServiceCode.Method("", $$"""
            using (var activity = source.StartActivity("start"))
            {
                {{statement}}
                using (source.StartActivity("answer"))
                {
                }
            }

            await done.Task;
            """, Members),
        Broken = "root(start(answer, round, round))",
        Whole = "root(start(answer)) | round | round",
    };
}

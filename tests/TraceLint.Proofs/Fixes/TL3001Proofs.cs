using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Work of a caller that is handed over without its span.</summary>
public sealed class TL3001Proofs : FixProofs<TL3001Proofs>
{
    private const string Members = """
        private readonly TaskCompletionSource<bool> done = new TaskCompletionSource<bool>();

        private void Work()
        {
            using (source.StartActivity("work"))
            {
            }

            done.SetResult(true);
        }

        public sealed class Item : IThreadPoolWorkItem
        {
            private readonly Service service;

            public Item(Service service) => this.service = service;

            public void Execute() => service.Work();
        }
        """;

    public static Proof UnsafeQueueUserWorkItem => Of("ThreadPool.UnsafeQueueUserWorkItem(_ => Work(), null);");

    public static Proof UnsafeQueueUserWorkItemOfT => Of("ThreadPool.UnsafeQueueUserWorkItem(service => service.Work(), this, preferLocal: true);");

    public static Proof WorkItem => Of("ThreadPool.UnsafeQueueUserWorkItem(new Item(this), false);");

    public static Proof UnsafeStart => Of("new Thread(() => Work()).UnsafeStart();");

    public static Proof SuppressFlow => Of("""
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => Work());
        }
        """);

    private static Proof Of(string statements) => new()
    {
        Code = ServiceCode.Method("", $$"""
            using (var activity = source.StartActivity("handle"))
            {
            {{string.Join('\n', statements.ReplaceLineEndings("\n").Split('\n').Select(static line => "    " + line))}}
                await done.Task;
            }
            """, Members),
        Broken = "root(handle) | work",
        Whole = "root(handle(work))",
    };
}

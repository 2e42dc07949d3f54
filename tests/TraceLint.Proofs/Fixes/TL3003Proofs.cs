using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Background work that writes on a span which has ended.</summary>
public sealed class TL3003Proofs : FixProofs<TL3003Proofs>
{
    public static Proof Tag => new()
    {
        Code = ServiceCode.Method("", "Place();\ns_placed.SetResult();\nawait s_saved.Task;", """
            private static readonly TaskCompletionSource s_placed = new TaskCompletionSource();
            private static readonly TaskCompletionSource s_saved = new TaskCompletionSource();

            private static void Place()
            {
                using var activity = source.StartActivity("place order");
                _ = Task.Run(async () =>
                {
                    await SaveAsync();
                    activity?.SetTag("order.saved", true);
                    Saved();
                });
            }

            private static Task SaveAsync() => s_placed.Task;

            private static void Saved() => _ = Task.Run(() => s_saved.SetResult());
            """),
        Broken = "root(place order{written to after its end})",
        Whole = "root(place order(place order background{order.saved=True}))",
    };
}

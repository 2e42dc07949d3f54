using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Fire-and-forget work whose spans hang under one that has ended.</summary>
[Unproved(Gap.UnsampledRoot, UnprovedAttribute.NotRecorded)]
public sealed class TL3004Proofs : FixProofs<TL3004Proofs>
{
    public static Proof TwoSpans => new()
    {
        Code = ServiceCode.Method("", """
            using (source.StartActivity("handle"))
            {
                _ = Task.Run(async () =>
                {
                    await ended.Task;
                    using (source.StartActivity("save"))
                    {
                    }

                    using (source.StartActivity("index"))
                    {
                    }
                }).ContinueWith(_ => done.SetResult(true));
            }

            ended.SetResult(true);
            await done.Task;
            """, """
            private readonly TaskCompletionSource<bool> ended = new TaskCompletionSource<bool>();
            private readonly TaskCompletionSource<bool> done = new TaskCompletionSource<bool>();
            """),
        Broken = "root(handle(index, save))",
        Whole = "root(handle(handle background(index, save)))",
    };
}

using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Background work that writes on a span which has ended.</summary>
[Unproved(Gap.UnsampledRoot, UnprovedAttribute.NotRecorded)]
public sealed class TL3003Proofs : FixProofs<TL3003Proofs>
{
    private const string Members = """
        private readonly TaskCompletionSource<bool> ended = new TaskCompletionSource<bool>();
        private readonly TaskCompletionSource<bool> done = new TaskCompletionSource<bool>();
        """;

    public static Proof Tag => Of("""
        _ = Task.Run(async () =>
        {
            await ended.Task;
            activity?.SetTag("saved", true);
        }).ContinueWith(_ => done.SetResult(true));
        """, tags: "{saved=True}");

    public static Proof StatusOfAFailure => Of("""
        _ = Task.Run(async () =>
        {
            await ended.Task;
            try
            {
                throw new InvalidOperationException("not saved");
            }
            catch (InvalidOperationException e)
            {
                activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            }
        }).ContinueWith(_ => done.SetResult(true));
        """);

    public static Proof CurrentSpan => Of("""
        _ = Task.Factory.StartNew(() =>
        {
            ended.Task.GetAwaiter().GetResult();
            Activity.Current?.AddEvent(new ActivityEvent("saved"));
        }).ContinueWith(_ => done.SetResult(true));
        """);

    private static Proof Of(string statements, string tags = "") => new()
    {
        Code = ServiceCode.Method("", $$"""
            using (var activity = source.StartActivity("handle"))
            {
            {{string.Join('\n', statements.ReplaceLineEndings("\n").Split('\n').Select(static line => "    " + line))}}
            }

            ended.SetResult(true);
            await done.Task;
            """, Members),
        Broken = "root(handle{written to after its end})",
        BrokenUnsampled = "root",
        Whole = $"root(handle(handle background{tags}))",
    };
}

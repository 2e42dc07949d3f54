using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Iterators that keep a span across a yield: an async one loses it, another lends it to its consumer.</summary>
[Unproved(Gap.UnsampledRoot, UnprovedAttribute.NotRecorded)]
public sealed class TL3006Proofs : FixProofs<TL3006Proofs>
{
    public static Proof AsyncIteratorLosesIt => new()
    {
        Code = ServiceCode.Method("", """
            await foreach (var line in Lines())
            {
                using var handled = source.StartActivity("handle");
            }

            async IAsyncEnumerable<string> Lines()
            {
                using var activity = source.StartActivity("lines");
                foreach (var line in order.Lines)
                {
                    await Task.Yield();
                    using (source.StartActivity("load"))
                    {
                        await Task.Yield();
                    }

                    yield return line;
                }
            }
            """),
        Broken = "root(handle, handle, lines(load), load)",
        Whole = "root(handle, handle, lines(load, load))",
    };

    public static Proof IteratorLendsIt => new()
    {
        Code = ServiceCode.Method("", """
            foreach (var line in Lines())
            {
                using var handled = source.StartActivity("handle");
            }

            IEnumerable<string> Lines()
            {
                using var activity = source.StartActivity("lines");
                foreach (var line in order.Lines)
                {
                    using (source.StartActivity("load"))
                    {
                    }

                    yield return line;
                }
            }
            """),
        Broken = "root(lines(handle, handle, load, load))",
        Whole = "root(handle, handle, lines(load, load))",
    };

    public static Proof IteratorIsLeftEarly => new()
    {
        Code = ServiceCode.Method("", """
            foreach (var line in Lines())
            {
                using var handled = source.StartActivity("handle");
                break;
            }

            using var after = source.StartActivity("after");

            IEnumerable<string> Lines()
            {
                using var activity = source.StartActivity("lines");
                foreach (var line in order.Lines)
                {
                    yield return line;
                }
            }
            """),
        Broken = "root(after, lines(handle))",
        Whole = "root(after, handle, lines)",
    };
}

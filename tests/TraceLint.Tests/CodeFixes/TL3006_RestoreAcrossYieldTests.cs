using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.CodeFixes;

public class TL3006_RestoreAcrossYieldTests
{
    private static Task Fixes(string members, string @fixed)
        => Verify<TL3006_ActivityAcrossYield>.Fix<TL3006_RestoreAcrossYield>(Class(members), Class(@fixed));

    [Fact]
    public Task Async_SetsItAgain() => Fixes(
        """
        public async IAsyncEnumerable<string> Stream(IWork work)
        {
            using var activity = source.[|StartActivity|]("stream");
            await foreach (var item in work.ReadAsync())
            {
                // One by one.
                yield return item; // now
            }
        }
        """,
        """
        public async IAsyncEnumerable<string> Stream(IWork work)
        {
            using var activity = source.StartActivity("stream");
            await foreach (var item in work.ReadAsync())
            {
                // One by one.
                yield return item; // now
                Activity.Current = activity ?? Activity.Current;
            }
        }
        """);

    [Fact]
    public Task Async_YieldWithoutABlock() => Fixes(
        """
        public async IAsyncEnumerable<string> Stream(IWork work)
        {
            using (var span = source.[|StartActivity|]("stream"))
            {
                await foreach (var item in work.ReadAsync())
                    if (item.Length > 0)
                        yield return item;
            }
        }
        """,
        """
        public async IAsyncEnumerable<string> Stream(IWork work)
        {
            using (var span = source.StartActivity("stream"))
            {
                await foreach (var item in work.ReadAsync())
                    if (item.Length > 0)
                    {
                        yield return item;
                        Activity.Current = span ?? Activity.Current;
                    }
            }
        }
        """);

    [Fact]
    public Task Sync_GivesTheConsumerItsOwn() => Fixes(
        """
        public IEnumerable<string> Read(IWork work)
        {
            work.Do("before");

            using var activity = source.[|StartActivity|]("read");
            foreach (var item in work.Read())
            {
                yield return item;
            }

            // And the last.
            yield return "last";
        }
        """,
        """
        public IEnumerable<string> Read(IWork work)
        {
            work.Do("before");

            var caller = Activity.Current;
            using var activity = source.StartActivity("read");
            foreach (var item in work.Read())
            {
                Activity.Current = caller;
                yield return item;
                Activity.Current = activity ?? caller;
            }

            // And the last.
            Activity.Current = caller;
            yield return "last";
            Activity.Current = activity ?? caller;
        }
        """);

    [Fact]
    public Task NoVariable_GetsOne() => Fixes(
        """
        public async IAsyncEnumerable<string> Stream(IWork work)
        {
            using (source.[|StartActivity|]("stream"))
            {
                await foreach (var item in work.ReadAsync())
                {
                    yield return item;
                }
            }
        }

        public IEnumerable<string> Read()
        {
            using (source.[|StartActivity|]("read"))
                yield return "one";
        }
        """,
        """
        public async IAsyncEnumerable<string> Stream(IWork work)
        {
            using (var activity = source.StartActivity("stream"))
            {
                await foreach (var item in work.ReadAsync())
                {
                    yield return item;
                    Activity.Current = activity ?? Activity.Current;
                }
            }
        }

        public IEnumerable<string> Read()
        {
            var caller = Activity.Current;
            using (var activity = source.StartActivity("read"))
            {
                Activity.Current = caller;
                yield return "one";
                Activity.Current = activity ?? caller;
            }
        }
        """);

    [Fact]
    public Task NothingHoldsIt_HasNoFix() => Verify<TL3006_ActivityAcrossYield>.NoFix<TL3006_RestoreAcrossYield>(Class("""
        public IEnumerable<string> Read()
        {
            source.[|StartActivity|]("read");
            yield return "one";
        }
        """));
}

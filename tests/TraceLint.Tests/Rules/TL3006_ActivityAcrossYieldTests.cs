using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

public class TL3006_ActivityAcrossYieldTests
{
    private static Task Reports(string members) => Verify<TL3006_ActivityAcrossYield>.Rule(Class(members));

    [Fact]
    public Task Async_AwaitForeach() => Reports("""
        public async IAsyncEnumerable<string> Stream(IWork work)
        {
            using var activity = source.[|StartActivity|]("stream");
            await foreach (var item in work.ReadAsync())
            {
                yield return item;
            }
        }
        """);

    [Fact]
    public Task Async_AwaitsAfterTheYield() => Reports("""
        public async IAsyncEnumerable<string> Stream(IWork work)
        {
            using (var activity = source.[|StartActivity|]("stream"))
            {
                await work.DoAsync("first");
                yield return "first";
                await work.DoAsync("second");
            }
        }
        """);

    [Fact]
    public Task Async_StartsInTheSameLoop() => Reports("""
        public async IAsyncEnumerable<string> Stream(IWork work)
        {
            using var activity = source.[|StartActivity|]("stream");
            for (var page = 0; page < 3; page++)
            {
                await work.DoAsync("page");
                yield return "page";
            }
        }
        """);

    [Fact]
    public Task Async_StoppedInFinally() => Reports("""
        public async IAsyncEnumerable<string> Stream(IWork work)
        {
            var activity = source.[|StartActivity|]("stream");
            try
            {
                await foreach (var item in work.ReadAsync())
                {
                    yield return item;
                }
            }
            finally
            {
                activity?.Stop();
            }
        }
        """);

    [Fact]
    public Task Sync_Loop() => Reports("""
        public IEnumerable<string> Read(IWork work)
        {
            using var activity = source.[|StartActivity|]("read");
            foreach (var item in work.Read())
            {
                yield return item;
            }
        }
        """);

    [Fact]
    public Task Sync_LocalFunction() => Reports("""
        public void Run(IWork work)
        {
            foreach (var item in Read())
            {
                work.Do(item);
            }

            IEnumerable<string> Read()
            {
                using (source.[|StartActivity|]("read"))
                {
                    yield return "one";
                }
            }
        }
        """);

    [Fact]
    public Task Sync_PrivateButEnumerated() => Reports("""
        public void Run(IWork work)
        {
            foreach (var item in Read())
            {
                work.Do(item);
            }
        }

        private IEnumerable<string> Read()
        {
            using var activity = source.[|StartActivity|]("read");
            yield return "one";
        }
        """);

    [Fact]
    public Task Sync_Property() => Reports("""
        public IEnumerable<string> Items
        {
            get
            {
                using var activity = source.[|StartActivity|]("read");
                yield return "one";
            }
        }
        """);

    [Fact]
    public Task Async_HandsTheSpanOnToSomeOnly() => Reports("""
        public async IAsyncEnumerable<string> Stream(IWork work)
        {
            using var activity = source.[|StartActivity|]("stream");
            foreach (var item in work.Read())
            {
                yield return item;
                await Task.FromResult(Note(activity));
                await work.DoAsync(item);
            }
        }

        private static int Note(Activity? span) => 0;
        """);

    /// <summary>A method of the project starts the span.</summary>
    [Fact]
    public Task Sync_Wrapper() => Reports("""
        public IEnumerable<string> Read()
        {
            using var activity = [|Begin|]("read");
            yield return "one";
        }

        private static Activity? Begin(string name) => source.StartActivity(name);
        """);
}

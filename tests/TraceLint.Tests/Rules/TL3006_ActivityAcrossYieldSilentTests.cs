using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.Rules;

public class TL3006_ActivityAcrossYieldSilentTests
{
    private static Task Silent(string members, string usings = "") => Verify<TL3006_ActivityAcrossYield>.Rule(Class(members, usings));

    [Fact]
    public Task Async_MakesItCurrentAgain() => Silent("""
        public async IAsyncEnumerable<string> Stream(IWork work)
        {
            using var activity = source.StartActivity("stream");
            await foreach (var item in work.ReadAsync())
            {
                yield return item;
                Activity.Current = activity;
            }
        }
        """);

    [Fact]
    public Task Async_StoppedBeforeTheYield() => Silent("""
        public async IAsyncEnumerable<string> Stream(IWork work)
        {
            using (source.StartActivity("prepare"))
            {
                await work.DoAsync("prepare");
            }

            await foreach (var item in work.ReadAsync())
            {
                yield return item;
            }
        }
        """);

    [Fact]
    public Task Async_OneSpanASegment() => Silent("""
        public async IAsyncEnumerable<string> Stream(IWork work)
        {
            for (var page = 0; page < 3; page++)
            {
                using (source.StartActivity("page"))
                {
                    await work.DoAsync("page");
                }

                yield return "page";
            }
        }
        """);

    [Fact]
    public Task Async_DoesNothingAfterTheYield() => Silent("""
        public async IAsyncEnumerable<string> Stream(IWork work)
        {
            using var activity = source.StartActivity("stream");
            await work.DoAsync("only");
            yield return "only";
            activity?.SetTag("count", 1);
        }
        """);

    [Fact]
    public Task Async_YieldsWhatItHasGot() => Silent("""
        public async IAsyncEnumerable<string> Stream(IWork work)
        {
            using var activity = source.StartActivity("stream");
            await work.DoAsync("all");
            foreach (var item in work.Read())
            {
                yield return item;
            }
        }
        """);

    [Fact]
    public Task Async_HandsTheSpanOn() => Silent("""
        public async IAsyncEnumerable<string> Stream(IWork work)
        {
            using var activity = source.StartActivity("stream");
            await foreach (var item in Items(work, activity?.Context ?? default).ConfigureAwait(false))
            {
                using var one = source.StartActivity("one", ActivityKind.Internal, activity?.Context ?? default);
                yield return item;
            }
        }

        private static async IAsyncEnumerable<string> Items(IWork work, ActivityContext parent)
        {
            using (source.StartActivity("items", ActivityKind.Internal, parent))
            {
                await work.DoAsync("items");
            }

            yield return "item";
        }
        """);

    [Theory]
    [InlineData("await Task.CompletedTask;")]
    [InlineData("await Task.FromResult(1);")]
    public Task Async_AwaitsWhatIsComplete(string end) => Silent($$"""
        public async IAsyncEnumerable<string> Stream(IWork work)
        {
            using var activity = source.StartActivity("stream");
            foreach (var item in work.Read())
            {
                yield return item;
            }

            {{end}}
        }
        """);

    [Fact]
    public Task Async_WaitsForTimeOrChannels() => Silent("""
        public async IAsyncEnumerable<string> Ticks()
        {
            using var activity = source.StartActivity("ticks");
            while (true)
            {
                await Task.Delay(100);
                yield return "tick";
            }
        }

        public async IAsyncEnumerable<string> Items(ChannelReader<string> reader)
        {
            using var activity = source.StartActivity("items");
            await foreach (var item in reader.ReadAllAsync())
            {
                yield return item;
            }
        }
        """, "using System.Threading.Channels;");

    [Fact]
    public Task Sync_OnlyFillsAList() => Silent("""
        public List<string> Run() => Read().ToList();

        private IEnumerable<string> Read()
        {
            using var activity = source.StartActivity("read");
            yield return "one";
        }
        """);

    [Fact]
    public Task Sync_GivesTheConsumerItsOwnBack() => Silent("""
        public IEnumerable<string> Read(IWork work)
        {
            var caller = Activity.Current;
            using var activity = source.StartActivity("read");
            foreach (var item in work.Read())
            {
                Activity.Current = caller;
                yield return item;
                Activity.Current = activity;
            }
        }
        """);

    [Fact]
    public Task Sync_StoppedBeforeTheYield() => Silent("""
        public IEnumerable<string> Read(IWork work)
        {
            List<string> items;
            using (var activity = source.StartActivity("read"))
            {
                items = work.Read().ToList();
            }

            foreach (var item in items)
            {
                yield return item;
            }
        }
        """);

    [Fact]
    public Task Sync_StartsAfterTheYield() => Silent("""
        public IEnumerable<string> Read(IWork work)
        {
            yield return "first";
            using var activity = source.StartActivity("rest");
            work.Do("rest");
        }
        """);

    [Fact]
    public Task SpanInALambda() => Silent("""
        public IEnumerable<Action> Actions(IWork work)
        {
            yield return () =>
            {
                using var activity = source.StartActivity("action");
                work.Do("action");
            };
        }
        """);

    [Fact]
    public Task NoIterator() => Silent("""
        public IEnumerable<string> Read(IWork work)
        {
            using var activity = source.StartActivity("read");
            return work.Read().ToList();
        }
        """);

    [Fact]
    public Task YieldBreakOnly() => Silent("""
        public IEnumerable<string> Read(IWork work)
        {
            using (source.StartActivity("read"))
            {
                work.Do("read");
                yield break;
            }
        }
        """);

    /// <summary>The span of an async method is not current in its caller, and a method that stops its span leaves none.</summary>
    [Fact]
    public Task WrapperThatLeavesNoCurrentSpan() => Silent("""
        public IEnumerable<string> Read()
        {
            Note("read");
            using var activity = BeginAsync("read").Result;
            yield return "one";
        }

        private static void Note(string name)
        {
            using var activity = source.StartActivity(name);
        }

        private static async Task<Activity?> BeginAsync(string name)
        {
            await Task.Yield();
            return source.StartActivity(name);
        }
        """);
}

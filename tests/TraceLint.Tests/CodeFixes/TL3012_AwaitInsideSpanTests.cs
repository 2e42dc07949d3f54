using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.LifetimeCode;

namespace TraceLint.Tests.CodeFixes;

public class TL3012_AwaitInsideSpanTests
{
    private static Task Fixes(string members, string @fixed)
        => Verify<TL3012_SpanEndsBeforeWork>.Fix<TL3012_AwaitInsideSpan>(Class(members), Class(@fixed));

    private static Task HasNoFix(string members, string usings = "")
        => Verify<TL3012_SpanEndsBeforeWork>.NoFix<TL3012_AwaitInsideSpan>(Class(members, usings));

    [Fact]
    public Task Result_IsReturned() => Fixes(
        """
        // Saves it.
        public Task<string> Run(Func<string, Task<string>> save)
        {
            using var activity = source.[|StartActivity|]("save");
            return save("x"); // goes on
        }
        """,
        """
        // Saves it.
        public async Task<string> Run(Func<string, Task<string>> save)
        {
            using var activity = source.StartActivity("save");
            return await save("x"); // goes on
        }
        """);

    [Fact]
    public Task NoResult_IsAwaited() => Fixes(
        """
        Task Run(IWork work, bool flag)
        {
            using (source.[|StartActivity|]("save"))
            {
                // Saves it.
                return work.DoAsync(
                    "x");
            }
        }
        """,
        """
        async Task Run(IWork work, bool flag)
        {
            using (source.StartActivity("save"))
            {
                // Saves it.
                await work.DoAsync(
                    "x");
            }
        }
        """);

    [Fact]
    public Task TryStatement_IsAwaitedIn() => Fixes(
        """
        public Task<string> Run(Func<string, Task<string>> save)
        {
            var activity = source.[|StartActivity|]("save");
            try
            {
                return save("x");
            }
            finally
            {
                activity?.Dispose();
            }
        }
        """,
        """
        public async Task<string> Run(Func<string, Task<string>> save)
        {
            var activity = source.StartActivity("save");
            try
            {
                return await save("x");
            }
            finally
            {
                activity?.Dispose();
            }
        }
        """);

    [Fact]
    public Task NoResult_ReturnsWhereMoreFollows() => Fixes(
        """
        public Task Run(IWork work, int count)
        {
            if (count == 0)
                return Task.CompletedTask;

            using var activity = source.[|StartActivity|]("save");
            if (count == 1)
                return work.DoAsync("x");

            if (count == 2)
            {
                return work.DoAsync("y"); // both
            }

            switch (count)
            {
                case 3:
                    return Task.FromException(new InvalidOperationException());
                case 4: { return work.DoAsync("z"); }
            }

            try
            {
                return count > 5 ? work.DoAsync("z") : Task.CompletedTask;
            }
            catch (Exception)
            {
                activity?.SetStatus(ActivityStatusCode.Error);
                throw;
            }
        }
        """,
        """
        public async Task Run(IWork work, int count)
        {
            if (count == 0)
                return;

            using var activity = source.StartActivity("save");
            if (count == 1)
            {
                await work.DoAsync("x");
                return;
            }

            if (count == 2)
            {
                await work.DoAsync("y"); // both
                return;
            }

            switch (count)
            {
                case 3:
                    throw new InvalidOperationException();
                case 4: { await work.DoAsync("z"); return; }
            }

            try
            {
                await (count > 5 ? work.DoAsync("z") : Task.CompletedTask);
            }
            catch (Exception)
            {
                activity?.SetStatus(ActivityStatusCode.Error);
                throw;
            }
        }
        """);

    [Fact]
    public Task Values_AreReturned() => Fixes(
        """
        public ValueTask<int> Run(Func<ValueTask<int>> count, int known)
        {
            if (known > 0)
            {
                return new ValueTask<int>(known);
            }

            if (known < 0)
            {
                return ValueTask.FromException<int>(new ArgumentOutOfRangeException(nameof(known)));
            }

            using var activity = source.[|StartActivity|]("count");
            return count();
        }

        public Task<object?> Other(Func<Task<object?>> count, bool flag)
        {
            using var activity = source.[|StartActivity|]("count");
            return flag ? count() : Task.FromResult<object?>(null);
        }
        """,
        """
        public async ValueTask<int> Run(Func<ValueTask<int>> count, int known)
        {
            if (known > 0)
            {
                return known;
            }

            if (known < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(known));
            }

            using var activity = source.StartActivity("count");
            return await count();
        }

        public async Task<object?> Other(Func<Task<object?>> count, bool flag)
        {
            using var activity = source.StartActivity("count");
            return await (flag ? count() : Task.FromResult<object?>(null));
        }
        """);

    [Fact]
    public Task Functions_OfEveryKind() => Fixes(
        """
        public void Use(List<Func<Func<Task>, Task>> pipeline, IWork work)
        {
            pipeline.Add(next =>
            {
                using var activity = source.[|StartActivity|]("middleware");
                return next();
            });
            pipeline.Add(static (next) =>
            {
                using var activity = source.[|StartActivity|]("middleware");
                return next();
            });
            pipeline.Add(delegate(Func<Task> next)
            {
                using var activity = source.[|StartActivity|]("middleware");
                return next();
            });

            _ = Local(work);

            // Saves it.
            Task Local(IWork inner)
            {
                using var activity = source.[|StartActivity|]("local");
                return inner.DoAsync("x");
            }

            static Task Other(IWork inner)
            {
                using var activity = source.[|StartActivity|]("local");
                return inner.DoAsync("x");
            }

            _ = Other(work);
        }
        """,
        """
        public void Use(List<Func<Func<Task>, Task>> pipeline, IWork work)
        {
            pipeline.Add(async next =>
            {
                using var activity = source.StartActivity("middleware");
                await next();
            });
            pipeline.Add(static async (next) =>
            {
                using var activity = source.StartActivity("middleware");
                await next();
            });
            pipeline.Add(async delegate(Func<Task> next)
            {
                using var activity = source.StartActivity("middleware");
                await next();
            });

            _ = Local(work);

            // Saves it.
            async Task Local(IWork inner)
            {
                using var activity = source.StartActivity("local");
                await inner.DoAsync("x");
            }

            static async Task Other(IWork inner)
            {
                using var activity = source.StartActivity("local");
                await inner.DoAsync("x");
            }

            _ = Other(work);
        }
        """);

    [Fact]
    public Task NestedFunctions_BothChange() => Fixes(
        """
        public Task Run(IWork work)
        {
            using var activity = source.[|StartActivity|]("all");
            return Task.WhenAll(work.Read().Select(item =>
            {
                using var one = source.[|StartActivity|]("one");
                return work.DoAsync(item);
            }));
        }
        """,
        """
        public async Task Run(IWork work)
        {
            using var activity = source.StartActivity("all");
            await Task.WhenAll(work.Read().Select(async item =>
            {
                using var one = source.StartActivity("one");
                await work.DoAsync(item);
            }));
        }
        """);

    [Fact]
    public Task ConfigureAwait_AsInTheRestOfTheFile() => Fixes(
        """
        public Task Run(IWork work, bool flag)
        {
            using var activity = source.[|StartActivity|]("save");
            return flag ? work.DoAsync("x") : work.DoAsync("y");
        }

        public Task<string> Other(Func<Task<string>> save)
        {
            using var activity = source.[|StartActivity|]("save");
            return save();
        }

        public async Task Third(IWork work) => await work.DoAsync("x").ConfigureAwait(false);
        """,
        """
        public async Task Run(IWork work, bool flag)
        {
            using var activity = source.StartActivity("save");
            await (flag ? work.DoAsync("x") : work.DoAsync("y")).ConfigureAwait(false);
        }

        public async Task<string> Other(Func<Task<string>> save)
        {
            using var activity = source.StartActivity("save");
            return await save().ConfigureAwait(false);
        }

        public async Task Third(IWork work) => await work.DoAsync("x").ConfigureAwait(false);
        """);

    [Fact]
    public Task TaskWithAResult_IsAwaitedForNoResult() => Fixes(
        """
        public Task Run(Func<Task<string>> save)
        {
            using var activity = source.[|StartActivity|]("save");
            var saving = save();
            return saving;
        }
        """,
        """
        public async Task Run(Func<Task<string>> save)
        {
            using var activity = source.StartActivity("save");
            var saving = save();
            await saving;
        }
        """);

    [Fact]
    public Task Partial_StaysLast() => Fixes(
        """
        public partial Task Run(IWork work);

        public partial Task Run(IWork work)
        {
            using var activity = source.[|StartActivity|]("save");
            return work.DoAsync("x");
        }
        """,
        """
        public partial Task Run(IWork work);

        public async partial Task Run(IWork work)
        {
            using var activity = source.StartActivity("save");
            await work.DoAsync("x");
        }
        """);

    [Theory]
    [InlineData("public Task Run(IWork work, out int count) { count = 1; using var activity = source.[|StartActivity|](\"save\"); return work.DoAsync(\"x\"); }")]
    [InlineData("public Task Run(IWork work, in int count) { using var activity = source.[|StartActivity|](\"save\"); return work.DoAsync(\"x\"); }")]
    [InlineData("public Task Run(IWork work, Span<int> counts) { using var activity = source.[|StartActivity|](\"save\"); return work.DoAsync(\"x\"); }")]
    [InlineData("public Task Run(IWork work) { lock (this) { using var activity = source.[|StartActivity|](\"save\"); return work.DoAsync(\"x\"); } }")]
    [InlineData("[System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.Synchronized)] public Task Run(IWork work) { using var activity = source.[|StartActivity|](\"save\"); return work.DoAsync(\"x\"); }")]
    [InlineData("public Task Property { get { using var activity = source.[|StartActivity|](\"save\"); return _work.DoAsync(\"x\"); } } private readonly IWork _work = null!;")]
    [InlineData("public IAsyncEnumerable<string> Run(IWork work) { using var activity = source.[|StartActivity|](\"read\"); return work.ReadAsync(); }")]
    [InlineData("public Task? Run(IWork? work) { using var activity = source.[|StartActivity|](\"save\"); return work?.DoAsync(\"x\"); }")]
    [InlineData("public Task? Run(IWork work, bool flag) { using var activity = source.[|StartActivity|](\"save\"); if (flag) { return null; } return work.DoAsync(\"x\"); }")]
    [InlineData("private struct Counter { public int Count; public Task Run(IWork work) { using var activity = source.[|StartActivity|](\"save\"); Count++; return work.DoAsync(\"x\"); } }")]
    [InlineData("public async Task Run(IWork work) { using (source.[|StartActivity|](\"save\")) { } await work.DoAsync(\"x\"); }")]
    public Task WhereAsyncIsImpossible_HasNoFix(string members) => HasNoFix(members);
}

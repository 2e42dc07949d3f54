using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.WorkCode;

namespace TraceLint.Tests.CodeFixes;

public class TL3001_CarryContextTests
{
    [Theory]
    [InlineData("ThreadPool.[|UnsafeQueueUserWorkItem|](_ => Send(order), null);", "ThreadPool.QueueUserWorkItem(_ => Send(order), null);")]
    [InlineData("ThreadPool.[|UnsafeQueueUserWorkItem|](text => Send(text), order, preferLocal: true);", "ThreadPool.QueueUserWorkItem(text => Send(text), order, preferLocal: true);")]
    [InlineData("new Thread(() => Send(order)).[|UnsafeStart|]();", "new Thread(() => Send(order)).Start();")]
    [InlineData("ThreadPool.[|UnsafeQueueUserWorkItem|](new Item(), false);", "ThreadPool.QueueUserWorkItem(static item => item.Execute(), new Item(), preferLocal: false);")]
    [InlineData("ThreadPool.[|UnsafeQueueUserWorkItem|](new Item(), preferLocal: true);", "ThreadPool.QueueUserWorkItem(static item => item.Execute(), new Item(), preferLocal: true);")]
    public Task Unsafe_IsDropped(string statement, string @fixed) => Fix(Code(statement), Code(@fixed));

    [Fact]
    public Task SuppressFlow_IsTakenOff() => Fix(
        Code("""
            // Later.
            using (ExecutionContext.SuppressFlow())
            {
                _ = Task.[|Run|](() =>
                {
                    Send(order);
                });
            }

            Note(order);
            """),
        Code("""
            // Later.
            _ = Task.Run(() =>
            {
                Send(order);
            });

            Note(order);
            """));

    [Fact]
    public Task Several() => Fix(
        Code("""
            ThreadPool.[|UnsafeQueueUserWorkItem|](_ => Send(order), null);
            using (ExecutionContext.SuppressFlow())
            {
                _ = Task.[|Run|](() => Send(order));
            }
            """),
        Code("""
            ThreadPool.QueueUserWorkItem(_ => Send(order), null);
            _ = Task.Run(() => Send(order));
            """));

    [Fact]
    public Task Item_InOldCSharp() => Fix(
        Code("ThreadPool.[|UnsafeQueueUserWorkItem|](new Item(), false);"),
        Code("ThreadPool.QueueUserWorkItem(item => item.Execute(), new Item(), preferLocal: false);"),
        Setup.OpenTelemetry with { Language = LanguageVersion.CSharp8, Nullable = false });

    [Fact]
    public Task SuppressFlow_AroundMore_IsLeftAlone() => NoFix(Code("""
        using (ExecutionContext.SuppressFlow())
        {
            Note(order);
            _ = Task.[|Run|](() => Send(order));
        }
        """));

    [Fact]
    public Task Item_WithAnExplicitMethod_IsLeftAlone() => NoFix(Code("ThreadPool.[|UnsafeQueueUserWorkItem|](new Hidden(), false);"));

    private static string Code(string statements) => Class($$"""
        public void Handle(string order)
        {
            using var activity = source.StartActivity("handle");
        {{string.Join('\n', statements.ReplaceLineEndings("\n").Split('\n').Select(static line => line.Length == 0 ? line : "    " + line))}}
        }

        private static void Send(string order) { using var own = source.StartActivity("send"); }

        private sealed class Item : IThreadPoolWorkItem { public void Execute() => Send(""); }

        private sealed class Hidden : IThreadPoolWorkItem { void IThreadPoolWorkItem.Execute() => Send(""); }
        """);

    private static Task Fix(string source, string @fixed, Setup? setup = null) => Verify<TL3001_WorkWithoutContext>.Fix<TL3001_CarryContext>(source, @fixed, setup);

    private static Task NoFix(string source) => Verify<TL3001_WorkWithoutContext>.NoFix<TL3001_CarryContext>(source);
}

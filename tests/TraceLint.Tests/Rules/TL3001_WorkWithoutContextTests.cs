using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.WorkCode;

namespace TraceLint.Tests.Rules;

public class TL3001_WorkWithoutContextTests
{
    private const string Work = "{ using var own = source.StartActivity(\"work\"); Note(order); }";

    [Theory]
    [InlineData("ThreadPool.[|UnsafeQueueUserWorkItem|](_ => " + Work + ", null);")]
    [InlineData("ThreadPool.[|UnsafeQueueUserWorkItem|](order => " + Work + ", order, preferLocal: true);")]
    [InlineData("new Thread(() => " + Work + ").[|UnsafeStart|]();")]
    [InlineData("ThreadPool.[|UnsafeQueueUserWorkItem|](_ => _http.GetAsync(order), null);")]
    [InlineData("ThreadPool.[|UnsafeQueueUserWorkItem|](_ => Send(order), null);")]
    [InlineData("ThreadPool.[|UnsafeQueueUserWorkItem|](_ => { var current = Activity.Current?.Context ?? default; Note(current.ToString()); Send(order); }, null);")]
    [InlineData("using (ExecutionContext.SuppressFlow()) { _running = Task.[|Run|](() => " + Work + "); }")]
    [InlineData("using (ExecutionContext.SuppressFlow()) { _ = Task.[|Run|](() => Send(order)); }")]
    [InlineData("using (ExecutionContext.SuppressFlow()) { ThreadPool.[|QueueUserWorkItem|](_ => Send(order)); }")]
    [InlineData("Task sent; using (ExecutionContext.SuppressFlow()) { sent = Task.[|Run|](() => Send(order)); } sent.Wait();")]
    public Task Work_OfTheMethodsSpan(string statement) => Verify(Class($$"""
        public void Handle(string order)
        {
            using var activity = source.StartActivity("handle");
            {{statement.Replace("order =>", "_ =>")}}
        }

        private void Send(string order)
        {
            using var own = source.StartActivity("send");
        }
        """));

    [Theory]
    [InlineData("using (TrySuppress()) { _ = Task.[|Run|](() => Send(order)); }")]
    [InlineData("using var flow = TrySuppress(); _ = Task.[|Run|](() => Send(order));")]
    [InlineData("var flow = ExecutionContext.SuppressFlow(); try { _ = Task.[|Run|](() => Send(order)); } finally { flow.Undo(); }")]
    [InlineData("var flow = TrySuppress(); try { if (order.Length > 0) { _ = Task.[|Run|](() => Send(order)); } } finally { flow.Dispose(); }")]
    public Task Work_WhoseFlowIsSuppressedInAnotherWay(string statement) => Verify(Suppressed(statement));

    [Theory]
    [InlineData("using (ReadControl()) { _ = Task.Run(() => Send(order)); }")]
    [InlineData("var flow = ExecutionContext.SuppressFlow(); try { order += order; } finally { flow.Undo(); } _ = Task.Run(() => Send(order));")]
    [InlineData("var flow = ExecutionContext.SuppressFlow(); try { order += order; } finally { flow.Undo(); _ = Task.Run(() => Send(order)); }")]
    [InlineData("var flow = default(AsyncFlowControl); try { _ = Task.Run(() => Send(order)); } finally { flow.Undo(); }")]
    public Task Work_WhoseFlowIsNotSuppressed(string statement) => Verify(Suppressed(statement));

    private static string Suppressed(string statement) => Class($$"""
        public void Handle(string order)
        {
            using var activity = source.StartActivity("handle");
            {{statement}}
        }

        private static AsyncFlowControl TrySuppress() => ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();

        private static AsyncFlowControl ReadControl() => default;

        private void Send(string order)
        {
            using var own = source.StartActivity("send");
        }
        """);

    [Fact]
    public Task Item_ThatSendsSomething() => Verify(Class("""
        public void Handle(string order)
        {
            using var activity = source.StartActivity("handle");
            ThreadPool.[|UnsafeQueueUserWorkItem|](new Item(order), preferLocal: false);
        }

        private sealed class Item : IThreadPoolWorkItem
        {
            private readonly string _order;

            public Item(string order) => _order = order;

            public void Execute()
            {
                using var own = source.StartActivity(_order);
            }
        }
        """));

    [Fact]
    public Task Span_OfACaller() => Verify(Class("""
        public async Task Handle(string order)
        {
            using var activity = source.StartActivity("handle");
            await Task.Yield();
            Notify(order);
        }

        private void Notify(string order) => ThreadPool.[|UnsafeQueueUserWorkItem|](_ => _http.GetAsync(order), null);
        """));

    [Fact]
    public Task Delegate_OfACaller() => Verify(Class("""
        public void Handle(string order)
        {
            using var activity = source.StartActivity("handle");
            Enqueue(() =>
            {
                using var own = source.StartActivity("work");
                Note(order);
            });
        }

        private static void Enqueue(Action work) => ThreadPool.[|UnsafeQueueUserWorkItem|](_ => work(), null);
        """));

    [Fact]
    public Task Publish() => Verify(Class("""
        public void Handle(Confluent.Kafka.IProducer<string, string> producer, string order)
        {
            using var activity = source.StartActivity("handle");
            ThreadPool.[|UnsafeQueueUserWorkItem|](_ => producer.Produce("orders", new Confluent.Kafka.Message<string, string> { Value = order }), null);
        }
        """));

    private static Task Verify(string source) => Verify<TL3001_WorkWithoutContext>.Rule(source);
}

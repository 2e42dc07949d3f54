using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.SpanCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL5001 stays silent about: values of which there are few, or that nothing is known of.</summary>
public class TL5001_UnboundedSpanNameSilentTests
{
    private static Task Verify(string members) => Verify<TL5001_UnboundedSpanName>.Rule(Traced("", members));

    [Fact]
    public Task Conventions() => Verify("""
        public void Spans(string topic, string queueName, string operation, string method, string routePattern, ActivityKind kind)
        {
            source.StartActivity($"{topic} publish");
            source.StartActivity("receive " + queueName, ActivityKind.Consumer);
            source.StartActivity($"{method} {routePattern}");
            source.StartActivity(string.Format("{0}.{1}", operation, kind));
        }
        """);

    [Fact]
    public Task Types() => Verify("""
        public void Spans<T>(object handler)
        {
            source.StartActivity($"{nameof(Sample)}.{nameof(Spans)}");
            source.StartActivity($"handle {typeof(T).Name}");
            source.StartActivity($"{handler.GetType().FullName} handle");
        }
        """);

    [Fact]
    public Task IdsOfWhatThereAreFewOf() => Verify("""
        public void Spans(string topicId, string operationId, string executorId, int partitionId, string consumerGroupId, Guid tenantId, int Thread_id)
        {
            source.StartActivity($"read {topicId}");
            source.StartActivity($"{operationId}");
            source.StartActivity("Executor " + executorId);
            source.StartActivity($"partition {partitionId} of {consumerGroupId}");
            source.StartActivity($"tenant {tenantId} on {Thread_id}");
        }
        """);

    [Fact]
    public Task Numbers() => Verify("""
        public void Spans(int attempt, int index, string version)
        {
            source.StartActivity($"attempt {attempt}");
            for (var i = 0; i < 3; i++)
                source.StartActivity($"part {i} {index + 1} v{version}");
        }
        """);

    [Fact]
    public Task ValuesNothingIsKnownOf() => Verify("""
        public void Spans(string name, string path, object value, dynamic bag, Message message)
        {
            source.StartActivity(name);
            source.StartActivity($"{name}.{path}");
            source.StartActivity("do " + value);
            source.StartActivity($"do {bag.Id} {message.Body}");
            source.StartActivity(NameFor(message));
        }

        private static string NameFor(Message message) => "send";
        """);

    [Fact]
    public Task WordsThatOnlyEndLikeIt() => Verify("""
        public void Spans(bool isValid, string grid, string Rapid, string curl)
        {
            source.StartActivity($"{isValid} {grid} {Rapid} {curl}");
        }
        """);

    [Fact]
    public Task Constants() => Verify("""
        private const string OrderId = "order-id";
        public void Spans()
        {
            source.StartActivity($"by {OrderId}");
            source.StartActivity("a" + OrderId);
        }
        """);

    [Fact]
    public Task Tags() => Verify("""
        public void Spans(string orderId, Activity activity)
        {
            activity.SetTag($"order {orderId}", orderId);
            source.StartActivity("process", ActivityKind.Internal, default(ActivityContext), new Dictionary<string, object?> { ["order.id"] = $"{orderId}" });
        }
        """);

    [Fact]
    public Task OwnMethod() => Verify("""
        private class Own { public void StartActivity(string text) { } }
        public void Spans(string orderId) => new Own().StartActivity($"{orderId}");
        """);

    [Fact]
    public Task OtherActivity() => Verify("""
        private static class Calendar { public class Activity { public Activity(string text) { } } }
        public object Spans(string orderId) => new Calendar.Activity($"{orderId}");
        """);

    /// <summary>What a method of the project is given need not be the name of its span.</summary>
    [Fact]
    public Task WrapperWithAnotherName() => Verify("""
        private static Activity? Begin(string order) => source.StartActivity("process")?.SetTag("order", order);
        private static Activity? BeginFor(string name, string order) => source.StartActivity(name)?.SetTag("order", order);
        public void Spans(string orderId)
        {
            using var one = Begin($"process {orderId}");
            using var other = BeginFor("process", $"{orderId}");
        }
        """);
}

using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.CodeFixes;

/// <summary>Where the project has a method that injects, the first action calls it.</summary>
public class TL1001_CallHelperTests
{
    private const string Inject = "Propagators.DefaultTextMapPropagator.Inject(default, HEADERS, static (h, key, value) => h.Add(key, Encoding.UTF8.GetBytes(value)));";

    private const string Publish = """
        var message = new Message<string, string> { Value = order.Id };
        producer.[|Produce|]("orders", message);
        """;

    private static Task Verify(string statements, string @fixed, string members)
    {
        members = members.Replace("INJECT", Inject, StringComparison.Ordinal);
        return Verify<TL1001_KafkaPublishWithoutContext>.Fix<TL1001_InjectIntoKafkaMessage>(Traced(statements, members), Traced(@fixed, members));
    }

    [Fact]
    public Task HelperForHeaders() => Verify(
        Publish,
        """
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        Tracing.Inject(message.Headers);
        producer.Produce("orders", message);
        """,
        "private static class Tracing { public static void Inject(Headers HEADERS) => INJECT }".Replace("INJECT", Inject, StringComparison.Ordinal).Replace("HEADERS", "headers", StringComparison.Ordinal));

    [Fact]
    public Task HelperForMessages_GoesFirst() => Verify(
        Publish,
        """
        var message = new Message<string, string> { Value = order.Id };
        AddContext(message);
        producer.Produce("orders", message);
        """,
        """
        private static void AddContext<K, V>(Message<K, V> message, int attempts = 1) { message.Headers ??= new Headers(); Stamp(message.Headers); }
        private static Headers Stamp(Headers headers) { INJECT return headers; }
        """.Replace("INJECT", Inject.Replace("HEADERS", "headers", StringComparison.Ordinal), StringComparison.Ordinal));

    [Fact]
    public Task Extension_IsCalledAsOne() => Verify(
        """
        producer.[|Produce|]("orders", new Message<string, string> { Value = order.Id });
        """,
        """
        var message = new Message<string, string> { Value = order.Id };
        message.InjectTraceContext(Activity.Current);
        producer.Produce("orders", message);
        """,
        """
        } public static class Tracing
        {
            public static void InjectTraceContext<K, V>(this Message<K, V> message, Activity? activity)
            {
                message.Headers = message.Headers ?? new Headers();
                INJECT
            }
        """.Replace("INJECT", Inject.Replace("HEADERS", "message.Headers", StringComparison.Ordinal), StringComparison.Ordinal));

    /// <summary>Methods that look like a helper, and are none that can be called here.</summary>
    public static TheoryData<string> NoHelpers =>
    [
        "private static void Stamp(Headers headers, Activity? activity) { if (activity != null) { INJECT } }",
        "private static void Stamp(Headers headers, int partition) { INJECT }",
        "private static class Tracing { private static void Stamp(Headers headers) { INJECT } }",
        "private class Tracing { public void Stamp(Headers headers) { INJECT } }",
        "private static async Task Stamp(Headers headers) { await Task.Yield(); INJECT }",
        "private static void Stamp(Headers other) { var headers = new Headers(); INJECT }",
    ];

    [Theory]
    [MemberData(nameof(NoHelpers))]
    public Task NoHelperInReach_IsInjectedInline(string member) => Verify(
        Publish,
        """
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
            message.Headers,
            static (headers, key, value) =>
            {
                headers.Remove(key);
                headers.Add(key, Encoding.UTF8.GetBytes(value));
            });
        producer.Produce("orders", message);
        """,
        member.Replace("INJECT", Inject.Replace("HEADERS", "headers", StringComparison.Ordinal), StringComparison.Ordinal));

    [Fact]
    public Task WrapperThatTakesHeaders_GetsThemInjected() => Verify(
        """
        var headers = new Headers();
        [|Send|](producer, order.Id, headers);
        """,
        """
        var headers = new Headers();
        Stamp(headers);
        Send(producer, order.Id, headers);
        """,
        """
        private static void Send(IProducer<string, string> p, string id, Headers headers) => p.Produce("orders", new Message<string, string> { Value = id, Headers = headers });
        private static void Stamp(Headers headers) { INJECT }
        """.Replace("INJECT", Inject.Replace("HEADERS", "headers", StringComparison.Ordinal), StringComparison.Ordinal));
}

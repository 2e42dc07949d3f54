using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL1001 says: the API, the reason, and where the evidence is.</summary>
public class TL1001_KafkaPublishWithoutContextMessageTests
{
    [Fact]
    public Task NoHeaders() => Verify(
        "the message created on line 22 has no headers", "inject the current context", "new Message<string, string> { Value = order.Id }",
        """
        var message = new Message<string, string> { Value = order.Id };
        producer.Produce("orders", message);
        """);

    [Fact]
    public Task NoHeaders_OnTheReportedLine() => Verify(
        "the message has no headers", "inject the current context", "new Message<string, string> { Value = order.Id }",
        """
        producer.Produce("orders", new Message<string, string> { Value = order.Id });
        """);

    [Fact]
    public async Task TwoMessages_AreNamedInTheOrderOfTheCode()
    {
        for (var run = 0; run < 20; run++)
        {
            var diagnostic = Assert.Single(await Analysis.RunAsync(Method("""
                var message = flag
                    ? new Message<string, string> { Value = "a" }
                    : new Message<string, string> { Value = "b" };
                producer.Produce("orders", message);
                """)));
            Assert.Contains("(the message created on line 21 has no headers)", diagnostic.GetMessage(null), StringComparison.Ordinal);
        }
    }

    [Fact]
    public Task HeadersWithoutContext() => Verify(
        "nothing injects into the headers created on line 22", "inject the current context", "new Headers()",
        """
        var headers = new Headers();
        producer.Produce("orders", new Message<string, string> { Headers = headers });
        """);

    [Fact]
    public Task InjectedTooLate() => Verify(
        "TextMapPropagator.Inject on line 24 comes after the publish", "inject before it", "Propagators.DefaultTextMapPropagator.Inject(new(Activity.Current?.Context ?? default, Baggage.Current), message.Headers, Set)",
        """
        var message = new Message<string, string> { Headers = new Headers() };
        producer.Produce("orders", message);
        Propagators.DefaultTextMapPropagator.Inject(new(Activity.Current?.Context ?? default, Baggage.Current), message.Headers, Set);
        """);

    [Fact]
    public Task WrittenTooLate() => Verify(
        "traceparent on line 24 comes after the publish", "inject before it", """message.Headers.Add("traceparent", [])""",
        """
        var message = new Message<string, string> { Headers = new Headers() };
        producer.Produce("orders", message);
        message.Headers.Add("traceparent", []);
        """);

    [Fact]
    public Task InjectedElsewhere() => Verify(
        "TextMapPropagator.Inject on line 23 writes to other headers", "inject into those of the message", "Propagators.DefaultTextMapPropagator.Inject(new(Activity.Current?.Context ?? default, Baggage.Current), headers, Set)",
        """
        var headers = new Headers();
        Propagators.DefaultTextMapPropagator.Inject(new(Activity.Current?.Context ?? default, Baggage.Current), headers, Set);
        producer.Produce("orders", new Message<string, string> { Value = order.Id });
        """);

    [Fact]
    public Task InjectedInOneBranch() => Verify(
        "TextMapPropagator.Inject on line 23 is not on every path", "inject on every path", "Propagators.DefaultTextMapPropagator.Inject(new(Activity.Current?.Context ?? default, Baggage.Current), message.Headers, Set)",
        """
        var message = new Message<string, string> { Headers = new Headers() };
        if (order.Id == "vip") Propagators.DefaultTextMapPropagator.Inject(new(Activity.Current?.Context ?? default, Baggage.Current), message.Headers, Set);
        producer.Produce("orders", message);
        """);

    [Fact]
    public async Task HelperInAnotherType_IsNamedWithIt()
    {
        var diagnostic = Assert.Single(await Analysis.RunAsync(Method("""producer.Produce("orders", new Message<string, string> { Headers = OrderHeaders.For(order) });""")
            + "public static class OrderHeaders { public static Headers For(Order order) => new() { { \"type\", [] } }; }"));
        Assert.Contains("(nothing injects into the headers from 'OrderHeaders.For')", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    private static async Task Verify(string reason, string advice, string evidence, string statements)
    {
        var source = Traced(statements, "private static void Set(Headers headers, string key, string value) => headers.Add(key, Encoding.UTF8.GetBytes(value));");
        var diagnostic = Assert.Single(await Analysis.RunAsync(source));
        Assert.Equal($"Produce publishes a message without trace context ({reason}); {advice}", diagnostic.GetMessage(null));
        var location = Assert.Single(diagnostic.AdditionalLocations);
        Assert.Equal(evidence, source.Substring(location.SourceSpan.Start, location.SourceSpan.Length));
    }
}

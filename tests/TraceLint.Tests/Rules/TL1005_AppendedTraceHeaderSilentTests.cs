using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL1005 stays silent about: the header is replaced, or there may be none yet.</summary>
public class TL1005_AppendedTraceHeaderSilentTests
{
    private const string Setter = "(headers, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value))";

    private static Task Verify(string statements, string members = "") => Verify<TL1005_AppendedTraceHeader>.Rule(Traced("", $$"""
        public void Forward(IProducer<string, string> producer, ConsumeResult<string, string> result, Headers given, PropagationContext context)
        {
        {{statements}}
        }

        {{members}}
        """));

    [Fact]
    public Task NewHeaders() => Verify($$"""
        var message = new Message<string, string> { Value = result.Message.Value, Headers = new Headers() };
        Propagators.DefaultTextMapPropagator.Inject(context, message.Headers, {{Setter}});
        producer.Produce("retry", message);
        """);

    [Fact]
    public Task SetterThatReplaces() => Verify("""
        Propagators.DefaultTextMapPropagator.Inject(context, result.Message.Headers, (headers, key, value) =>
        {
            headers.Remove(key);
            headers.Add(key, Encoding.UTF8.GetBytes(value));
        });
        producer.Produce("retry", result.Message);
        """);

    [Fact]
    public Task SetterThatCallsAnother() => Verify(
        """
        Propagators.DefaultTextMapPropagator.Inject(context, result.Message.Headers, (headers, key, value) => Replace(headers, key).Add(key, Encoding.UTF8.GetBytes(value)));
        producer.Produce("retry", result.Message);
        """,
        "private static Headers Replace(Headers headers, string key) { headers.Remove(key); return headers; }");

    [Fact]
    public Task SetterThatCannotBeSeen() => Verify(
        """
        Propagators.DefaultTextMapPropagator.Inject(context, result.Message.Headers, set);
        Propagators.DefaultTextMapPropagator.Inject(context, result.Message.Headers, Set);
        producer.Produce("retry", result.Message);
        """,
        """
        private Action<Headers, string, string> set = null!;
        private static extern void Set(Headers headers, string key, string value);
        """);

    [Fact]
    public Task RemovedBefore() => Verify($$"""
        result.Message.Headers.Remove("traceparent");
        Propagators.DefaultTextMapPropagator.Inject(context, result.Message.Headers, {{Setter}});
        producer.Produce("retry", result.Message);
        """);

    [Fact]
    public Task RemovedBeforeByHand() => Verify("""
        var headers = result.Message.Headers;
        foreach (var name in new[] { "traceparent", "tracestate" })
        {
            headers.Remove(name);
        }

        headers.Add("traceparent", Encoding.UTF8.GetBytes(Activity.Current!.Id!));
        producer.Produce("retry", result.Message);
        """);

    [Fact]
    public Task RemovedByAHelper() => Verify(
        $$"""
        Clean(result.Message);
        Propagators.DefaultTextMapPropagator.Inject(context, result.Message.Headers, {{Setter}});
        producer.Produce("retry", result.Message);
        """,
        """private static void Clean(Message<string, string> message) => message.Headers.Remove("traceparent");""");

    [Fact]
    public Task HeadersThatMayBeNew() => Verify($$"""
        var headers = given ?? new Headers();
        Propagators.DefaultTextMapPropagator.Inject(context, headers, {{Setter}});
        var others = result.Message.Value == "" ? new Headers() : result.Message.Headers;
        Propagators.DefaultTextMapPropagator.Inject(context, others, {{Setter}});
        producer.Produce("retry", new Message<string, string> { Headers = headers });
        """);

    [Fact]
    public Task HeadersFromAParameter() => Verify($$"""
        Propagators.DefaultTextMapPropagator.Inject(context, given, {{Setter}});
        given.Add("traceparent", []);
        """);

    [Fact]
    public Task CopiedWithoutSome() => Verify($$"""
        var headers = new Headers();
        foreach (var header in result.Message.Headers.Where(h => h.Key != "traceparent"))
        {
            headers.Add(header.Key, header.GetValueBytes());
        }

        foreach (var header in result.Message.Headers)
        {
            if (header.Key != "traceparent")
            {
                headers.Add(header.Key, header.GetValueBytes());
            }
        }

        Propagators.DefaultTextMapPropagator.Inject(context, headers, {{Setter}});
        producer.Produce("retry", new Message<string, string> { Headers = headers });
        """);

    [Fact]
    public Task OtherHeaders() => Verify("""
        result.Message.Headers.Add("attempt", []);
        result.Message.Headers.Add("parentOrder", []);
        producer.Produce("retry", result.Message);
        """);

    [Fact]
    public Task OwnInject() => Verify(
        "Inject(result.Message.Headers); new List<string>().Add(\"traceparent\");",
        "private static void Inject(Headers headers) { }");
}

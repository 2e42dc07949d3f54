using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL1005 reports. What it does not is in TL1005_AppendedTraceHeaderSilentTests.</summary>
public class TL1005_AppendedTraceHeaderTests
{
    private const string Setter = "(headers, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value))";

    private static Task Verify(string statements, string members = "") => Verify<TL1005_AppendedTraceHeader>.Rule(Traced("", $$"""
        public void Forward(IProducer<string, string> producer, ConsumeResult<string, string> result, PropagationContext context)
        {
        {{statements}}
        }

        {{members}}
        """));

    [Fact]
    public Task InjectedIntoReceivedHeaders() => Verify($"""
        Propagators.DefaultTextMapPropagator.[|Inject|](context, result.Message.Headers, {Setter});
        producer.Produce("retry", result.Message);
        """);

    [Fact]
    public Task InjectedIntoReceivedHeadersOfANewMessage() => Verify($$"""
        var message = new Message<string, string> { Value = result.Message.Value, Headers = result.Message.Headers };
        message.Headers.Add("attempt", []);
        Propagators.DefaultTextMapPropagator.[|Inject|](context, message.Headers, {{Setter}});
        producer.Produce("retry", message);
        """);

    [Fact]
    public Task InjectedBySystemDiagnostics() => Verify("""
        var headers = result.Message.Headers;
        DistributedContextPropagator.Current.[|Inject|](Activity.Current, headers, (_, key, value) => headers.Add(new Header(key, Encoding.UTF8.GetBytes(value))));
        producer.Produce("retry", new Message<string, string> { Headers = headers });
        """);

    [Fact]
    public Task SetterOfTheProject() => Verify(
        """
        Propagators.DefaultTextMapPropagator.[|Inject|](context, result.Message.Headers, Set);
        Propagators.DefaultTextMapPropagator.[|Inject|](context, result.Message.Headers, s_set);
        producer.Produce("retry", result.Message);
        """,
        $$"""
        private static readonly Action<Headers, string, string> s_set = {{Setter}};
        private static void Set(Headers headers, string key, string value)
        {
            var bytes = Encoding.UTF8.GetBytes(value);
            headers.Add(key, bytes);
        }
        """);

    [Fact]
    public Task AddedByHand() => Verify("""
        result.Message.Headers.[|Add|]("traceparent", Encoding.UTF8.GetBytes(Activity.Current!.Id!));
        producer.Produce("retry", result.Message);
        """);

    [Fact]
    public Task AddedByHandUnderAConstant() => Verify(
        """
        var message = result.Message;
        message.Headers.[|Add|](new Header(TraceParent, Encoding.UTF8.GetBytes(Activity.Current!.Id!)));
        producer.Produce("retry", message);
        """,
        """private const string TraceParent = "traceparent";""");

    [Fact]
    public Task CopiedWholeAndInjected() => Verify($$"""
        var headers = new Headers();
        foreach (var header in result.Message.Headers)
        {
            headers.Add(header.Key, header.GetValueBytes());
        }

        Propagators.DefaultTextMapPropagator.[|Inject|](context, headers, {{Setter}});
        producer.Produce("retry", new Message<string, string> { Headers = headers });
        """);
}

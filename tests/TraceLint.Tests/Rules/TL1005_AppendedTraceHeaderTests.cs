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

    private static string InLoop(string before, string loop, string inside) => $$"""
        {{before}}
        {{loop}}
        {
            {{inside}}
        }
        """;

    private const string AddSetter = $$"""
        private static void Add(Headers headers, PropagationContext context)
            => Propagators.DefaultTextMapPropagator.Inject(context, headers, {{Setter}});
        private static void Enrich(Message<string, string> message, PropagationContext context) => Add(message.Headers, context);
        private static void AddOnce(Headers headers, PropagationContext context) { headers.Remove("traceparent"); Add(headers, context); }
        private static void Tag(Headers headers) => headers.Add("tenant", []);
        """;

    private const string Made = "var headers = new Headers(); var message = new Message<string, string> { Headers = headers };";
    private const string Each = "foreach (var value in new[] { \"a\", \"b\" })";
    private const string Retry = "for (var tries = 0; tries < 3; tries++)";

    [Theory]
    [InlineData(Made, Each, "Propagators.DefaultTextMapPropagator.[|Inject|](context, headers, " + Setter + "); producer.Produce(\"a\", message);")]
    [InlineData(Made, Each, "headers.[|Add|](\"traceparent\", Encoding.UTF8.GetBytes(Activity.Current!.Id!)); producer.Produce(\"a\", new Message<string, string> { Value = value, Headers = headers });")]
    [InlineData(Made, Each, "[|Add|](headers, context); producer.Produce(\"a\", message);")]
    [InlineData(Made, Retry, "[|Enrich|](message, context); try { producer.Produce(\"a\", message); return; } catch (KafkaException) { }")]
    [InlineData(Made, "while (true)", "try { [|Add|](message.Headers, context); producer.Produce(\"a\", message); break; } catch (KafkaException) { }")]
    public Task HeadersOfAllIterations(string before, string loop, string inside) => Verify(InLoop(before, loop, inside), AddSetter);

    [Theory]
    [InlineData("", Each, Made + " Add(headers, context); producer.Produce(\"a\", message);")]
    [InlineData(Made, Each, "message.Headers = new Headers(); Add(message.Headers, context); producer.Produce(\"a\", message);")]
    [InlineData(Made, Each, "AddOnce(headers, context); producer.Produce(\"a\", message);")]
    [InlineData(Made, Each, "headers.Remove(\"traceparent\"); Add(headers, context); producer.Produce(\"a\", message);")]
    [InlineData(Made, Retry, "if (tries == 0) Add(headers, context); producer.Produce(\"a\", message);")]
    [InlineData(Made, Retry, "Add(headers, context); producer.Produce(\"a\", message); return;")]
    [InlineData(Made + " Add(headers, context);", Each, "Tag(headers); producer.Produce(\"a\", message);")]
    [InlineData(Made, Each, "Add(headers, context); }\n producer.Produce(\"a\", message);\n{")]
    public Task HeadersOfOneIteration(string before, string loop, string inside) => Verify(InLoop(before, loop, inside), AddSetter);
}

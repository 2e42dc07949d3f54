using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2010_ContextReadFromWrongPlace>;

namespace TraceLint.Tests.Rules;

/// <summary>What TL2010 reports. What it does not is in TL2010_ContextReadFromWrongPlaceSilentTests.</summary>
public class TL2010_ContextReadFromWrongPlaceTests
{
    private static Task Sqs(string statements, string members = "", Setup? setup = null)
        => Verify.Rule(ConsumerCode.SqsHandler(statements, members), setup ?? Setup.Aws);

    private static Task Kafka(string statements, string members = "")
        => Verify.Rule(ConsumerCode.KafkaHandler(statements, members));

    private static Task Rabbit(string statements) => Verify.Rule(ConsumerCode.RabbitHandler(statements), Setup.Rabbit);

    [Fact]
    public Task Lookup() => Sqs("""
        var isTraced = message.[|Attributes|].TryGetValue("traceparent", out var parent);
        var state = message.[|Attributes|].GetValueOrDefault("tracestate");
        if (message.[|Attributes|].ContainsKey("baggage"))
        {
            Console.WriteLine(message.[|Attributes|]["baggage"]);
        }
        """);

    [Fact]
    public Task LookupInAMemberThatMayBeNull() => Sqs("""
        var first = message.[|Attributes|]?.GetValueOrDefault("traceparent");
        var second = message?.[|Attributes|]["traceparent"];
        var third = message?.[|Attributes|]?["tracestate"];
        """);

    [Fact]
    public Task Constants() => Sqs(
        """
        message.[|Attributes|].TryGetValue(TraceParent, out var parent);
        message.[|Attributes|].TryGetValue(Names.TraceState, out var state);
        """,
        """
        private const string TraceParent = "traceparent";

        private static class Names
        {
            public static readonly string TraceState = "tracestate";
        }
        """);

    [Fact]
    public Task Local() => Sqs("""
        var attributes = message.Attributes ?? new Dictionary<string, string>();
        [|attributes|].TryGetValue("traceparent", out var parent);
        """);

    [Fact]
    public Task Sequence() => Sqs("""
        var first = message.[|Attributes|].FirstOrDefault(attribute => attribute.Key == "traceparent").Value;
        foreach (var attribute in message.[|Attributes|])
        {
            if (attribute.Key.Equals("tracestate"))
            {
                Console.WriteLine(attribute.Value);
            }
        }
        """);

    [Fact]
    public Task OldVersion() => Sqs("message.[|Attributes|].TryGetValue(\"traceparent\", out var parent);", setup: Setup.Sqs3);

    [Fact]
    public Task Lambda() => Verify.Rule(ConsumerCode.Lambda("""
        public void Handle(SQSEvent sqs)
        {
            foreach (var record in sqs.Records)
            {
                record.[|Attributes|].TryGetValue("traceparent", out var parent);
            }
        }
        """), TL2002_SqsSpanWithoutContextTests.Lambda);

    [Fact]
    public Task AnotherMethodLooksInTheRightPlace() => Sqs(
        "message.[|Attributes|].TryGetValue(\"traceparent\", out var parent);",
        """
        public string? Other(Message message) => message.MessageAttributes.TryGetValue("traceparent", out var parent) ? parent.StringValue : null;
        """);

    [Fact]
    public Task Extraction() => Sqs("""
        var parent = Propagators.DefaultTextMapPropagator.Extract(
            default, message.[|Attributes|], (attributes, key) => attributes.TryGetValue(key, out var value) ? [value] : []);
        """);

    [Fact]
    public Task ExtractionByAMethod() => Sqs(
        """
        var attributes = message.Attributes;
        var parent = Propagators.DefaultTextMapPropagator.Extract(default, [|attributes|], Get);
        """,
        """
        private static IEnumerable<string> Get(Dictionary<string, string> attributes, string key)
        {
            if (attributes.TryGetValue(key, out var value))
            {
                yield return value;
            }
        }
        """);

    [Fact]
    public Task ExtractionWithSystemDiagnostics() => Verify.Rule(
        ConsumerCode.Sqs("await Task.Yield();", """
            public void Process(Message message)
            {
                DistributedContextPropagator.Current.ExtractTraceIdAndState(message.[|Attributes|], Get, out var parent, out var state);
            }

            private static void Get(object? carrier, string name, out string? value, out IEnumerable<string>? values)
            {
                values = null;
                ((Dictionary<string, string>)carrier!).TryGetValue(name, out value);
            }
            """, usings: ""),
        Setup.AwsWithSystemDiagnostics);

    [Fact]
    public Task XRayHeaderInMessageAttributes() => Sqs("""
        message.[|MessageAttributes|].TryGetValue("AWSTraceHeader", out var header);
        """);

    [Fact]
    public Task XRayHeaderThatIsRequested() => Sqs(
        """
        message.[|MessageAttributes|].TryGetValue(TraceHeader, out var header);
        """,
        """
        private const string TraceHeader = "AWSTraceHeader";

        public Task Receive(IAmazonSQS sqs, string url) => sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url) { MessageSystemAttributeNames = [TraceHeader] });
        """);

    [Fact]
    public Task SpellingInKafkaHeaders() => Kafka("""
        result.Message.Headers.TryGetLastBytes([|"TraceParent"|], out var parent);
        var state = result.Message.Headers.GetLastBytes([|"TRACESTATE"|]);
        var first = result.Message.Headers.FirstOrDefault(header => header.Key == [|"Traceparent"|]);
        var second = result.Message.Headers.FirstOrDefault(header => string.Equals(header.Key, [|"Tracestate"|]));
        """);

    [Fact]
    public Task SpellingInALoop() => Kafka("""
        foreach (var header in result.Message.Headers)
        {
            switch (header.Key)
            {
                case [|"TraceParent"|]:
                    Console.WriteLine(header.GetValueBytes());
                    break;
            }

            if (header.Key is [|"traceState"|] || header.Key.Equals([|"TRACESTATE"|]))
            {
                Console.WriteLine(header.GetValueBytes());
            }
        }
        """);

    [Fact]
    public Task SpellingOfAConstant() => Kafka(
        "result.Message.Headers.TryGetLastBytes([|ParentHeader|], out var parent);",
        "private const string ParentHeader = \"TraceParent\";");

    [Fact]
    public Task SpellingInRabbitHeaders() => Rabbit("""
        delivery.BasicProperties.Headers.TryGetValue([|"TraceParent"|], out var parent);
        var headers = delivery.BasicProperties?.Headers;
        var state = headers?[[|"TraceState"|]];
        """);

    [Fact]
    public Task SpellingInMessageAttributes() => Sqs("""
        message.MessageAttributes.TryGetValue([|"TraceParent"|], out var parent);
        """);

    [Fact]
    public Task SpellingIsAlsoLogged() => Kafka("""
        if (result.Message.Headers.TryGetLastBytes([|"TraceParent"|], out var parent))
        {
            Activity.Current?.SetTag("TraceParent", Encoding.UTF8.GetString(parent));
        }
        """);
}

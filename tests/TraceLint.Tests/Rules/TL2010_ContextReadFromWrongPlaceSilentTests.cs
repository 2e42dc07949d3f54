using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2010_ContextReadFromWrongPlace>;

namespace TraceLint.Tests.Rules;

/// <summary>What TL2010 does not report.</summary>
public class TL2010_ContextReadFromWrongPlaceSilentTests
{
    private const string Lookup = "message.Attributes.TryGetValue(\"traceparent\", out var parent);";

    private const string Extraction = """
        var parent = Propagators.DefaultTextMapPropagator.Extract(
            default, message.Attributes, (attributes, key) => attributes.TryGetValue(key, out var value) ? [value] : []);
        """;

    private static Task Sqs(string statements, string members = "")
        => Verify.Rule(ConsumerCode.SqsHandler(statements, members), Setup.Aws);

    private static Task Kafka(string statements, string members = "", Setup? setup = null)
        => Verify.Rule(ConsumerCode.KafkaHandler(statements, members), setup);

    private static Task Rabbit(string statements) => Verify.Rule(ConsumerCode.RabbitHandler(statements), Setup.Rabbit);

    [Fact]
    public Task RightPlace() => Sqs("""
        message.MessageAttributes.TryGetValue("traceparent", out var parent);
        message.Attributes.TryGetValue("AWSTraceHeader", out var header);
        var sender = message.Attributes["SenderId"];
        var requested = message.Attributes[MessageSystemAttributeName.ApproximateReceiveCount];
        """);

    [Fact]
    public Task NameThatCannotBeRead() => Sqs("""
        foreach (var name in new[] { "traceparent", "tracestate" })
        {
            message.Attributes.TryGetValue(name, out var value);
        }
        """);

    [Fact]
    public Task BothPlaces() => Sqs("""
        if (!message.MessageAttributes.TryGetValue("traceparent", out var attribute))
        {
            message.Attributes.TryGetValue("traceparent", out var parent);
        }
        """);

    [Fact]
    public Task BothPlaces_InTwoHelpers() => Sqs(
        "var parent = OfAttributes(message) ?? OfSystem(message);",
        """
        private static string? OfAttributes(Message message) => message.MessageAttributes.TryGetValue("traceparent", out var parent) ? parent.StringValue : null;

        private static string? OfSystem(Message message) => message.Attributes.TryGetValue("traceparent", out var parent) ? parent : null;
        """);

    [Fact]
    public Task BothPlaces_OneOfThemByAPropagator() => Sqs($$"""
        {{Lookup}}
        var context = Propagators.DefaultTextMapPropagator.Extract(
            default, message.MessageAttributes, (attributes, key) => attributes.TryGetValue(key, out var value) ? [value.StringValue] : []);
        """);

    [Fact]
    public Task BothPlaces_InAProgram() => Verify.Program("""
        using Amazon.SQS.Model;

        var message = new Message();
        message.MessageAttributes.TryGetValue("traceparent", out var attribute);
        message.Attributes.TryGetValue("traceparent", out var parent);
        """, Setup.Aws);

    [Fact]
    public Task AttributesWrittenByTheProject() => Sqs(Lookup, """
        public void Copy(Message message) => message.Attributes["traceparent"] = message.MessageAttributes["parent"].StringValue;
        """);

    [Fact]
    public Task AttributesSetByTheProject() => Sqs(Lookup, """
        public Message Fake() => new Message { Attributes = new Dictionary<string, string>(), Body = "fake" };
        """);

    [Fact]
    public Task AttributesAddedToByTheProject() => Sqs(Lookup, """
        public void Copy(Message message, string value) => message.Attributes.Add("traceparent", value);
        """);

    [Fact]
    public Task AttributesOfSomethingElse() => Sqs("""
        var own = new Envelope().Attributes["traceparent"];
        """, """
        private sealed class Envelope { public Dictionary<string, string> Attributes { get; } = new(); }
        """);

    [Fact]
    public Task AttributesThatMayBeOthers() => Sqs("""
        var attributes = message.Attributes;
        if (message.Body.Length > 0)
        {
            attributes = JsonSerializer.Deserialize<Dictionary<string, string>>(message.Body)!;
        }

        attributes.TryGetValue("traceparent", out var parent);
        """);

    [Fact]
    public Task ExtractionWithXRay() => Sqs(Extraction, """
        // Sdk.SetDefaultTextMapPropagator(new AWSXRayPropagator());
        """);

    [Fact]
    public Task ExtractionOfXRaysHeader() => Sqs("""
        var parent = Propagators.DefaultTextMapPropagator.Extract(default, message.Attributes, (attributes, key)
            => attributes.TryGetValue(key == "X-Amzn-Trace-Id" ? "AWSTraceHeader" : key, out var value) ? [value] : []);
        """);

    [Fact]
    public Task ExtractionByAGetterThatReadsSomethingElse() => Sqs("""
        var parent = Propagators.DefaultTextMapPropagator.Extract(default, message.Attributes, (_, key)
            => message.MessageAttributes.TryGetValue(key, out var value) ? [value.StringValue] : []);
        """);

    [Fact]
    public Task ExtractionByAGetterThatTranslates() => Sqs("""
        var parent = Propagators.DefaultTextMapPropagator.Extract(default, message.Attributes, (attributes, key)
            => attributes.TryGetValue("My" + key, out var value) ? [value] : []);
        """);

    [Fact]
    public Task ExtractionByAGetterThatIsHandedIn() => Verify.Rule(ConsumerCode.Sqs("await Task.Yield();", """
        public void Process(Message message, Func<Dictionary<string, string>, string, IEnumerable<string>> getter)
        {
            var parent = Propagators.DefaultTextMapPropagator.Extract(default, message.Attributes, getter);
        }
        """), Setup.Aws);

    [Fact]
    public Task ExtractionByAPropagatorOfTheProject() => Sqs(Extraction, """
        private abstract class Own : TextMapPropagator { }
        """);

    [Fact]
    public Task XRayHeaderWrittenAsAMessageAttribute() => Sqs("message.MessageAttributes.TryGetValue(\"AWSTraceHeader\", out var header);", """
        public void Add(SendMessageRequest request, string header)
            => request.MessageAttributes["AWSTraceHeader"] = new MessageAttributeValue { DataType = "String", StringValue = header };
        """);

    [Fact]
    public Task XRayHeaderInBothPlaces() => Sqs("""
        if (!message.Attributes.TryGetValue("AWSTraceHeader", out var header) && message.MessageAttributes.TryGetValue("AWSTraceHeader", out var attribute))
        {
            header = attribute.StringValue;
        }
        """);

    [Fact]
    public Task RightSpelling() => Kafka("""
        result.Message.Headers.TryGetLastBytes("traceparent", out var parent);
        var state = result.Message.Headers.FirstOrDefault(header => header.Key == "tracestate");
        """);

    [Fact]
    public Task OtherHeaders() => Kafka("""
        result.Message.Headers.TryGetLastBytes("Baggage", out var suitcase);
        result.Message.Headers.TryGetLastBytes("TraceId", out var id);
        result.Message.Headers.TryGetLastBytes("Trace-Parent", out var parent);
        """);

    [Fact]
    public Task BothSpellings() => Kafka("""
        if (!result.Message.Headers.TryGetLastBytes("traceparent", out var parent))
        {
            result.Message.Headers.TryGetLastBytes("TraceParent", out parent);
        }
        """);

    [Fact]
    public Task LetterCaseIsIgnored() => Kafka("""
        var first = result.Message.Headers.FirstOrDefault(header => string.Equals(header.Key, "TraceParent", StringComparison.OrdinalIgnoreCase));
        var second = result.Message.Headers.FirstOrDefault(header => header.Key.Equals("TraceParent", StringComparison.InvariantCultureIgnoreCase));
        var third = result.Message.Headers.FirstOrDefault(header => header.Key.ToUpperInvariant() == "TRACEPARENT");
        var fourth = result.Message.Headers.FirstOrDefault(header => StringComparer.OrdinalIgnoreCase.Equals(header.Key, "TraceParent"));
        """);

    [Fact]
    public Task LetterCaseIsIgnored_ByADictionary() => Kafka("""
        var headers = result.Message.Headers.ToDictionary(header => header.Key, header => header.GetValueBytes(), StringComparer.OrdinalIgnoreCase);
        headers.TryGetValue("TraceParent", out var parent);
        """);

    [Fact]
    public Task OwnSpelling() => Kafka("result.Message.Headers.TryGetLastBytes(\"TraceParent\", out var parent);", """
        public void Publish(Headers headers, string parent) => headers.Add("TraceParent", Encoding.UTF8.GetBytes(parent));
        """);

    [Fact]
    public Task OwnSpelling_InAnInitializer() => Kafka("result.Message.Headers.TryGetLastBytes(\"TraceParent\", out var parent);", """
        public Headers Make(byte[] parent) => new Headers { { "TraceParent", parent } };
        """);

    [Fact]
    public Task OwnSpelling_ByAConstant() => Kafka("result.Message.Headers.TryGetLastBytes(ParentHeader, out var parent);", """
        private const string ParentHeader = "TraceParent";

        public Header Make(byte[] parent) => new Header(ParentHeader, parent);
        """);

    [Fact]
    public Task SharedConstant() => Kafka("result.Message.Headers.TryGetLastBytes(ParentHeader, out var parent);", """
        public const string ParentHeader = "TraceParent";
        """);

    [Fact]
    public Task HttpHeaders() => Kafka("""
        var request = new System.Net.Http.HttpRequestMessage();
        request.Headers.TryGetValues("TraceParent", out var parents);
        """);

    [Fact]
    public Task Environment() => Kafka("""
        var parent = System.Environment.GetEnvironmentVariable("TRACEPARENT");
        """);

    [Fact]
    public Task MembersOfABody() => Kafka("""
        var body = JsonSerializer.Deserialize<Dictionary<string, string>>(result.Message.Value)!;
        body.TryGetValue("TraceParent", out var parent);
        var root = JsonDocument.Parse(result.Message.Value).RootElement;
        root.TryGetProperty("TraceParent", out var property);
        """);

    [Fact]
    public Task DictionaryOfAnOwnMessage() => Kafka("new Envelope().Headers.TryGetValue(\"TraceParent\", out var parent);", """
        private sealed class Envelope { public Dictionary<string, object> Headers { get; } = new(); }
        """);

    [Fact]
    public Task RabbitHeaders() => Rabbit("""
        delivery.BasicProperties.Headers.TryGetValue("traceparent", out var parent);
        delivery.BasicProperties.Headers["TraceState"] = "vendor=1";
        var state = delivery.BasicProperties.Headers["TraceState"];
        """);
}

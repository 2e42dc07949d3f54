using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.AwsCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL2004 stays silent about: the attributes are asked for, or may be, or nobody needs them.</summary>
public class TL2004_ReceiveWithoutTraceAttributesSilentTests
{
    private const string Process = "foreach (var message in response.Messages) { Handle(message.Body); }";

    private static Task Verify(string statements, string members = "", Setup? setup = null)
        => Verify<TL2004_ReceiveWithoutTraceAttributes>.Rule(Method("", $$"""
            public async Task Poll(IAmazonSQS sqs, string url, List<string> given, ReceiveMessageRequest made, CancellationToken cancellation)
            {
            {{statements}}
            }

            private void Handle(object body) { }

            {{members}}
            """), setup ?? Setup.Aws);

    [Theory]
    [InlineData("[\"All\"]")]
    [InlineData("new List<string> { \"All\" }")]
    [InlineData("new() { \".*\" }")]
    [InlineData("[\"Type\", \"traceparent\", \"tracestate\"]")]
    [InlineData("[\"trace.*\"]")]
    [InlineData("[\"X-Amzn-Trace-Id\"]")]
    [InlineData("[\"CorrelationId\", \"_datadog\"]")]
    public Task AskedFor(string names) => Verify($"var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest {{ QueueUrl = url, MessageAttributeNames = {names} }}); {Process}");

    [Fact]
    public Task AskedForLater() => Verify($$"""
        var request = new ReceiveMessageRequest(url) { MessageAttributeNames = [] };
        request.MessageAttributeNames.Add("All");
        var response = await sqs.ReceiveMessageAsync(request);
        {{Process}}
        """);

    [Fact]
    public Task AskedForByAHelper() => Verify(
        $"var response = await sqs.ReceiveMessageAsync(Request(url)); {Process}",
        """private static ReceiveMessageRequest Request(string url) => new() { QueueUrl = url, MessageAttributeNames = ["All"] };""");

    [Fact]
    public Task NamesFromElsewhere() => Verify(
        $$"""
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = given });
        response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = options.Names });
        response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = names });
        response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = Names() });
        response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = [.. given, "Type"] });
        {{Process}}
        """,
        """
        private class Options { public List<string> Names { get; set; } = ["Type"]; }
        private readonly Options options = new();
        private readonly List<string> names = ["Type"];
        private static List<string> Names() => ["Type"];
        """);

    [Fact]
    public Task RequestFromElsewhere() => Verify(
        $$"""
        var response = await sqs.ReceiveMessageAsync(made);
        response = await sqs.ReceiveMessageAsync(request);
        response = await sqs.ReceiveMessageAsync(Request());
        {{Process}}
        """,
        """
        private readonly ReceiveMessageRequest request = new();
        private static extern ReceiveMessageRequest Request();
        """);

    [Fact]
    public Task RequestThatOtherCodeGets() => Verify(
        $$"""
        var request = new ReceiveMessageRequest(url);
        Configure(request);
        var response = await sqs.ReceiveMessageAsync(request);
        {{Process}}
        """,
        "private static extern void Configure(ReceiveMessageRequest request);");

    [Fact]
    public Task DeletedOnly() => Verify("""
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url));
        foreach (var message in response.Messages)
        {
            await sqs.DeleteMessageAsync(url, message.ReceiptHandle);
        }
        """);

    [Fact]
    public Task CountedOnly() => Verify("""
        var response = await sqs.ReceiveMessageAsync(url);
        Console.WriteLine(response.Messages.Count);
        """);

    [Fact]
    public Task LookedAt() => Verify($$"""
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, VisibilityTimeout = 0 });
        {{Process}}
        """);

    [Fact]
    public Task MethodThatSaysSo() => Verify("", $$"""
        public async Task PurgeQueue(IAmazonSQS sqs, string url)
        {
            var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url));
            {{Process}}
        }
        """);

    [Fact]
    public Task WrapperWithoutCallers() => Verify("", """
        public async Task<List<Message>> Receive(IAmazonSQS sqs, string url) => (await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url))).Messages;
        """);

    [Fact]
    public Task WrapperWhoseCallerCounts() => Verify("Console.WriteLine((await Receive(sqs, url)).Count);", """
        public async Task<List<Message>> Receive(IAmazonSQS sqs, string url) => (await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url))).Messages;
        """);

    [Fact]
    public Task EnvelopeWithAContext() => Verify(
        """
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url));
        foreach (var message in response.Messages)
        {
            Handle(JsonSerializer.Deserialize<Envelope>(message.Body)!);
        }
        """,
        "private record Envelope(string TraceParent, string Payload);");

    [Theory]
    [InlineData("ActivityContext.TryParse(envelope.CorrelationId, null, out var parent);")]
    [InlineData("var parent = ActivityContext.Parse(envelope.CorrelationId, null);")]
    [InlineData("using var activity = source.StartActivity(\"process\", ActivityKind.Consumer, envelope?.CorrelationId);")]
    public Task EnvelopeThatAContextIsMadeFrom(string parse) => Verify(
        """
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url));
        foreach (var message in response.Messages)
        {
            Process(JsonSerializer.Deserialize<Envelope>(message.Body)!);
        }
        """,
        $$"""
        private record Envelope(string CorrelationId, string Payload);
        private void Process(Envelope envelope)
        {
            {{parse}}
            Handle(envelope);
        }
        """);

    [Fact]
    public Task EnvelopeOfSns() => Verify(
        """
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url));
        foreach (var message in response.Messages)
        {
            Unwrap(message);
        }
        """,
        """
        private class Notification { public string TopicArn { get; set; } = ""; public string Message { get; set; } = ""; }
        private void Unwrap(Message message) => Handle(JsonSerializer.Deserialize<Notification>(message.Body)!.Message);
        """);

    [Fact]
    public Task ContextReadFromTheBody() => Verify("""
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url));
        foreach (var message in response.Messages)
        {
            Handle(JsonDocument.Parse(message.Body).RootElement.GetProperty("traceparent"));
        }
        """);

    [Fact]
    public Task XRay() => Verify($$"""
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url) { MessageSystemAttributeNames = ["AWSTraceHeader"] });
        {{Process}}
        """);

    [Fact]
    public Task Decorator() => Verify($"var response = await sqs.ReceiveMessageAsync(url); {Process}", """
        private abstract class Traced : IAmazonSQS
        {
        }
        """, Setup.Aws with { Broken = true });

    [Fact]
    public Task OwnReceive() => Verify("var response = await new Mine().ReceiveMessageAsync(url); " + Process, """
        private class Mine { public Task<ReceiveMessageResponse> ReceiveMessageAsync(string url) => null!; }
        """);

    [Fact]
    public Task ProjectThatDoesNotTrace() => Verify<TL2004_ReceiveWithoutTraceAttributes>.Rule(Untraced, Setup.AwsWithSystemDiagnostics);

    [Fact]
    public Task ProjectThatOnlyReferencesOpenTelemetry() => Verify<TL2004_ReceiveWithoutTraceAttributes>.Rule(Untraced, Setup.Aws);

    private const string Untraced = """
        using System;
        using System.Threading.Tasks;
        using Amazon.SQS;
        using Amazon.SQS.Model;

        public class Sample
        {
            public async Task Poll(IAmazonSQS sqs, string url)
            {
                foreach (var message in (await sqs.ReceiveMessageAsync(url)).Messages)
                {
                    Console.WriteLine(message.Body);
                }
            }
        }
        """;
}

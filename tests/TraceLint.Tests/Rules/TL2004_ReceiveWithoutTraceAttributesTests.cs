using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.AwsCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL2004 reports. What it does not is in TL2004_ReceiveWithoutTraceAttributesSilentTests.</summary>
public class TL2004_ReceiveWithoutTraceAttributesTests
{
    private static Task Verify(string statements, string members = "", Setup? setup = null)
        => Verify<TL2004_ReceiveWithoutTraceAttributes>.Rule(Method("", $$"""
            public async Task Poll(IAmazonSQS sqs, string url, CancellationToken cancellation)
            {
            {{statements}}
            }

            private void Handle(string body) { }

            {{members}}
            """), setup ?? Setup.Aws);

    [Fact]
    public Task NoNames() => Verify("""
        var response = await sqs.[|ReceiveMessageAsync|](new ReceiveMessageRequest { QueueUrl = url, MaxNumberOfMessages = 10 }, cancellation);
        foreach (var message in response.Messages)
        {
            Handle(message.Body);
        }
        """);

    [Fact]
    public Task Url() => Verify("""
        var response = await sqs.[|ReceiveMessageAsync|](url, cancellation);
        response.Messages.ForEach(message => Handle(message.Body));
        """);

    [Fact]
    public Task OtherNames() => Verify(
        """
        var one = await sqs.[|ReceiveMessageAsync|](new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = ["Type"] });
        var two = await sqs.[|ReceiveMessageAsync|](new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = new List<string> { "Type", Version } });
        var three = await sqs.[|ReceiveMessageAsync|](new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = new[] { "Type" }.ToList() });
        var four = await sqs.[|ReceiveMessageAsync|](new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = names });
        Handle(one.Messages[0].Body);
        """,
        """
        private const string Version = "Version";
        private static readonly List<string> names = ["Type"];
        """);

    [Fact]
    public Task InvalidWildcard() => Verify("""
        var response = await sqs.[|ReceiveMessageAsync|](new ReceiveMessageRequest(url) { MessageAttributeNames = ["*"] });
        Handle(response.Messages[0].Body);
        """);

    [Fact]
    public Task SystemAttributesOnly() => Verify("""
        var response = await sqs.[|ReceiveMessageAsync|](new ReceiveMessageRequest(url) { MessageSystemAttributeNames = ["ApproximateReceiveCount"] });
        Handle(response.Messages[0].Body);
        """);

    [Fact]
    public Task RequestInALocal() => Verify("""
        var request = new ReceiveMessageRequest { QueueUrl = url };
        request.WaitTimeSeconds = 20;
        request.MessageAttributeNames = new List<string>();
        request.MessageAttributeNames.Add("Type");
        while (!cancellation.IsCancellationRequested)
        {
            var response = await sqs.[|ReceiveMessageAsync|](request, cancellation);
            foreach (var message in response.Messages)
            {
                Handle(message.Body);
            }
        }
        """);

    [Fact]
    public Task RequestOfAHelper() => Verify(
        """
        var response = await sqs.[|ReceiveMessageAsync|](Request(url), cancellation);
        Handle(response.Messages[0].Body);
        """,
        "private static ReceiveMessageRequest Request(string url) => new() { QueueUrl = url, MaxNumberOfMessages = 10 };");

    [Fact]
    public Task EnvelopeWithoutAContext() => Verify(
        """
        var response = await sqs.[|ReceiveMessageAsync|](new ReceiveMessageRequest(url));
        foreach (var message in response.Messages)
        {
            var envelope = JsonSerializer.Deserialize<Envelope>(message.Body)!;
            int.TryParse(envelope.CorrelationId, out var number);
            ActivityContext.TryParse(message.MessageAttributes["traceparent"].StringValue, null, isRemote: true, out var parent);
        }
        """,
        "private record Envelope(string CorrelationId, string Payload);");

    [Fact]
    public Task HandedOn() => Verify(
        """
        foreach (var message in (await sqs.[|ReceiveMessageAsync|](new ReceiveMessageRequest(url))).Messages)
        {
            await handler(message, cancellation);
        }

        foreach (var message in (await sqs.[|ReceiveMessageAsync|](new ReceiveMessageRequest(url))).Messages)
        {
            await Process(message);
        }
        """,
        """
        private Func<Message, CancellationToken, Task> handler = null!;
        private async Task Process(Message message) { await Task.Yield(); Handle(message.Body); }
        """);

    [Fact]
    public Task WrapperWhoseCallerProcesses() => Verify(
        "foreach (var message in await Receive(sqs, url)) { Handle(message.Body); }",
        """
        private static async Task<List<Message>> Receive(IAmazonSQS sqs, string url)
        {
            var response = await sqs.[|ReceiveMessageAsync|](new ReceiveMessageRequest(url));
            return response.Messages;
        }
        """);

    [Fact]
    public Task Sdk3() => Verify(
        """
        var response = await sqs.[|ReceiveMessageAsync|](new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = { "Type" } });
        var other = sqs.[|ReceiveMessage|](url);
        Handle(response.Messages[0].Body);
        """,
        setup: Setup.Sqs3);
}

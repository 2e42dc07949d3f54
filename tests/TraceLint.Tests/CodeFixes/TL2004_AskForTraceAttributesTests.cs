using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.AwsCode;

namespace TraceLint.Tests.CodeFixes;

public class TL2004_AskForTraceAttributesTests
{
    private static Task Verify(string statements, string @fixed, string members = "", Setup? setup = null)
        => Verify<TL2004_ReceiveWithoutTraceAttributes>.Fix<TL2004_AskForTraceAttributes>(Source(statements, members), Source(@fixed, members), setup ?? Setup.Aws);

    private static string Source(string statements, string members) => Method("", $$"""
        public async Task Poll(IAmazonSQS sqs, string url, CancellationToken cancellation)
        {
        {{KafkaCode.Indent(statements, 1)}}
            Handle(response.Messages[0].Body);
        }

        private void Handle(string body) { }

        {{members}}
        """);

    [Fact]
    public Task NoNames() => Verify(
        """
        var response = await sqs.[|ReceiveMessageAsync|](new ReceiveMessageRequest
        {
            QueueUrl = url,
            MaxNumberOfMessages = 10, // at most
        });
        """,
        """
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest
        {
            QueueUrl = url,
            MaxNumberOfMessages = 10, // at most
            MessageAttributeNames = ["All"],
        });
        """);

    [Fact]
    public Task NoNames_OnOneLine() => Verify(
        """
        var response = await sqs.[|ReceiveMessageAsync|](new ReceiveMessageRequest { QueueUrl = url });
        """,
        """
        var response = await sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = ["All"] });
        """);

    [Fact]
    public Task NoInitializer_SeveralReceives() => Verify(
        """
        ReceiveMessageRequest request = new(url); // polls
        var response = await sqs.[|ReceiveMessageAsync|](request);
        response = await sqs.[|ReceiveMessageAsync|](request);
        """,
        """
        ReceiveMessageRequest request = new(url) { MessageAttributeNames = ["All"] }; // polls
        var response = await sqs.ReceiveMessageAsync(request);
        response = await sqs.ReceiveMessageAsync(request);
        """);

    [Fact]
    public Task Url() => Verify(
        "var response = await sqs.[|ReceiveMessageAsync|](queueUrl: url, cancellationToken: cancellation);",
        """
        var response = await sqs.ReceiveMessageAsync(
            request: new ReceiveMessageRequest(url) { MessageAttributeNames = ["All"] },
            cancellationToken: cancellation);
        """);

    [Fact]
    public Task OlderLanguage() => Verify(
        "var response = await sqs.[|ReceiveMessageAsync|](url, cancellation);",
        """
        var response = await sqs.ReceiveMessageAsync(
            new ReceiveMessageRequest(url) { MessageAttributeNames = new List<string> { "All" } },
            cancellation);
        """,
        setup: Setup.Aws with { Language = LanguageVersion.CSharp9 });

    [Fact]
    public Task OtherNames() => Verify(
        """
        var response = await sqs.[|ReceiveMessageAsync|](new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = ["Type"] });
        response = await sqs.[|ReceiveMessageAsync|](new ReceiveMessageRequest
        {
            MessageAttributeNames = new List<string>
            {
                "Type",
                "Version" // of the schema
            },
            QueueUrl = url
        });
        """,
        """
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = ["Type", "traceparent", "tracestate", "baggage"] });
        response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest
        {
            MessageAttributeNames = new List<string>
            {
                "Type",
                "Version", // of the schema
                "traceparent",
                "tracestate",
                "baggage"
            },
            QueueUrl = url
        });
        """);

    [Fact]
    public Task WildcardAndNothing() => Verify(
        """
        var response = await sqs.[|ReceiveMessageAsync|](new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = ["*"] });
        response = await sqs.[|ReceiveMessageAsync|](new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = null });
        """,
        """
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = ["All"] });
        response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = ["All"] });
        """);

    [Fact]
    public Task ListElsewhere_IsChangedByHand() => Verify<TL2004_ReceiveWithoutTraceAttributes>.NoFix<TL2004_AskForTraceAttributes>(
        Source(
            "var response = await sqs.[|ReceiveMessageAsync|](new ReceiveMessageRequest { QueueUrl = url, MessageAttributeNames = names });",
            "private static readonly List<string> names = [\"Type\"];"),
        Setup.Aws);
}

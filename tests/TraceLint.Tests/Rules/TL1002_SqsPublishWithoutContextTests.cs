using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.AwsCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL1002 reports. What it does not is in TL1002_SqsPublishWithoutContextSilentTests.</summary>
public class TL1002_SqsPublishWithoutContextTests
{
    private const string Sns = "using Amazon.SimpleNotificationService; using Amazon.SimpleNotificationService.Model;";

    private static Task Verify(string source, Setup? setup = null) => Verify<TL1002_SqsPublishWithoutContext>.Rule(source, setup ?? Setup.Aws);

    private static string SnsMethod(string statements) => Method("", $$"""
        public async Task Announce(IAmazonSimpleNotificationService sns, string topic, Order order)
        {
            await Task.Yield();
        {{KafkaCode.Indent(statements, 1)}}
        }
        """, Sns).Replace("using Amazon.SQS.Model;", "", StringComparison.Ordinal);

    [Fact]
    public Task UrlAndBody() => Verify(Method("""
        await sqs.[|SendMessageAsync|](url, order.Id);
        """));

    [Fact]
    public Task UrlAndBodyWithToken() => Verify(Method("""
        await sqs.[|SendMessageAsync|](url, JsonSerializer.Serialize(order), cancellation).ConfigureAwait(false);
        """));

    // The caller's span may be current although this one was not created.
    [Theory]
    [InlineData("activity is null")]
    [InlineData("activity == null")]
    public Task UrlAndBody_WhereTheSpanIsNotCreated(string condition) => Verify(Method($$"""
        using var activity = source.StartActivity("send", ActivityKind.Producer);
        if ({{condition}})
        {
            await sqs.[|SendMessageAsync|](url, order.Id);
            return;
        }

        var request = new SendMessageRequest(url, order.Id) { MessageAttributes = new() };
        DistributedContextPropagator.Current.Inject(activity, request, static (carrier, name, value)
            => ((SendMessageRequest)carrier!).MessageAttributes[name] = new() { DataType = "String", StringValue = value });
        await sqs.SendMessageAsync(request);
        """));

    [Fact]
    public Task ConcreteClient() => Verify(Method("""
        using var client = new AmazonSQSClient();
        await client.[|SendMessageAsync|](new SendMessageRequest { QueueUrl = url, MessageBody = order.Id });
        """));

    [Fact]
    public Task RequestInPlace() => Verify(Method("""
        await sqs.[|SendMessageAsync|](new SendMessageRequest { QueueUrl = url, MessageBody = order.Id }, cancellation);
        """));

    [Fact]
    public Task RequestByConstructor() => Verify(Method("""
        var request = new SendMessageRequest(url, order.Id) { DelaySeconds = 5 };
        await sqs.[|SendMessageAsync|](request);
        """));

    [Fact]
    public Task BusinessAttributesOnly() => Verify(Method("""
        var request = new SendMessageRequest(url, order.Id)
        {
            MessageAttributes = new Dictionary<string, MessageAttributeValue>
            {
                { "type", new() { DataType = "String", StringValue = "order" } },
                { "tenant", new MessageAttributeValue { DataType = "String", StringValue = "1" } },
            },
        };
        request.MessageAttributes.Add("version", new() { DataType = "Number", StringValue = "1" });
        request.MessageAttributes.TryAdd("lines", new() { DataType = "Number", StringValue = "1" });
        await sqs.[|SendMessageAsync|](request);
        """));

    [Fact]
    public Task AttributesMadeFirst() => Verify(Method("""
        var attributes = new Dictionary<string, MessageAttributeValue>();
        attributes["type"] = new() { DataType = "String", StringValue = "order" };
        await sqs.[|SendMessageAsync|](new SendMessageRequest { QueueUrl = url, MessageAttributes = attributes });
        """));

    [Fact]
    public Task CopyOfBusinessAttributes() => Verify(Method("""
        var common = new Dictionary<string, MessageAttributeValue> { ["type"] = new() { DataType = "String", StringValue = "order" } };
        await sqs.[|SendMessageAsync|](new SendMessageRequest(url, "x") { MessageAttributes = new Dictionary<string, MessageAttributeValue>(common) });
        """));

    [Fact]
    public Task BatchOfEntriesInPlace() => Verify(Method("""
        await sqs.[|SendMessageBatchAsync|](new SendMessageBatchRequest
        {
            QueueUrl = url,
            Entries = new List<SendMessageBatchRequestEntry>
            {
                new() { Id = "1", MessageBody = order.Id },
                new SendMessageBatchRequestEntry("2", order.Id),
            },
        });
        """));

    [Fact]
    public Task BatchOfSelectedEntries() => Verify(Method("""
        var entries = order.Lines.Select((line, i) => new SendMessageBatchRequestEntry(i.ToString(), line)).ToList();
        await sqs.[|SendMessageBatchAsync|](url, entries);
        """));

    [Fact]
    public Task BatchOfEntriesSelectedWithABlock() => Verify(Method("""
        var request = new SendMessageBatchRequest(url, order.Lines.Select(line =>
        {
            var entry = new SendMessageBatchRequestEntry { Id = line };
            entry.MessageBody = line;
            return entry;
        }).Take(10).ToList());
        await sqs.[|SendMessageBatchAsync|](request);
        """));

    [Fact]
    public Task BatchOfEntriesOfAQuery() => Verify(Method("""
        var entries = from line in order.Lines where line.Length > 0 select new SendMessageBatchRequestEntry(line, line);
        await sqs.[|SendMessageBatchAsync|](url, entries.ToList());
        """));

    [Fact]
    public Task BatchFilledInALoop() => Verify(Method("""
        var request = new SendMessageBatchRequest { QueueUrl = url, Entries = new() };
        foreach (var line in order.Lines)
        {
            request.Entries.Add(new SendMessageBatchRequestEntry { Id = line, MessageBody = line });
        }

        await sqs.[|SendMessageBatchAsync|](request);
        """));

    [Fact]
    public Task BatchFilledThroughALocal() => Verify(Method("""
        var entries = new List<SendMessageBatchRequestEntry>();
        for (var i = 0; i < order.Lines.Length; i++)
        {
            var entry = new SendMessageBatchRequestEntry(i.ToString(), order.Lines[i]);
            entries.Add(entry);
        }

        await sqs.[|SendMessageBatchAsync|](new SendMessageBatchRequest(url, entries));
        """));

    [Fact]
    public Task BatchInChunks() => Verify(Method("""
        var entries = order.Lines.Select(line => new SendMessageBatchRequestEntry(line, line));
        foreach (var chunk in entries.Chunk(10))
        {
            await sqs.[|SendMessageBatchAsync|](url, chunk.ToList());
        }
        """));

    [Fact]
    public Task InsideALambda() => Verify(Method("""
        await Task.WhenAll(order.Lines.Select(async line => await sqs.[|SendMessageAsync|](new SendMessageRequest(url, line))));
        """));

    [Fact]
    public Task ProducerSpanWithoutInject() => Verify(Method("""
        using var activity = source.StartActivity("orders publish", ActivityKind.Producer);
        var request = new SendMessageRequest(url, order.Id);
        activity?.SetTag("messaging.destination.name", request.QueueUrl);
        await sqs.[|SendMessageAsync|](request);
        """));

    [Fact]
    public Task InjectedAfterwards() => Verify(Traced($$"""
        var request = new SendMessageRequest(url, order.Id) { MessageAttributes = new() };
        await sqs.[|SendMessageAsync|](request);
        Propagators.DefaultTextMapPropagator.Inject(default, request.MessageAttributes, {{Setter}});
        """));

    [Fact]
    public Task AttributesByAHelperThatNeverInjects() => Verify(Method(
        """
        await sqs.[|SendMessageAsync|](new SendMessageRequest { QueueUrl = url, MessageAttributes = Attributes("order") });
        """,
        """
        private static Dictionary<string, MessageAttributeValue> Attributes(string type)
            => new() { ["type"] = new MessageAttributeValue { DataType = "String", StringValue = type } };
        """));

    [Fact]
    public Task Wrapper_AtTheCallThatMadeTheRequest() => Verify(Method(
        """
        await Post(new SendMessageRequest(url, order.Id));
        await [|Deliver|](sqs, new SendMessageRequest(url, order.Id));
        """,
        """
        private static Task Deliver(IAmazonSQS sqs, SendMessageRequest request) => sqs.SendMessageAsync(request);
        private static Task Post(SendMessageRequest request) => Task.CompletedTask;
        """));

    [Fact]
    public Task BatchBesideAddAwsInstrumentation() => Verify(Method(
        """
        await sqs.SendMessageAsync(url, order.Id);
        await sqs.[|SendMessageBatchAsync|](url, order.Lines.Select(line => new SendMessageBatchRequestEntry(line, line)).ToList());
        """,
        """
        public static void Trace(Tracing tracing) => tracing.AddAWSInstrumentation();
        public class Tracing { public void AddAWSInstrumentation() { } }
        """));

    [Fact]
    public Task BatchBesideAPipelineHandlerThatSeesOnlySingleMessages() => Verify(Method(
        """
        await sqs.SendMessageAsync(url, order.Id);
        await sqs.[|SendMessageBatchAsync|](url, order.Lines.Select(line => new SendMessageBatchRequestEntry(line, line)).ToList());
        """,
        """
        private class Propagation : Amazon.Runtime.Internal.PipelineHandler
        {
            public override void InvokeSync(Amazon.Runtime.IExecutionContext context)
            {
                if (context.RequestContext.OriginalRequest is SendMessageRequest request)
                {
                    request.MessageAttributes["traceparent"] = new();
                }
            }
        }
        """));

    [Fact]
    public Task Redrive() => Verify(Method("", """
        public Task Retry(IAmazonSQS sqs, Message message, string url) => sqs.[|SendMessageAsync|](url, message.Body);
        """));

    [Fact]
    public Task SnsTopicAndMessage() => Verify(SnsMethod("""
        await sns.[|PublishAsync|](topic, order.Id);
        await sns.[|PublishAsync|](topic, order.Id, "subject");
        """), Setup.Sns);

    [Fact]
    public Task SnsRequest() => Verify(SnsMethod("""
        await sns.[|PublishAsync|](new PublishRequest(topic, order.Id));
        sns.[|Publish|](new PublishRequest { TopicArn = topic, Message = order.Id });
        """), Setup.Sns);

    [Fact]
    public Task SnsBatch() => Verify(SnsMethod("""
        await sns.[|PublishBatchAsync|](new PublishBatchRequest
        {
            TopicArn = topic,
            PublishBatchRequestEntries = order.Lines.Select(line => new PublishBatchRequestEntry { Id = line, Message = line }).ToList(),
        });
        """), Setup.Sns);

    [Fact]
    public Task Version3_WhereAttributesAreNeverNull() => Verify(Method("""
        var request = new SendMessageRequest(url, order.Id);
        request.MessageAttributes.Add("type", new MessageAttributeValue { DataType = "String", StringValue = "order" });
        sqs.[|SendMessage|](request);
        sqs.[|SendMessage|](url, order.Id);
        await sqs.[|SendMessageAsync|](new SendMessageRequest { MessageAttributes = { ["type"] = new MessageAttributeValue() } });
        """), Setup.Sqs3);

    [Fact]
    public Task Version3_Batch() => Verify(Method("""
        var request = new SendMessageBatchRequest { QueueUrl = url };
        request.Entries.AddRange(order.Lines.Select(line => new SendMessageBatchRequestEntry { Id = line }));
        sqs.[|SendMessageBatch|](request);
        """), Setup.Sqs3);
}

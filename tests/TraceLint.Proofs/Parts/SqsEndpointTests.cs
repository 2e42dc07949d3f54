using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;

namespace TraceLint.Proofs.Parts;

/// <summary>
/// The endpoint answers as SQS does. With the URL of another emulator in TRACELINT_SQS_URL, the same questions are put to
/// that one: what this project believes of SQS is then what others believe, too.
/// </summary>
public sealed class SqsEndpointTests : IDisposable
{
    private static readonly Lazy<string> s_endpoint = new(static () => new SqsEndpoint().ServiceUrl);

    private readonly AmazonSQSClient _sqs = new(
        new BasicAWSCredentials("key", "secret"),
        new AmazonSQSConfig { ServiceURL = Environment.GetEnvironmentVariable("TRACELINT_SQS_URL") ?? s_endpoint.Value, MaxErrorRetry = 0 });

    public void Dispose() => _sqs.Dispose();

    [Theory]
    [InlineData("All", "tenant traceparent tracestate")]
    [InlineData(".*", "tenant traceparent tracestate")]
    [InlineData("trace.*", "traceparent tracestate")]
    [InlineData("tenant", "tenant")]
    [InlineData("*", "")]
    [InlineData("Type", "")]
    [InlineData(null, "")]
    public async Task Receive_GivesTheAttributesThatWereAskedFor(string? asked, string received)
    {
        var url = await CreateQueueAsync();
        await _sqs.SendMessageAsync(new SendMessageRequest(url, "body") { MessageAttributes = Attributes("tenant", "traceparent", "tracestate") });

        var message = Assert.Single((await ReceiveAsync(url, asked)).Messages);

        Assert.Equal("body", message.Body);
        Assert.Equal(received, string.Join(' ', (message.MessageAttributes ?? []).Keys.Order(StringComparer.Ordinal)));
    }

    // The client compares the checksums.
    [Fact]
    public async Task Attributes_OfEveryTypeArrive()
    {
        var url = await CreateQueueAsync();
        await _sqs.SendMessageAsync(new SendMessageRequest(url, "body")
        {
            MessageAttributes = new()
            {
                ["text"] = new() { DataType = "String", StringValue = "ä" },
                ["number"] = new() { DataType = "Number.int", StringValue = "7" },
                ["bytes"] = new() { DataType = "Binary", BinaryValue = new MemoryStream([1, 2]) },
            },
        });

        var attributes = Assert.Single((await ReceiveAsync(url, "All")).Messages).MessageAttributes;

        Assert.Equal("ä", attributes["text"].StringValue);
        Assert.Equal("Number.int", attributes["number"].DataType);
        Assert.Equal([1, 2], attributes["bytes"].BinaryValue.ToArray());
    }

    [Fact]
    public async Task EmptyQueue_GivesNoMessages() => Assert.Empty((await ReceiveAsync(await CreateQueueAsync(), "All")).Messages ?? []);

    [Fact]
    public async Task LongPoll_EndsWithTheFirstMessage()
    {
        var url = await CreateQueueAsync();
        var receive = _sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url) { WaitTimeSeconds = 20 });
        await _sqs.SendMessageAsync(url, "body");
        Assert.Single((await receive).Messages);
    }

    [Fact]
    public async Task ElevenAttributes_AreRefused()
    {
        var request = new SendMessageRequest(await CreateQueueAsync(), "body") { MessageAttributes = Attributes([.. Enumerable.Range(0, 11).Select(static i => $"a{i}")]) };
        await Assert.ThrowsAnyAsync<AmazonSQSException>(() => _sqs.SendMessageAsync(request));
    }

    [Fact]
    public async Task EmptyAttribute_IsRefused()
    {
        var request = new SendMessageRequest(await CreateQueueAsync(), "body") { MessageAttributes = new() { ["tracestate"] = new() { DataType = "String", StringValue = "" } } };
        await Assert.ThrowsAnyAsync<AmazonSQSException>(() => _sqs.SendMessageAsync(request));
    }

    [Fact]
    public async Task AttributeWithoutType_IsRefused()
    {
        var request = new SendMessageRequest(await CreateQueueAsync(), "body") { MessageAttributes = new() { ["traceparent"] = new() { StringValue = "00" } } };
        await Assert.ThrowsAnyAsync<AmazonSQSException>(() => _sqs.SendMessageAsync(request));
    }

    [Fact]
    public async Task Batch_AnswersForEachEntry()
    {
        var url = await CreateQueueAsync();
        var answer = await _sqs.SendMessageBatchAsync(url, [new("1", "one") { MessageAttributes = Attributes("tenant") }, new("2", "two")]);

        Assert.Equal(["1", "2"], answer.Successful.Select(static entry => entry.Id));
        Assert.Empty(answer.Failed ?? []);
        Assert.Equal(["one", "two"], (await ReceiveAsync(url, "All")).Messages.Select(static message => message.Body));
    }

    [Fact]
    public async Task BatchOfTheSameIds_IsRefused()
    {
        var url = await CreateQueueAsync();
        await Assert.ThrowsAsync<BatchEntryIdsNotDistinctException>(() => _sqs.SendMessageBatchAsync(url, [new("1", "one"), new("1", "two")]));
    }

    [Fact]
    public async Task BatchOfEleven_IsRefused()
    {
        var url = await CreateQueueAsync();
        await Assert.ThrowsAsync<TooManyEntriesInBatchRequestException>(
            () => _sqs.SendMessageBatchAsync(url, [.. Enumerable.Range(0, 11).Select(static i => new SendMessageBatchRequestEntry($"{i}", "body"))]));
    }

    [Fact]
    public async Task ReceivedMessage_IsHiddenUntilItsTimeIsOver()
    {
        var url = await CreateQueueAsync();
        await _sqs.SendMessageAsync(url, "body");
        var first = Assert.Single((await ReceiveAsync(url, "All")).Messages);
        Assert.Empty((await ReceiveAsync(url, "All")).Messages ?? []);

        await _sqs.ChangeMessageVisibilityAsync(url, first.ReceiptHandle, 0);

        var second = Assert.Single((await ReceiveAsync(url, "All")).Messages);
        Assert.Equal(first.MessageId, second.MessageId);
        Assert.Equal("2", second.Attributes["ApproximateReceiveCount"]);
    }

    [Fact]
    public async Task DeletedMessage_IsGone()
    {
        var url = await CreateQueueAsync();
        await _sqs.SendMessageAsync(url, "body");
        var message = Assert.Single((await ReceiveAsync(url, "All")).Messages);
        await _sqs.DeleteMessageAsync(url, message.ReceiptHandle);
        Assert.Equal(0, (await _sqs.GetQueueAttributesAsync(url, ["All"])).ApproximateNumberOfMessagesNotVisible);
    }

    [Fact]
    public async Task TraceHeader_IsASystemAttribute()
    {
        const string Header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
        var url = await CreateQueueAsync();
        await _sqs.SendMessageAsync(new SendMessageRequest(url, "body")
        {
            MessageSystemAttributes = new() { ["AWSTraceHeader"] = new() { DataType = "String", StringValue = Header } },
        });

        var message = Assert.Single((await ReceiveAsync(url, "All")).Messages);

        Assert.Equal(Header, message.Attributes["AWSTraceHeader"]);
        Assert.Empty(message.MessageAttributes ?? []);
    }

    [Fact]
    public async Task UnknownQueue_IsRefused()
        => await Assert.ThrowsAsync<QueueDoesNotExistException>(async () => await _sqs.SendMessageAsync(await CreateQueueAsync() + "-not", "body"));

    private static Dictionary<string, MessageAttributeValue> Attributes(params string[] names)
        => names.ToDictionary(static name => name, static name => new MessageAttributeValue { DataType = "String", StringValue = $"value of {name}" });

    private async Task<string> CreateQueueAsync() => (await _sqs.CreateQueueAsync($"q{Guid.NewGuid():N}")).QueueUrl;

    private Task<ReceiveMessageResponse> ReceiveAsync(string url, string? asked)
        => _sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url) { MaxNumberOfMessages = 10, MessageAttributeNames = asked is null ? null : [asked], MessageSystemAttributeNames = ["All"] });
}

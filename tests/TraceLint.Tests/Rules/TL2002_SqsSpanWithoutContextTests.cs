using TraceLint.Rules;
using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2002_SqsSpanWithoutContext>;

namespace TraceLint.Tests.Rules;

/// <summary>What <see cref="TL2002_SqsSpanWithoutContext"/> reports.</summary>
public class TL2002_SqsSpanWithoutContextTests
{
    private static Task Reports(string statements, string members = "") => Verify.Rule(ConsumerCode.Sqs(statements, members), Setup.Aws);

    [Fact]
    public Task SpanOfEachMessage_IsReported() => Reports("""
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url) { MessageAttributeNames = ["All"] }, cancellation);
        foreach (var message in response.Messages ?? [])
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            await handler.HandleAsync(message.Body);
            await sqs.DeleteMessageAsync(url, message.ReceiptHandle, cancellation);
        }
        """);

    [Fact]
    public Task SpanOfEachMessageInsideAReceiveSpan_IsReportedAlone() => Reports("""
        using var receive = source.StartActivity("receive");
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        foreach (var message in response.Messages)
        {
            using var activity = source.[|StartActivity|]("process");
            await handler.HandleAsync(message.Body);
        }
        """);

    [Theory]
    [InlineData("for (var i = 0; i < response.Messages.Count; i++) { var message = response.Messages[i]; using var activity = source.[|StartActivity|](\"process\"); await handler.HandleAsync(message.Body); }")]
    [InlineData("response.Messages.ForEach(message => { using var activity = source.[|StartActivity|](\"process\"); handler.Handle(message.Body); });")]
    [InlineData("await Parallel.ForEachAsync(response.Messages, async (message, token) => { using var activity = source.[|StartActivity|](\"process\"); await handler.HandleAsync(message.Body); });")]
    [InlineData("if (response.Messages.FirstOrDefault() is { } message) { using var activity = source.[|StartActivity|](\"process\"); await handler.HandleAsync(message.Body); }")]
    [InlineData("var message = response.Messages.Single(); using var activity = source.[|StartActivity|](\"process\"); await handler.HandleAsync(message.Body);")]
    public Task SpanOfEachMessageHoweverItIsTaken_IsReported(string statements) => Reports($"""
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        {statements}
        """);

    [Fact]
    public Task SpanAroundTheResponse_IsReported() => Reports("""
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        using var activity = source.[|StartActivity|]("process batch", ActivityKind.Consumer);
        foreach (var message in response.Messages)
        {
            await handler.HandleAsync(message.Body);
        }
        """);

    [Fact]
    public Task SpanAroundAListOfMessages_IsReported() => Reports("await Handle((await sqs.ReceiveMessageAsync(url, cancellation)).Messages);", """
        private async Task Handle(List<Message> messages)
        {
            using var activity = source.[|StartActivity|]("process batch");
            await Task.WhenAll(messages.Select(message => handler.HandleAsync(message.Body)));
        }
        """);

    [Fact]
    public Task LambdaOfSelect_IsReported() => Reports("""
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        await Task.WhenAll(response.Messages.Select(async message =>
        {
            using var activity = source.[|StartActivity|]("process");
            await handler.HandleAsync(message.Body);
        }));
        """);

    [Fact]
    public Task HandlerOfAMessage_IsReported() => Reports("""
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        foreach (var message in response.Messages) await Handle(message);
        """, """
        private async Task Handle(Message message)
        {
            using var activity = source.[|StartActivity|]("process");
            await handler.HandleAsync(message.Body);
        }
        """);

    [Fact]
    public Task StartedBeforeTheReceive_IsReported() => Reports("""
        using var activity = source.[|StartActivity|]("poll and process");
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        foreach (var message in response.Messages)
        {
            await handler.HandleAsync(message.Body);
        }
        """);

    private static Task ReportsLambda(string members) => Verify.Rule(ConsumerCode.Lambda(members), Lambda);

    [Fact]
    public Task LambdaFunction_IsReported() => ReportsLambda("""
        public async Task Handle(SQSEvent sqs)
        {
            using var activity = source.[|StartActivity|]("process");
            foreach (var record in sqs.Records) await handler.HandleAsync(record.Body);
        }
        """);

    [Fact]
    public Task RecordOfALambdaFunction_IsReported() => ReportsLambda("""
        public async Task Handle(SQSEvent sqs)
        {
            foreach (var record in sqs.Records)
            {
                using var activity = source.[|StartActivity|]("process");
                await handler.HandleAsync(record.Body);
            }
        }
        """);

    [Fact]
    public Task HandlerOfARecord_IsReported() => ReportsLambda("""
        public async Task Handle(SQSEvent sqs)
        {
            foreach (var record in sqs.Records) await Process(record);
        }

        private async Task Process(SQSEvent.SQSMessage record)
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            await handler.HandleAsync(record.Body);
        }
        """);

    [Fact]
    public Task SnsEventOfALambdaFunction_IsReported() => Verify.Rule(ConsumerCode.OtherLambda("""
        public async Task Handle(SNSEvent sns)
        {
            using var activity = source.[|StartActivity|]("process");
            foreach (var record in sns.Records) await handler.HandleAsync(record.Sns.Message);
        }

        public async Task HandleEach(SNSEvent sns)
        {
            foreach (var record in sns.Records)
            {
                using var activity = source.[|StartActivity|]("process");
                await handler.HandleAsync(record.Sns.Message);
            }
        }

        private async Task Process(SNSEvent.SNSMessage message)
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            await handler.HandleAsync(message.Message);
        }
        """), OtherLambda);

    /// <summary>Lambda's other events.</summary>
    internal static readonly Setup OtherLambda = Setup.Traced([.. References.Lambda]);

    /// <summary>Lambda's events alone: the client of SQS is not referenced.</summary>
    internal static readonly Setup Lambda = Setup.Traced(References.Stub("Amazon.Lambda.SQSEvents", AwsStubs.Lambda));
}

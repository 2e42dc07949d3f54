using TraceLint.Rules;
using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2002_SqsSpanWithoutContext>;

namespace TraceLint.Tests.Rules;

/// <summary>What <see cref="TL2002_SqsSpanWithoutContext"/> must not report.</summary>
public class TL2002_SqsSpanWithoutContextSilentTests
{
    private const string Extract = $"Propagators.DefaultTextMapPropagator.Extract(default, message.MessageAttributes, {ConsumerCode.SqsGetter})";

    private static Task Silent(string statements, string members = "") => Verify.Rule(ConsumerCode.Sqs(statements, members), Setup.Aws);

    private static Task SilentLambda(string members) => Verify.Rule(ConsumerCode.Lambda(members), TL2002_SqsSpanWithoutContextTests.Lambda);

    [Fact]
    public Task ExtractedParent_IsSilent() => Silent($$"""
        var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url) { MessageAttributeNames = ["All"] }, cancellation);
        foreach (var message in response.Messages ?? [])
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer, {{Extract}}.ActivityContext);
            await handler.HandleAsync(message.Body);
        }
        """);

    [Fact]
    public Task LinksOfABatch_AreSilent() => Silent($$"""
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        var links = new List<ActivityLink>();
        foreach (var message in response.Messages) links.Add(new ActivityLink({{Extract}}.ActivityContext));
        using var activity = source.StartActivity("process batch", ActivityKind.Consumer, parentContext: default, links: links);
        foreach (var message in response.Messages) await handler.HandleAsync(message.Body);
        """);

    [Fact]
    public Task LinksAddedInTheLoop_AreSilent() => Silent($$"""
        using var activity = source.StartActivity("poll", ActivityKind.Consumer);
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        foreach (var message in response.Messages)
        {
            activity?.AddLink(new ActivityLink({{Extract}}.ActivityContext));
            await handler.HandleAsync(message.Body);
        }
        """);

    [Fact]
    public Task ParentedSpanPerMessageInsideABatchSpan_IsSilent() => Silent($$"""
        using var poll = source.StartActivity("poll");
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        foreach (var message in response.Messages) await Handle(message);
        """, $$"""
        private async Task Handle(Message message)
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer, {{Extract}}.ActivityContext);
            await handler.HandleAsync(message.Body);
        }
        """);

    [Theory]
    [InlineData("for (var i = 0; i < response.Messages.Count; i++) { var message = response.Messages[i]; using var activity = Start(message); await handler.HandleAsync(message.Body); }")]
    [InlineData("response.Messages.ForEach(message => { using var activity = Start(message); handler.Handle(message.Body); });")]
    [InlineData("await Parallel.ForEachAsync(response.Messages, async (message, token) => { using var activity = Start(message); await handler.HandleAsync(message.Body); });")]
    [InlineData("if (response.Messages.FirstOrDefault() is { } message) { using var activity = Start(message); await handler.HandleAsync(message.Body); }")]
    public Task SpanOfEachMessageThatExtractsIt_IsSilent(string statements) => Silent($"""
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        {statements}
        """, $"private static Activity? Start(Message message) => source.StartActivity(\"process\", ActivityKind.Consumer, {Extract}.ActivityContext);");

    [Fact]
    public Task TraceHeaderOfXRay_IsSilent() => Silent("""
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        foreach (var message in response.Messages)
        {
            var header = message.Attributes["AWSTraceHeader"];
            using var activity = source.StartActivity("process", ActivityKind.Consumer);
            activity?.SetTag("xray", header);
            await handler.HandleAsync(message.Body);
        }
        """);

    [Fact]
    public Task AttributeReadByHand_IsSilent() => Silent("""
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        foreach (var message in response.Messages)
        {
            message.MessageAttributes.TryGetValue("traceparent", out var parent);
            using var activity = source.StartActivity("process", ActivityKind.Consumer, parent?.StringValue);
            await handler.HandleAsync(message.Body);
        }
        """);

    [Fact]
    public Task ReceiveSpan_IsSilent() => Silent("""
        List<Message> messages;
        using (var activity = source.StartActivity("receive", ActivityKind.Client))
        {
            var response = await sqs.ReceiveMessageAsync(url, cancellation);
            activity?.SetTag("messaging.batch.message_count", response.Messages.Count);
            messages = response.Messages;
        }

        foreach (var message in messages) await handler.HandleAsync(message.Body);
        """);

    [Fact]
    public Task DeleteSpan_IsSilent() => Silent("""
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        foreach (var message in response.Messages)
        {
            await handler.HandleAsync(message.Body);
            using var activity = source.StartActivity("delete");
            await sqs.DeleteMessageAsync(url, message.ReceiptHandle, cancellation);
        }
        """);

    [Fact]
    public Task PurgeSpan_IsSilent() => Silent("""
        using var activity = source.StartActivity("purge");
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        foreach (var message in response.Messages) await sqs.DeleteMessageAsync(url, message.ReceiptHandle, cancellation);
        """);

    [Fact]
    public Task CloudEvent_IsSilent() => Silent("""
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        foreach (var message in response.Messages)
        {
            var cloudEvent = JsonSerializer.Deserialize<CloudEvent>(message.Body)!;
            using var activity = source.StartActivity("process", ActivityKind.Consumer, cloudEvent.TraceParent);
            await handler.HandleAsync(cloudEvent.Data);
        }
        """, "private record CloudEvent(string TraceParent, string Data);");

    [Fact]
    public Task LinksOfALambdaFunction_AreSilent() => SilentLambda("""
        public async Task Handle(SQSEvent sqs)
        {
            var links = sqs.Records.Select(record => new ActivityLink(ActivityContext.Parse(record.MessageAttributes["traceparent"].StringValue, null)));
            using var activity = source.StartActivity("process", ActivityKind.Consumer, default(ActivityContext), links: links);
            foreach (var record in sqs.Records) await handler.HandleAsync(record.Body);
        }
        """);

    [Fact]
    public Task SnsEventWithItsContext_IsSilent() => Verify.Rule(ConsumerCode.OtherLambda("""
        public async Task Handle(SNSEvent sns)
        {
            foreach (var record in sns.Records)
            {
                var parent = Propagators.DefaultTextMapPropagator.Extract(
                    default, record.Sns.MessageAttributes, static (attributes, key) => attributes.TryGetValue(key, out var value) ? [value.Value] : []);
                using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
                await handler.HandleAsync(record.Sns.Message);
            }
        }

        public async Task HandleByHand(SNSEvent sns)
        {
            foreach (var record in sns.Records)
            {
                record.Sns.MessageAttributes.TryGetValue("traceparent", out var header);
                using var activity = source.StartActivity("process", ActivityKind.Consumer, header?.Value);
                await handler.HandleAsync(record.Sns.Message);
            }
        }
        """), TL2002_SqsSpanWithoutContextTests.OtherLambda);

    [Fact]
    public Task KinesisRecordHasNoCarrier() => Verify.Rule(ConsumerCode.OtherLambda("""
        public async Task Handle(KinesisEvent kinesis)
        {
            foreach (var record in kinesis.Records)
            {
                using var activity = source.StartActivity("process", ActivityKind.Consumer);
                await handler.HandleAsync(Encoding.UTF8.GetString(record.Kinesis.Data.ToArray()));
            }
        }
        """), TL2002_SqsSpanWithoutContextTests.OtherLambda);

    [Fact]
    public Task LambdaFunctionWrappedByALibrary_IsSilent() => Verify.Rule(ConsumerCode.Lambda("""
        public Task Handle(SQSEvent sqs) => OpenTelemetry.Instrumentation.AWSLambda.AWSLambdaWrapper.TraceAsync(Process, sqs);

        private async Task Process(SQSEvent sqs)
        {
            using var activity = source.StartActivity("process");
            foreach (var record in sqs.Records) await handler.HandleAsync(record.Body);
        }
        """), TL2002_SqsSpanWithoutContextTests.Lambda with
    {
        References = TL2002_SqsSpanWithoutContextTests.Lambda.References.Add(References.Stub("OpenTelemetry.Instrumentation.AWSLambda", """
            using System;
            using System.Threading.Tasks;

            namespace OpenTelemetry.Instrumentation.AWSLambda
            {
                public static class AWSLambdaWrapper
                {
                    public static Task TraceAsync<T>(Func<T, Task> handler, T input) => handler(input);
                }
            }
            """)),
    });
}

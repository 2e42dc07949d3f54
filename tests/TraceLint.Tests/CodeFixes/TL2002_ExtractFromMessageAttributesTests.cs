using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2002_SqsSpanWithoutContext>;

namespace TraceLint.Tests.CodeFixes;

/// <summary>What <see cref="TL2002_ExtractFromMessageAttributes"/> makes of a span without its message's context.</summary>
public class TL2002_ExtractFromMessageAttributesTests
{
    [Fact]
    public Task EachMessage_GetsAParent() => Verify.Fix<TL2002_ExtractFromMessageAttributes>(ConsumerCode.Sqs("""
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        foreach (var message in response.Messages ?? [])
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            await handler.HandleAsync(message.Body);
        }
        """), ConsumerCode.Sqs($$"""
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        foreach (var message in response.Messages ?? [])
        {
            var parent = Propagators.DefaultTextMapPropagator.Extract(
                default,
                message.MessageAttributes,
                static (attributes, key) => attributes != null && attributes.TryGetValue(key, out var value)
                    ? new[] { value.StringValue }
                    : Array.Empty<string>());
            using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
            await handler.HandleAsync(message.Body);
        }
        """), Setup.Aws);

    [Fact]
    public Task WithoutOpenTelemetry_TheAttributesAreParsed() => Verify.Fix<TL2002_ExtractFromMessageAttributes>(ConsumerCode.Sqs("""
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        foreach (var message in response.Messages)
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            await handler.HandleAsync(message.Body);
        }
        """, usings: ""), ConsumerCode.Sqs("""
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        foreach (var message in response.Messages)
        {
            var attributes = message.MessageAttributes;
            var traceParent = attributes != null && attributes.TryGetValue("traceparent", out var parentValue)
                ? parentValue.StringValue
                : null;
            var traceState = attributes != null && attributes.TryGetValue("tracestate", out var stateValue)
                ? stateValue.StringValue
                : null;
            ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var parent);
            using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
            await handler.HandleAsync(message.Body);
        }
        """, usings: ""), Setup.AwsWithSystemDiagnostics);

    [Fact]
    public Task Response_GetsLinks() => Verify.Fix<TL2002_ExtractFromMessageAttributes>(ConsumerCode.Sqs("""
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        foreach (var message in response.Messages ?? [])
        {
            await handler.HandleAsync(message.Body);
        }
        """), ConsumerCode.Sqs($$"""
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        var links = new List<ActivityLink>();
        foreach (var received in response.Messages ?? [])
        {
            var parent = Propagators.DefaultTextMapPropagator.Extract(
                default,
                received.MessageAttributes,
                static (attributes, key) => attributes != null && attributes.TryGetValue(key, out var value)
                    ? new[] { value.StringValue }
                    : Array.Empty<string>());
            if (parent.ActivityContext != default(ActivityContext))
            {
                links.Add(new ActivityLink(parent.ActivityContext));
            }
        }

        using var activity = source.StartActivity(
            "process",
            ActivityKind.Consumer,
            default(ActivityContext),
            links: links);
        foreach (var message in response.Messages ?? [])
        {
            await handler.HandleAsync(message.Body);
        }
        """), Setup.Aws);

    [Fact]
    public Task LambdaFunction_GetsLinks() => Verify.Fix<TL2002_ExtractFromMessageAttributes>(ConsumerCode.Lambda("""
        public async Task Handle(SQSEvent sqs)
        {
            using var activity = source.[|StartActivity|]("process");
            foreach (var record in sqs.Records) await handler.HandleAsync(record.Body);
        }
        """), ConsumerCode.Lambda($$"""
        public async Task Handle(SQSEvent sqs)
        {
            var links = new List<ActivityLink>();
            foreach (var received in sqs.Records)
            {
                var parent = Propagators.DefaultTextMapPropagator.Extract(
                    default,
                    received.MessageAttributes,
                    static (attributes, key) => attributes != null && attributes.TryGetValue(key, out var value)
                        ? new[] { value.StringValue }
                        : Array.Empty<string>());
                if (parent.ActivityContext != default(ActivityContext))
                {
                    links.Add(new ActivityLink(parent.ActivityContext));
                }
            }

            using var activity = source.StartActivity(
                "process",
                ActivityKind.Internal,
                default(ActivityContext),
                links: links);
            foreach (var record in sqs.Records) await handler.HandleAsync(record.Body);
        }
        """), Setup.Traced(References.Stub("Amazon.Lambda.SQSEvents", AwsStubs.Lambda)));

    [Fact]
    public Task SnsRecord_GetsAParent() => Verify.Fix<TL2002_ExtractFromMessageAttributes>(ConsumerCode.OtherLambda("""
        public async Task Handle(SNSEvent sns)
        {
            foreach (var record in sns.Records)
            {
                using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
                await handler.HandleAsync(record.Sns.Message);
            }
        }
        """), ConsumerCode.OtherLambda("""
        public async Task Handle(SNSEvent sns)
        {
            foreach (var record in sns.Records)
            {
                var parent = Propagators.DefaultTextMapPropagator.Extract(
                    default,
                    record.Sns.MessageAttributes,
                    static (attributes, key) => attributes != null && attributes.TryGetValue(key, out var value)
                        ? new[] { value.Value }
                        : Array.Empty<string>());
                using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
                await handler.HandleAsync(record.Sns.Message);
            }
        }
        """), Setup.Traced([.. References.Lambda]));

    [Fact]
    public Task SnsEvent_GetsLinks() => Verify.Fix<TL2002_ExtractFromMessageAttributes>(ConsumerCode.OtherLambda("""
        public async Task Handle(SNSEvent sns)
        {
            using var activity = source.[|StartActivity|]("process");
            foreach (var record in sns.Records) await handler.HandleAsync(record.Sns.Message);
        }
        """), ConsumerCode.OtherLambda("""
        public async Task Handle(SNSEvent sns)
        {
            var links = new List<ActivityLink>();
            foreach (var received in sns.Records)
            {
                var parent = Propagators.DefaultTextMapPropagator.Extract(
                    default,
                    received.Sns.MessageAttributes,
                    static (attributes, key) => attributes != null && attributes.TryGetValue(key, out var value)
                        ? new[] { value.Value }
                        : Array.Empty<string>());
                if (parent.ActivityContext != default(ActivityContext))
                {
                    links.Add(new ActivityLink(parent.ActivityContext));
                }
            }

            using var activity = source.StartActivity(
                "process",
                ActivityKind.Internal,
                default(ActivityContext),
                links: links);
            foreach (var record in sns.Records) await handler.HandleAsync(record.Sns.Message);
        }
        """), Setup.Traced([.. References.Lambda]));

    [Fact]
    public Task OwnHelper_IsCalledForEachLink() => Verify.Fix<TL2002_ExtractFromMessageAttributes>(ConsumerCode.Sqs("await Handle((await sqs.ReceiveMessageAsync(url, cancellation)).Messages);", Members("""
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        """)), ConsumerCode.Sqs("await Handle((await sqs.ReceiveMessageAsync(url, cancellation)).Messages);", Members("""
        var links = new List<ActivityLink>();
        foreach (var received in messages)
        {
            var parent = ContextOf(received);
            if (parent.ActivityContext != default(ActivityContext))
            {
                links.Add(new ActivityLink(parent.ActivityContext));
            }
        }

        using var activity = source.StartActivity(
            "process",
            ActivityKind.Consumer,
            default(ActivityContext),
            links: links);
        """)), Setup.Aws);

    private static string Members(string statements) => $$"""
        private async Task Handle(List<Message> messages)
        {
        {{KafkaCode.Indent(statements, 1)}}
            foreach (var message in messages) await handler.HandleAsync(message.Body);
        }

        private static PropagationContext ContextOf(Message message)
            => Propagators.DefaultTextMapPropagator.Extract(default, message.MessageAttributes, {{ConsumerCode.SqsGetter}});
        """;
    [Fact]
    public Task SpanThatIsOlderThanItsMessages_IsLinkedToEach() => Verify.Fix<TL2002_ExtractFromMessageAttributes>(ConsumerCode.Sqs("""
        using var activity = source.[|StartActivity|]("received");
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        foreach (var message in response.Messages ?? [])
        {
            await handler.HandleAsync(message.Body);
        }
        """), ConsumerCode.Sqs($$"""
        using var activity = source.StartActivity("received");
        var response = await sqs.ReceiveMessageAsync(url, cancellation);
        foreach (var received in response.Messages ?? [])
        {
            var parent = Propagators.DefaultTextMapPropagator.Extract(
                default,
                received.MessageAttributes,
                static (attributes, key) => attributes != null && attributes.TryGetValue(key, out var value)
                    ? new[] { value.StringValue }
                    : Array.Empty<string>());
            if (parent.ActivityContext != default(ActivityContext))
            {
                activity?.AddLink(new ActivityLink(parent.ActivityContext));
            }
        }

        foreach (var message in response.Messages ?? [])
        {
            await handler.HandleAsync(message.Body);
        }
        """), Setup.Aws);

    [Fact]
    public Task SpanThatIsOlderThanItsMessages_IsLinkedToEach_WithDotNet() => Verify.Fix<TL2002_ExtractFromMessageAttributes>(ConsumerCode.Sqs("""
        using var activity = source.[|StartActivity|]("received");
        var messages = (await sqs.ReceiveMessageAsync(url, cancellation)).Messages;
        if (messages != null)
        {
            await Task.WhenAll(messages.Select(message => handler.HandleAsync(message.Body)));
        }
        """, usings: ""), ConsumerCode.Sqs("""
        using var activity = source.StartActivity("received");
        var messages = (await sqs.ReceiveMessageAsync(url, cancellation)).Messages;
        foreach (var received in messages ?? [])
        {
            var attributes = received.MessageAttributes;
            var traceParent = attributes != null && attributes.TryGetValue("traceparent", out var parentValue)
                ? parentValue.StringValue
                : null;
            var traceState = attributes != null && attributes.TryGetValue("tracestate", out var stateValue)
                ? stateValue.StringValue
                : null;
            ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var parent);
            if (parent != default(ActivityContext))
            {
                activity?.AddLink(new ActivityLink(parent));
            }
        }

        if (messages != null)
        {
            await Task.WhenAll(messages.Select(message => handler.HandleAsync(message.Body)));
        }
        """, usings: ""), Setup.AwsWithSystemDiagnostics);
}

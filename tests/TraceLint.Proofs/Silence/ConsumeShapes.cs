using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Silence;

/// <summary>Consumers that real code gets right, without OpenTelemetry.Api: parents, links, helpers and wrappers.</summary>
public sealed class ConsumeShapes : SilenceProofs<ConsumeShapes>
{
    public static Proof ParentFromAHelper => Kafka("""
        using var activity = source.StartActivity("process", ActivityKind.Consumer, Extract(consumed.Message.Headers));
        """);

    public static Proof ParentFromDotNetsPropagator => Kafka("""
        DistributedContextPropagator.Current.ExtractTraceIdAndState(consumed.Message.Headers, Get, out var traceParent, out var traceState);
        ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var parent);
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);

        static void Get(object? carrier, string name, out string? value, out IEnumerable<string>? values)
        {
            values = null;
            value = Text((Headers)carrier!, name);
        }
        """);

    public static Proof WrapperThatExtracts => Kafka("""
        using var activity = StartProcess(consumed.Message.Headers);
        """, """
        private static Activity? StartProcess(Headers headers) => source.StartActivity("process", ActivityKind.Consumer, Extract(headers));
        """);

    public static Proof OptionsObject => Kafka("""
        var options = new SpanOptions { Name = "process", Parent = Extract(consumed.Message.Headers) };
        using var activity = source.StartActivity(options.Name, ActivityKind.Consumer, options.Parent);
        """, """
        private sealed class SpanOptions
        {
            public string Name { get; set; } = "";

            public ActivityContext Parent { get; set; }
        }
        """);

    public static Proof BaseClassThatExtracts => Kafka("""
        new OrderHandler().Handle(consumed);
        """, """
        private abstract class Handler
        {
            public void Handle(ConsumeResult<string, string> result)
            {
                using var activity = source.StartActivity("process", ActivityKind.Consumer, Extract(result.Message.Headers));
                Process(result.Message.Value);
            }

            protected abstract void Process(string order);
        }

        private sealed class OrderHandler : Handler
        {
            protected override void Process(string order)
            {
                using var activity = source.StartActivity("price");
            }
        }
        """) with { Whole = "root(publish(>process(price)))" };

    public static Proof TernaryForAMissingHeader => Kafka("""
        using var activity = Extract(consumed.Message.Headers) is var parent && parent != default
            ? source.StartActivity("process", ActivityKind.Consumer, parent)
            : source.StartActivity("process", ActivityKind.Consumer);
        """);

    public static Proof FallbackForAMissingHeader => Kafka("""
        Activity? activity = null;
        if (Extract(consumed.Message.Headers) is var parent && parent != default)
        {
            activity = source.StartActivity("process", ActivityKind.Consumer, parent);
        }

        activity ??= source.StartActivity("process", ActivityKind.Consumer);
        activity?.Dispose();
        """);

    public static Proof LinkAfterTheStart => Kafka("""
        using var activity = source.StartActivity("process", ActivityKind.Consumer);
        activity?.AddLink(new ActivityLink(Extract(consumed.Message.Headers)));
        """) with { Whole = "root(publish) | process{link to publish}" };

    public static Proof DeliberateRoot => Kafka("""
        Activity.Current = null;
        using var activity = source.StartActivity("process", ActivityKind.Consumer, default(ActivityContext), links: new[] { new ActivityLink(Extract(consumed.Message.Headers)) });
        """) with { Whole = "root(publish) | process{link to publish}" };

    public static Proof SpansBelowTheParent => Kafka("""
        using var activity = source.StartActivity("process", ActivityKind.Consumer, Extract(consumed.Message.Headers));
        await Handle(consumed);

        static async Task Handle(ConsumeResult<string, string> message)
        {
            using var price = source.StartActivity("price", ActivityKind.Consumer);
            price?.SetTag("body", message.Message.Value);
            await Task.Yield();
        }
        """) with { Whole = "root(publish(>process(price{body=message 0})))" };

    public static Proof ParentOfANewActivity => Kafka("""
        using var activity = new Activity("process").SetParentId(Text(consumed.Message.Headers, "traceparent")!).Start();
        """) with { Whole = "root(publish(>process{no tracestate}))" };

    public static Proof BatchSpanWithLinks => new()
    {
        Code = ServiceCode.Kafka("""
            var batch = new List<ConsumeResult<string, string>>();
            while (batch.Count < 2)
            {
                batch.Add(consumer.Consume(cancellation));
            }

            using var activity = source.StartActivity(
                "batch", ActivityKind.Consumer, default(ActivityContext), links: batch.Select(result => new ActivityLink(Extract(result.Message.Headers))));
            """, ServiceCode.ExtractFromHeaders, parameters: "IConsumer<string, string> consumer, CancellationToken cancellation"),
        Incoming = 2,
        Whole = "root(publish) | batch{link to publish, link to publish}",
    };

    public static Proof ConsumeLoop => new()
    {
        Code = ServiceCode.Kafka("""
            for (var i = 0; i < 2; i++)
            {
                var result = consumer.Consume(cancellation);
                using var activity = source.StartActivity("process", ActivityKind.Consumer, Extract(result.Message.Headers));
            }
            """, ServiceCode.ExtractFromHeaders, parameters: "IConsumer<string, string> consumer, CancellationToken cancellation"),
        Incoming = 2,
        Whole = "root(publish(>process, >process))",
    };

    public static Proof AllAttributes => Sqs("""MessageAttributeNames = new List<string> { "All" }""");

    public static Proof AllAttributesByPattern => Sqs("""MessageAttributeNames = new List<string> { ".*" }""");

    public static Proof AttributesByName => Sqs("""MessageAttributeNames = new List<string> { "traceparent", "tracestate" }""");

    public static Proof AttributesByPrefix => Sqs("""MessageAttributeNames = new List<string> { "trace.*" }""");

    public static Proof AttributesFromAField => Sqs("MessageAttributeNames = s_names", """private static readonly List<string> s_names = new List<string> { "All" };""");

    private static Proof Kafka(string statements, string members = "") => new()
    {
        Code = ServiceCode.Kafka(statements, (members + "\n\n" + ServiceCode.ExtractFromHeaders).TrimStart(), parameters: "ConsumeResult<string, string> consumed"),
        Whole = "root(publish(>process))",
    };

    private static Proof Sqs(string names, string members = "") => new()
    {
        Code = ServiceCode.Sqs($$"""
            var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(inbox) { MaxNumberOfMessages = 10, WaitTimeSeconds = 5, {{names}} });
            foreach (var message in response.Messages)
            {
                using var activity = source.StartActivity("process", ActivityKind.Consumer, Extract(message));
                await sqs.DeleteMessageAsync(inbox, message.ReceiptHandle);
            }
            """, (members + "\n\n" + ServiceCode.ExtractFromAttributes).TrimStart(), parameters: "IAmazonSQS sqs, string inbox"),
        Incoming = 2,
        Whole = "root(publish(>process, >process))",
    };
}

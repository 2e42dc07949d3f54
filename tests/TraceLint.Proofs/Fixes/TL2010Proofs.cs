using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Lookups of the context in the system attributes of SQS, and in another spelling.</summary>
public sealed class TL2010Proofs : FixProofs<TL2010Proofs>
{
    public static Proof ValueOrDefault => Sqs($$"""
        ActivityContext.TryParse(
            sqsMessage.Attributes.GetValueOrDefault("traceparent"), sqsMessage.Attributes.GetValueOrDefault("tracestate"), isRemote: true, out var parent);
        {{Start}}
        """);

    public static Proof RulesPage => Sqs($"""
        {Kit.RulesPage.Fixed("TL2010")[0]}
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
        """, ServiceCode.OpenTelemetry) with { Dialects = Dialect.OpenTelemetry };

    public static Proof LookupWithATest => Sqs($$"""
        ActivityContext parent = default;
        if (sqsMessage.Attributes != null && sqsMessage.Attributes.TryGetValue("traceparent", out var text))
        {
            sqsMessage.Attributes.TryGetValue("tracestate", out var state);
            ActivityContext.TryParse(text, state, isRemote: true, out parent);
        }

        {{Start}}
        """);

    public static Proof LookupBeforeUse => Sqs($$"""
        ActivityContext parent = default;
        if (sqsMessage.Attributes.ContainsKey("traceparent"))
        {
            var state = sqsMessage.Attributes.ContainsKey("tracestate") ? sqsMessage.Attributes["tracestate"] : null;
            ActivityContext.TryParse(sqsMessage.Attributes["traceparent"], state, isRemote: true, out parent);
        }

        {{Start}}
        """);

    public static Proof SpellingInMessageAttributes => Sqs($$"""
        ActivityContext parent = default;
        if (sqsMessage.MessageAttributes.TryGetValue("TraceParent", out var attribute))
        {
            sqsMessage.MessageAttributes.TryGetValue("TraceState", out var state);
            ActivityContext.TryParse(attribute.StringValue, state?.StringValue, isRemote: true, out parent);
        }

        {{Start}}
        """);

    public static Proof SpellingInKafkaHeaders => Kafka("""consumed.Message.Headers.TryGetLastBytes("TraceParent", out var bytes)""");

    public static Proof SpellingInAComparison => Kafka(
        """consumed.Message.Headers.LastOrDefault(header => header.Key == "Traceparent")?.GetValueBytes() is { } bytes""");

    private const string Start = "using var activity = source.StartActivity(\"process\", ActivityKind.Consumer, parent);";

    private static Proof Sqs(string statements, string usings = "") => new()
    {
        Code = ServiceCode.Sqs($$"""
            var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(inbox)
            {
                MessageAttributeNames = new List<string> { "All" },
                MessageSystemAttributeNames = new List<string> { "All" },
            });
            Process(response.Messages[0]);
            """, $$"""
            private static void Process(Message sqsMessage)
            {
            {{ServiceCode.Indent(statements, 1)}}
                Console.WriteLine(sqsMessage.Body);
            }
            """, usings, parameters: "IAmazonSQS sqs, string inbox"),
        Broken = "root(publish) | process",
        Whole = "root(publish(>process))",
    };

    private static Proof Kafka(string condition) => new()
    {
        Code = ServiceCode.Kafka($$"""
            ActivityContext parent = default;
            if ({{condition}})
            {
                var state = consumed.Message.Headers.TryGetLastBytes("TraceState", out var value) ? Encoding.UTF8.GetString(value) : null;
                ActivityContext.TryParse(Encoding.UTF8.GetString(bytes), state, isRemote: true, out parent);
            }

            {{Start}}
            """, parameters: "ConsumeResult<string, string> consumed"),
        Broken = "root(publish) | process",
        Whole = "root(publish(>process))",
    };
}

using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Extractions on top of a context: whatever is current becomes the parent.</summary>
[Unproved(Gap.SystemDiagnostics, UnprovedAttribute.OpenTelemetryAlone)]
public sealed class TL2007Proofs : FixProofs<TL2007Proofs>
{
    public static Proof RulesPage => new()
    {
        Code = ServiceCode.Kafka($"""
            using var poll = source.StartActivity("poll");
            {Kit.RulesPage.Fixed("TL2007")[0]}
            using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
            """, usings: ServiceCode.OpenTelemetry, parameters: "ConsumeResult<string, string> consumed"),
        Dialects = Dialect.OpenTelemetry,
        Broken = "root(publish) | poll(process)",
        Whole = "root(publish(>process)) | poll",
    };

    public static Proof Attributes => new()
    {
        Code = ServiceCode.Sqs("""
            using var receive = source.StartActivity("receive");
            var response = await sqs.ReceiveMessageAsync(new ReceiveMessageRequest(inbox) { MaxNumberOfMessages = 10, MessageAttributeNames = new List<string> { "All" } });
            foreach (var message in response.Messages)
            {
                var context = new PropagationContext(Activity.Current!.Context, Baggage.Current);
                var parent = Propagators.DefaultTextMapPropagator.Extract(context, message.MessageAttributes, Get);
                using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
            }
            """, """
            private static IEnumerable<string> Get(Dictionary<string, MessageAttributeValue> attributes, string key)
                => attributes != null && attributes.TryGetValue(key, out var value) ? new[] { value.StringValue } : Array.Empty<string>();
            """, ServiceCode.OpenTelemetry, "IAmazonSQS sqs, string inbox"),
        Dialects = Dialect.OpenTelemetry,
        Incoming = 2,
        Broken = "root(publish) | receive(process, process)",
        Whole = "root(publish(>process, >process)) | receive",
    };
}

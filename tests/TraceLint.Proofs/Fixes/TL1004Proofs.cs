using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Context that is injected only when there is a span: whole under a sampled root, broken under an unsampled one.</summary>
[Unproved(Gap.SampledRoot, UnprovedAttribute.DecisionAlone)]
public sealed class TL1004Proofs : FixProofs<TL1004Proofs>
{
    public static Proof RulesPageGuard => new()
    {
        Code = ServiceCode.Kafka(RulesPage.Fixed("TL1004")[1], usings: ServiceCode.OpenTelemetry),
        Dialects = Dialect.OpenTelemetry,
        BrokenUnsampled = "root | orders",
        Whole = "root(orders publish{messaging.system=kafka}(>orders))",
    };

    public static Proof RulesPageNothingInjected => new()
    {
        Code = ServiceCode.Kafka(RulesPage.Fixed("TL1004")[0]),
        BrokenUnsampled = "root | orders",
        Whole = "root(orders publish(>orders))",
    };

    // What is written by hand is the traceparent and nothing else; that is another rule's concern.
    public static Proof EmptyHeader => new()
    {
        Code = ServiceCode.Kafka("""
            using var activity = source.StartActivity("publish", ActivityKind.Producer);
            var headers = new Headers();
            headers.Add("traceparent", Encoding.UTF8.GetBytes(activity?.Id ?? ""));
            await producer.ProduceAsync("orders", new Message<string, string> { Value = "new", Headers = headers });
            """),
        BrokenUnsampled = "root | orders{traceparent \"\"}",
        Whole = "root(publish(>orders{no baggage, no tracestate}))",
    };

    public static Proof GuardWithDotNetsPropagator => new()
    {
        Code = ServiceCode.Kafka("""
            var message = new Message<string, string> { Value = "new", Headers = new Headers() };
            using (var activity = source.StartActivity("publish", ActivityKind.Producer))
            {
                if (activity != null)
                {
                    activity.SetTag("messaging.system", "kafka");
                    DistributedContextPropagator.Current.Inject(activity, message.Headers, (_, key, value) => message.Headers.Add(key, Encoding.UTF8.GetBytes(value)));
                }

                await producer.ProduceAsync("orders", message);
            }
            """),
        BrokenUnsampled = "root | orders",
        Whole = "root(publish{messaging.system=kafka}(>orders))",
    };

    public static Proof ContextOfALocal => new()
    {
        Code = ServiceCode.Kafka("""
            using var activity = source.StartActivity("publish", ActivityKind.Producer);
            ActivityContext context = default;
            if (activity != null)
            {
                context = activity.Context;
            }

            var message = new Message<string, string> { Value = "new", Headers = new Headers() };
            Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(context, Baggage.Current), message.Headers, (headers, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value)));
            await producer.ProduceAsync("orders", message);
            """, usings: ServiceCode.OpenTelemetry),
        Dialects = Dialect.OpenTelemetry,
        BrokenUnsampled = "root | orders",
        Whole = "root(publish(>orders))",
    };

    public static Proof SqsAttributes => new()
    {
        Code = ServiceCode.Sqs("""
            using var activity = source.StartActivity("send", ActivityKind.Producer);
            var request = new SendMessageRequest(url, "new") { MessageAttributes = new Dictionary<string, MessageAttributeValue>() };
            Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(activity?.Context ?? default, Baggage.Current), request.MessageAttributes,
                (attributes, key, value) => attributes[key] = new MessageAttributeValue { DataType = "String", StringValue = value });
            await sqs.SendMessageAsync(request);
            """, usings: ServiceCode.OpenTelemetry),
        Dialects = Dialect.OpenTelemetry,
        BrokenUnsampled = "root | orders",
        Whole = "root(send(>orders))",
    };
}

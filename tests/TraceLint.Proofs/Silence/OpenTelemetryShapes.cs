using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Silence;

/// <summary>What real code gets right with OpenTelemetry.Api: publishes and consumers.</summary>
public sealed class OpenTelemetryShapes : SilenceProofs<OpenTelemetryShapes>
{
    private const string Getter = "static (headers, key) => headers.TryGetLastBytes(key, out var value) ? new[] { Encoding.UTF8.GetString(value) } : Array.Empty<string>()";

    public static Proof InjectionBeforeThePublish => Publish("""
        var message = new Message<string, string> { Value = "new", Headers = new Headers() };
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), message.Headers,
            (headers, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value)));
        await producer.ProduceAsync("orders", message);
        """);

    public static Proof ContextChosenByBranches => Publish("""
        ActivityContext context = default;
        if (activity != null)
        {
            context = activity.Context;
        }
        else if (Activity.Current != null)
        {
            context = Activity.Current.Context;
        }

        var message = new Message<string, string> { Value = "new", Headers = new Headers() };
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(context, Baggage.Current), message.Headers, (headers, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value)));
        await producer.ProduceAsync("orders", message);
        """);

    public static Proof HelperForAttributes => new()
    {
        Code = ServiceCode.Sqs("""
            using var activity = source.StartActivity("publish", ActivityKind.Producer);
            var request = new SendMessageRequest(url, "new") { MessageAttributes = new Dictionary<string, MessageAttributeValue>() };
            TracePropagation.Inject(request.MessageAttributes);
            await sqs.SendMessageAsync(request);
            """, """
            private static class TracePropagation
            {
                public static void Inject(Dictionary<string, MessageAttributeValue> attributes)
                    => Propagators.DefaultTextMapPropagator.Inject(
                        new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), attributes,
                        (carrier, key, value) => carrier[key] = new MessageAttributeValue { DataType = "String", StringValue = value });
            }
            """, ServiceCode.OpenTelemetry),
        Dialects = Dialect.OpenTelemetry,
        Whole = "root(publish(>orders))",
    };

    public static Proof ParentFromTheMessage => Consume($"""
        var parent = Propagators.DefaultTextMapPropagator.Extract(default, consumed.Message.Headers, {Getter});
        Baggage.Current = parent.Baggage;
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
        """);

    public static Proof ReceiveSpanAndProcessSpan => Consume($$"""
        using (source.StartActivity("receive", ActivityKind.Consumer))
        {
            await Task.Yield();
        }

        var parent = Propagators.DefaultTextMapPropagator.Extract(default, consumed.Message.Headers, {{Getter}});
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
        """) with { Whole = "root(publish(>process)) | receive" };

    public static Proof LinkInsteadOfAParent => Consume($$"""
        var context = Propagators.DefaultTextMapPropagator.Extract(default, consumed.Message.Headers, {{Getter}});
        using var activity = source.StartActivity("process", ActivityKind.Consumer, default(ActivityContext), links: new[] { new ActivityLink(context.ActivityContext) });
        """) with { Whole = "root(publish) | process{link to publish}" };

    public static Proof ConsumedAndPublishedAgain => Consume($$"""
        var parent = Propagators.DefaultTextMapPropagator.Extract(default, consumed.Message.Headers, {{Getter}});
        Baggage.Current = parent.Baggage;
        using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
        var message = new Message<string, string> { Value = "again", Headers = new Headers() };
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), message.Headers, (headers, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value)));
        await producer.ProduceAsync("orders", message);
        """) with { Whole = "root(publish(>process(>orders)))" };

    private static Proof Publish(string statements) => new()
    {
        Code = ServiceCode.Kafka("using var activity = source.StartActivity(\"publish\", ActivityKind.Producer);\n" + statements, usings: ServiceCode.OpenTelemetry),
        Dialects = Dialect.OpenTelemetry,
        Whole = "root(publish(>orders))",
    };

    private static Proof Consume(string statements) => new()
    {
        Code = ServiceCode.Kafka(statements, usings: ServiceCode.OpenTelemetry, parameters: "IProducer<string, string> producer, ConsumeResult<string, string> consumed"),
        Dialects = Dialect.OpenTelemetry,
        Whole = "root(publish(>process))",
    };
}

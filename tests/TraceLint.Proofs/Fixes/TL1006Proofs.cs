using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Injections that write no trace context, under a span that they could write.</summary>
public sealed class TL1006Proofs : FixProofs<TL1006Proofs>
{
    private const string Message = "var message = new Message<string, string> { Value = \"new\", Headers = new Headers() };\n";
    private const string Publish = "\nawait producer.ProduceAsync(\"orders\", message);";

    public static Proof NullActivity => new()
    {
        Code = ServiceCode.Kafka($$"""
            {{Message}}DistributedContextPropagator.Current.Inject(
                null, message.Headers, (_, key, value) => message.Headers.Add(key, Encoding.UTF8.GetBytes(value)));{{Publish}}
            """),
        Broken = "root | orders",
        Whole = "root(>orders)",
    };

    public static Proof RulesPage => new()
    {
        Code = ServiceCode.Kafka(Kit.RulesPage.Fixed("TL1006")[0], usings: ServiceCode.OpenTelemetry),
        Dialects = Dialect.OpenTelemetry,
        Broken = "root | orders",
        Whole = "root(>orders)",
    };

    public static Proof BaggageAloneUnderASpan => new()
    {
        Code = ServiceCode.Kafka($$"""
            using var activity = source.StartActivity("publish", ActivityKind.Producer);
            {{Message}}new BaggagePropagator().Inject(
                new PropagationContext(default, Baggage.Current), message.Headers, (headers, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value)));{{Publish}}
            """, usings: ServiceCode.OpenTelemetry),
        Dialects = Dialect.OpenTelemetry,
        Broken = "root(publish) | orders",
        Whole = "root(publish(>orders))",
    };

    public static Proof EmptySetter => new()
    {
        Code = ServiceCode.Kafka($$"""
            using var activity = source.StartActivity("publish", ActivityKind.Producer);
            {{Message}}DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (carrier, key, value) => { });{{Publish}}
            """),
        Broken = "root(publish) | orders",
        Whole = "root(publish(>orders))",
    };

    public static Proof EmptySetterForAttributes => new()
    {
        Code = ServiceCode.Sqs("""
            var request = new SendMessageRequest(url, "new") { MessageAttributes = new Dictionary<string, MessageAttributeValue>() };
            Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), request.MessageAttributes, (carrier, key, value) => { });
            await sqs.SendMessageAsync(request);
            """, usings: ServiceCode.OpenTelemetry),
        Dialects = Dialect.OpenTelemetry,
        Broken = "root | orders",
        Whole = "root(>orders)",
    };
}

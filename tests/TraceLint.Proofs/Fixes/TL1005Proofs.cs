using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Trace headers that are appended to those of a forwarded message.</summary>
public sealed class TL1005Proofs : FixProofs<TL1005Proofs>
{
    private const string Parameters = "IProducer<string, string> producer, ConsumeResult<string, string> consumed";

    private const string Retry = """
        private static Activity? StartRetry(Headers headers)
        {
            ActivityContext.TryParse(Text(headers, "traceparent"), Text(headers, "tracestate"), isRemote: true, out var parent);
            return source.StartActivity("retry", ActivityKind.Consumer, parent);
        }

        private static string Text(Headers headers, string name) => Encoding.UTF8.GetString(headers.GetLastBytes(name));
        """;

    public static Proof RulesPageByHand => new()
    {
        Code = ServiceCode.Kafka($"""
            using var activity = StartRetry(consumed.Message.Headers);
            {RulesPage.Fixed("TL1005")[0].Replace("orders-retry", "orders", StringComparison.Ordinal)}
            """, Retry, parameters: Parameters),
        Broken = "root(publish(>retry)) | orders{2 traceparents}",
        Whole = "root(publish(>retry(>orders)))",
    };

    public static Proof Setter => new()
    {
        Code = ServiceCode.Kafka("""
            using var activity = StartRetry(consumed.Message.Headers);
            var message = new Message<string, string> { Value = consumed.Message.Value, Headers = consumed.Message.Headers };
            Propagators.DefaultTextMapPropagator.Inject(
                new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), message.Headers,
                (headers, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value)));
            await producer.ProduceAsync("orders", message);
            """, Retry, ServiceCode.OpenTelemetry, Parameters),
        Dialects = Dialect.OpenTelemetry,
        Broken = "root(publish(>retry)) | orders{2 traceparents}",
        Whole = "root(publish(>retry(>orders)))",
    };

    public static Proof SetterOfDotNetsPropagator => new()
    {
        Code = ServiceCode.Kafka("""
            using var activity = StartRetry(consumed.Message.Headers);
            DistributedContextPropagator.Current.Inject(Activity.Current, consumed.Message.Headers, (_, key, value) =>
                consumed.Message.Headers.Add(key, Encoding.UTF8.GetBytes(value)));
            await producer.ProduceAsync("orders", consumed.Message);
            """, Retry, parameters: Parameters),
        Broken = "root(publish(>retry)) | orders{2 traceparents}",
        Whole = "root(publish(>retry(>orders)))",
    };
}

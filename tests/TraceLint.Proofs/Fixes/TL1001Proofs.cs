using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Kafka messages that are published without trace context.</summary>
public sealed partial class TL1001Proofs : FixProofs<TL1001Proofs>
{
    public static Proof RulesPage => new()
    {
        Code = ServiceCode.Kafka(Kit.RulesPage.Fixed("TL1001")[0]),
        Broken = "root | orders",
        Whole = "root(>orders)",
    };

    public static Proof NewMessage => new()
    {
        Code = ServiceCode.Kafka("""await producer.ProduceAsync("orders", new Message<string, string> { Value = "new" });"""),
        Broken = "root | orders",
        Whole = "root(>orders)",
    };

    public static Proof SpanThatNobodyWrites => new()
    {
        Code = ServiceCode.Kafka("""
            using var activity = source.StartActivity("publish", ActivityKind.Producer);
            await producer.ProduceAsync("orders", new Message<string, string> { Value = "new" });
            """),
        Broken = "root(publish) | orders",
        Whole = "root(publish(>orders))",
    };

    public static Proof NullHeaders => new()
    {
        Code = ServiceCode.Kafka("""
            Headers headers = null;
            var message = new Message<string, string> { Value = "new", Headers = headers };
            producer.Produce("orders", message, report => { });
            """, usings: "#nullable disable"),
        Broken = "root | orders",
        Whole = "root(>orders)",
    };

    public static Proof BusinessHeaders => new()
    {
        Code = ServiceCode.Kafka("""
            var headers = new Headers { { "message-type", Encoding.UTF8.GetBytes("order-placed") } };
            var message = new Message<string, string> { Value = "new", Headers = headers };
            using (source.StartActivity("first"))
            {
                await producer.ProduceAsync("orders", message);
            }
            """),
        Broken = "root(first) | orders",
        Whole = "root(first(>orders))",
    };

    public static Proof MessageThatIsSentTwice => new()
    {
        Code = ServiceCode.Kafka("""
            var message = new Message<string, string> { Value = "new", Headers = new Headers() };
            foreach (var attempt in new[] { "first", "second" })
            {
                using var activity = source.StartActivity(attempt);
                await producer.ProduceAsync("orders", message);
            }
            """),
        Broken = "root(first, second) | orders | orders",
        Whole = "root(first(>orders), second(>orders))",
    };

    public static Proof DeadLetter => new()
    {
        Code = ServiceCode.Kafka("""
            await producer.ProduceAsync("orders", new Message<string, string> { Value = consumed.Message.Value });
            """, parameters: "IProducer<string, string> producer, ConsumeResult<string, string> consumed"),
        Broken = "root(publish) | orders",
        Whole = "root(publish(>orders))",
    };

    public static Proof DeadLetterThatIsSentTwice => new()
    {
        Code = ServiceCode.Kafka("""
            var message = new Message<string, string> { Value = consumed.Message.Value, Headers = new Headers() };
            foreach (var topic in new[] { "orders", "orders" })
            {
                await producer.ProduceAsync(topic, message);
            }
            """, parameters: "IProducer<string, string> producer, ConsumeResult<string, string> consumed"),
        Broken = "root(publish) | orders | orders",
        Whole = "root(publish(>orders, >orders))",
    };

    public static Proof Lambdas => new()
    {
        Code = ServiceCode.Kafka("""
            await Task.WhenAll(new[] { "a", "b" }.Select(async line =>
            {
                using var activity = source.StartActivity(line);
                await producer.ProduceAsync("orders", new Message<string, string> { Value = line });
            }));
            """),
        Broken = "root(a, b) | orders | orders",
        Whole = "root(a(>orders), b(>orders))",
    };

    public static Proof CSharp7 => new()
    {
        Code = ServiceCode.Kafka("""
            using (source.StartActivity("publish", ActivityKind.Producer))
            {
                await producer.ProduceAsync("orders", new Message<string, string> { Value = "new" });
            }
            """),
        Language = LanguageVersion.CSharp7_3,
        Broken = "root(publish) | orders",
        Whole = "root(publish(>orders))",
    };
}

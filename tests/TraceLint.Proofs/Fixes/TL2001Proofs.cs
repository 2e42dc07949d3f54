using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Spans for Kafka messages that are started without their context.</summary>
public sealed partial class TL2001Proofs : FixProofs<TL2001Proofs>
{
    private const string Loop = "IConsumer<string, string> consumer, CancellationToken cancellation";

    public static Proof RulesPageMessage => Message(RulesPage.Fixed("TL2001")[0]);

    public static Proof ForwardedMessage => Message(RulesPage.Fixed("TL2001")[0]) with { IsForwarded = true };

    public static Proof CSharp7 => new()
    {
        Code = ServiceCode.Kafka("""
            using (source.StartActivity("process", ActivityKind.Consumer))
            {
                Handle(consumed.Message.Value);
            }
            """, ServiceCode.Handle, parameters: "ConsumeResult<string, string> consumed"),
        Language = LanguageVersion.CSharp7_3,
        Broken = "root(publish) | process(price)",
        Whole = "root(publish(>process(price)))",
    };

    public static Proof HelperOfTheProject => Message("""
        using var activity = source.StartActivity("orders process", ActivityKind.Consumer);
        enricher.Handle(consumed.Message.Value);
        """, ServiceCode.ExtractFromHeaders);

    public static Proof ContextThatIsNotPassedOn => Message("""
        var parent = Propagators.DefaultTextMapPropagator.Extract(
            default,
            consumed.Message.Headers,
            static (headers, key) => headers.TryGetLastBytes(key, out var value) ? new[] { Encoding.UTF8.GetString(value) } : Array.Empty<string>());
        Baggage.Current = parent.Baggage;
        using var activity = source.StartActivity("orders process", ActivityKind.Consumer);
        enricher.Handle(consumed.Message.Value);
        """, usings: ServiceCode.OpenTelemetry) with { Dialects = Dialect.OpenTelemetry };

    public static Proof SpanOfATracer => Message("""
        var tracer = TracerProvider.Default.GetTracer(Guid.NewGuid().ToString());
        using var span = tracer.StartActiveSpan("orders process", SpanKind.Consumer);
        enricher.Handle(consumed.Message.Value);
        """, usings: "using OpenTelemetry.Trace;") with { Dialects = Dialect.OpenTelemetry };

    public static Proof ConsumeLoop => new()
    {
        Code = ServiceCode.Kafka("""
            for (var i = 0; i < 2; i++)
            {
                var result = consumer.Consume(cancellation);
                using var activity = source.StartActivity("process", ActivityKind.Consumer);
                Handle(result.Message.Value);
            }
            """, ServiceCode.Handle, parameters: Loop),
        Incoming = 2,
        Broken = "root(publish) | process(price) | process(price)",
        Whole = "root(publish(>process(price), >process(price)))",
    };

    public static Proof HeaderWithoutAValue => new()
    {
        Code = ServiceCode.Kafka("""
            for (var i = 0; i < 2; i++)
            {
                var result = consumer.Consume(cancellation);
                if (i == 0)
                {
                    Empty(result.Message);
                }

                using var activity = source.StartActivity("process", ActivityKind.Consumer);
                Handle(result.Message.Value);
            }
            """,
            ServiceCode.Handle + """


            private static void Empty(Message<string, string> message)
            {
                foreach (var header in message.Headers.ToList())
                {
                    message.Headers.Remove(header.Key);
                    message.Headers.Add(header.Key, null);
                }
            }
            """,
            parameters: Loop),
        Incoming = 2,
        Broken = "root(publish) | process(price) | process(price)",
        Whole = "root(publish(>process(price))) | process(price)",
    };

    public static Proof LoopInASpan => new()
    {
        Code = ServiceCode.Kafka("""
            using var loop = source.StartActivity("loop");
            for (var i = 0; i < 2; i++)
            {
                var result = consumer.Consume(cancellation);
                using var activity = source.StartActivity("process", ActivityKind.Consumer);
                Handle(result.Message.Value);
            }
            """, ServiceCode.Handle, parameters: Loop),
        Incoming = 2,
        Broken = "root(publish) | loop(process(price), process(price))",
        Whole = "root(publish(>process(price), >process(price))) | loop",
    };

    public static Proof EndOfPartition => new()
    {
        Code = ServiceCode.Kafka("""
            while (true)
            {
                var result = consumer.Consume(cancellation);
                using var activity = source.StartActivity("process", ActivityKind.Consumer);
                if (result.IsPartitionEOF)
                {
                    break;
                }

                Handle(result.Message.Value);
            }
            """, ServiceCode.Handle, parameters: Loop),
        Broken = "root(publish) | process(price) | process",
        Whole = "root(publish(>process(price))) | process",
    };

    public static Proof EndOfPartitionOrNothing => new()
    {
        Code = ServiceCode.Kafka("""
            while (true)
            {
                var result = consumer.Consume(TimeSpan.FromSeconds(30));
                using var activity = source.StartActivity("process", ActivityKind.Consumer);
                if (result == null || result.IsPartitionEOF)
                {
                    break;
                }

                Handle(result.Message.Value);
            }
            """, ServiceCode.Handle, parameters: "IConsumer<string, string> consumer"),
        Broken = "root(publish) | process(price) | process",
        Whole = "root(publish(>process(price))) | process",
    };

    public static Proof MessageThatMayBeMissing => new()
    {
        Code = ServiceCode.Kafka("""
            for (var i = 0; i < 2; i++)
            {
                var result = consumer.Consume(cancellation);
                using var activity = source.StartActivity("process", ActivityKind.Consumer);
                if (result.Message is null)
                {
                    continue;
                }

                Handle(result.Message.Value);
            }
            """, ServiceCode.Handle, parameters: Loop),
        Broken = "root(publish) | process(price) | process",
        Whole = "root(publish(>process(price))) | process",
    };

    public static Proof ConsumeThatTimesOut => new()
    {
        Code = ServiceCode.Kafka("""
            consumer.Unassign();
            for (var polls = 0; polls < 2; polls++)
            {
                var result = polls == 0 ? consumer.Consume(1) : consumed;
                using var activity = source.StartActivity("process", ActivityKind.Consumer);
                if (result != null)
                {
                    Handle(result.Message.Value);
                }
            }
            """, ServiceCode.Handle, parameters: "ConsumeResult<string, string> consumed, IConsumer<string, string> consumer"),
        Broken = "root(publish) | process(price) | process",
        Whole = "root(publish(>process(price))) | process",
    };

    public static Proof NullHeaders => new()
    {
        Code = ServiceCode.Kafka("""
            foreach (var result in new[] { consumed, Rest(consumer.Consume(cancellation)) })
            {
                using var activity = source.StartActivity("process", ActivityKind.Consumer);
                Handle(result.Message.Value);
            }
            """, ServiceCode.Handle + "\n\n" + """
            private static ConsumeResult<string, string> Rest(ConsumeResult<string, string> result)
            {
                result.Message = new Message<string, string> { Value = result.Message.Value };
                return result;
            }
            """, parameters: "ConsumeResult<string, string> consumed, " + Loop),
        Incoming = 2,
        Broken = "root(publish) | process(price) | process(price)",
        Whole = "root(publish(>process(price))) | process(price)",
    };

    public static Proof Batch => new()
    {
        Code = ServiceCode.Kafka("""
            var batch = new List<ConsumeResult<string, string>>();
            while (batch.Count < 2)
            {
                batch.Add(consumer.Consume(cancellation));
            }

            using var activity = source.StartActivity("batch", ActivityKind.Consumer);
            foreach (var result in batch)
            {
                Handle(result.Message.Value);
            }
            """, ServiceCode.Handle, parameters: Loop),
        Incoming = 2,
        Broken = "root(publish) | batch(price, price)",
        Whole = "root(publish) | batch{link to publish, link to publish}(price, price)",
    };

    public static Proof HandlerOfAMessage => new()
    {
        Code = ServiceCode.Kafka("""
            await Task.WhenAll(ProcessAsync(consumed.Message), Task.Delay(1));
            """, """
            private static async Task ProcessAsync(Message<string, string> message)
            {
                using var activity = source.StartActivity("process", ActivityKind.Consumer);
                await Task.Yield();
                Handle(message.Value);
            }
            """ + "\n\n" + ServiceCode.Handle, parameters: "ConsumeResult<string, string> consumed"),
        Broken = "root(publish) | process(price)",
        Whole = "root(publish(>process(price)))",
    };

    public static Proof MessageThatIsPublishedAgain => new()
    {
        Code = ServiceCode.Kafka("""
            using var activity = source.StartActivity("process", ActivityKind.Consumer);
            Handle(consumed.Message.Value);
            var message = new Message<string, string> { Value = "again", Headers = new Headers() };
            DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) => message.Headers.Add(key, Encoding.UTF8.GetBytes(value)));
            await producer.ProduceAsync("orders", message);
            """, ServiceCode.Handle, parameters: "IProducer<string, string> producer, ConsumeResult<string, string> consumed"),
        Broken = "root(publish) | process(orders{no baggage}, price)",
        Whole = "root(publish(>process(>orders{no baggage}, price)))",
    };

    private static Proof Message(string statements, string members = "", string usings = "") => new()
    {
        Code = ServiceCode.Kafka(statements, $"{members}\n\n{ServiceCode.Enricher}".TrimStart(), usings, "ConsumeResult<string, string> consumed"),
        Broken = "root(publish) | orders process(price)",
        Whole = "root(publish(>orders process(price)))",
    };
}

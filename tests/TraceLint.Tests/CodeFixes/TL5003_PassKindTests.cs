using TraceLint.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.CodeFixes;

/// <summary>What <see cref="TL5003_PassKind"/> makes of a span whose kind does not fit.</summary>
public class TL5003_PassKindTests
{
    private static readonly Setup s_on = Setup.OpenTelemetry with { Config = "dotnet_diagnostic.TL5003.severity = suggestion" };

    [Fact]
    public Task Publish() => Verify<TL5003_SpanKindOfMessage>.Fix<TL5003_PassKind>(
        KafkaCode.Traced("""
            using var activity = source.[|StartActivity|]("orders publish");
            await producer.ProduceAsync("orders", new Message<string, string> { Value = order.Id });
            """),
        KafkaCode.Traced("""
            using var activity = source.StartActivity("orders publish", ActivityKind.Producer);
            await producer.ProduceAsync("orders", new Message<string, string> { Value = order.Id });
            """),
        s_on);

    [Fact]
    public Task Message_KeepsTheParent() => Verify<TL5003_SpanKindOfMessage>.Fix<TL5003_PassKind>(
        ConsumerCode.Kafka("""
            var result = consumer.Consume(cancellation);
            using var activity = source.[|StartActivity|]("process", ActivityKind.Internal, default(ActivityContext));
            await handler.HandleAsync(result.Message.Value);
            """),
        ConsumerCode.Kafka("""
            var result = consumer.Consume(cancellation);
            using var activity = source.StartActivity("process", ActivityKind.Consumer, default(ActivityContext));
            await handler.HandleAsync(result.Message.Value);
            """),
        s_on);

    [Fact]
    public Task SpanOfTheTracer() => Verify<TL5003_SpanKindOfMessage>.Fix<TL5003_PassKind>(
        ConsumerCode.Kafka("""
            var tracer = TracerProvider.Default.GetTracer("worker");
            var result = consumer.Consume(cancellation);
            using var span = tracer.[|StartActiveSpan|]("process");
            await handler.HandleAsync(result.Message.Value);
            """),
        ConsumerCode.Kafka("""
            var tracer = TracerProvider.Default.GetTracer("worker");
            var result = consumer.Consume(cancellation);
            using var span = tracer.StartActiveSpan("process", SpanKind.Consumer);
            await handler.HandleAsync(result.Message.Value);
            """),
        s_on);

    [Fact]
    public Task SpanOfAWholeOrder_HasNoFix() => Verify<TL5003_SpanKindOfMessage>.NoFix<TL5003_PassKind>(
        KafkaCode.Traced("""
            using var activity = source.[|StartActivity|]("place order");
            await producer.ProduceAsync("orders", new Message<string, string> { Value = order.Id });
            """),
        s_on);
}

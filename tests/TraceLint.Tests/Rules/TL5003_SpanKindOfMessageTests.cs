using TraceLint.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Rules;

public class TL5003_SpanKindOfMessageTests
{
    private const string On = "dotnet_diagnostic.TL5003.severity = suggestion";

    private static Task Publishes(string statements)
        => Verify<TL5003_SpanKindOfMessage>.Rule(KafkaCode.Traced(statements), Setup.OpenTelemetry with { Config = On });

    private static Task Consumes(string statements)
        => Verify<TL5003_SpanKindOfMessage>.Rule(ConsumerCode.Kafka(statements), Setup.OpenTelemetry with { Config = On });

    [Fact]
    public Task Publish_InASpanWithoutAKind() => Publishes("""
        using var activity = source.[|StartActivity|]("orders publish");
        await producer.ProduceAsync("orders", new Message<string, string> { Value = order.Id });
        """);

    [Fact]
    public Task Publish_InAnInternalSpan_CalledAfterSomethingElse() => Publishes("""
        using (source.[|StartActivity|]("place order", ActivityKind.Internal))
        {
            var message = new Message<string, string> { Value = order.Id };
            producer.Produce("orders", message);
        }
        """);

    [Fact]
    public Task Message_ProcessedInASpanWithoutAKind() => Consumes("""
        var result = consumer.Consume(cancellation);
        using var activity = source.[|StartActivity|]("process");
        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task Message_ProcessedInAnInternalSpanOfTheTracer() => Consumes("""
        var tracer = TracerProvider.Default.GetTracer("worker");
        var result = consumer.Consume(cancellation);
        using var span = tracer.[|StartActiveSpan|]("process", SpanKind.Internal);
        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task Message_ProcessedWithItsContextAsTheParent() => Consumes($$"""
        var result = consumer.Consume(cancellation);
        var parent = Propagators.DefaultTextMapPropagator.Extract(default, result.Message.Headers, {{ConsumerCode.KafkaGetter}});
        using var activity = source.[|StartActivity|]("process", ActivityKind.Internal, parent.ActivityContext);
        await handler.HandleAsync(result.Message.Value);
        """);
}

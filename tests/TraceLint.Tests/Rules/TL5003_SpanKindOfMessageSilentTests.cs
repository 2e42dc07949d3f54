using TraceLint.Rules;
using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Rules;

public class TL5003_SpanKindOfMessageSilentTests
{
    private const string On = "dotnet_diagnostic.TL5003.severity = suggestion";

    // What the tests' library runs is on.
    [Fact]
    public async Task OffByDefault()
    {
        var compilation = RuleCase.Compile(new Snippet("", null, null, KafkaCode.Traced(Publish), [], Setup.OpenTelemetry));
        Assert.Empty(await Analysis.RunAsync(compilation, settings: null, new TL5003_SpanKindOfMessage()));
    }

    private static Task Publishes(string statements, string members = "", string config = On)
        => Verify<TL5003_SpanKindOfMessage>.Rule(KafkaCode.Traced(statements, members), Setup.OpenTelemetry with { Config = config });

    private static Task Consumes(string statements)
        => Verify<TL5003_SpanKindOfMessage>.Rule(ConsumerCode.Kafka(statements), Setup.OpenTelemetry with { Config = On });

    private const string Publish = """
        using var activity = source.StartActivity("orders publish");
        await producer.ProduceAsync("orders", new Message<string, string> { Value = order.Id });
        """;

    [Theory]
    [InlineData("Producer")]
    [InlineData("Client")]
    [InlineData("Consumer")]
    [InlineData("Server")]
    public Task OtherKinds(string kind) => Publishes($$"""
        using var activity = source.StartActivity("orders publish", ActivityKind.{{kind}});
        await producer.ProduceAsync("orders", new Message<string, string> { Value = order.Id });
        """);

    [Fact]
    public Task KindIsNotVisible() => Publishes("await Publish(producer, order, ActivityKind.Producer);", """
        private async Task Publish(IProducer<string, string> producer, Order order, ActivityKind kind)
        {
            using var activity = source.StartActivity("orders publish", kind);
            await producer.ProduceAsync("orders", new Message<string, string> { Value = order.Id });
        }
        """);

    [Fact]
    public Task ProducerSpanInside() => Publishes("""
        using var activity = source.StartActivity("place order");
        using (source.StartActivity("orders publish", ActivityKind.Producer))
        {
            await producer.ProduceAsync("orders", new Message<string, string> { Value = order.Id });
        }
        """);

    [Fact]
    public Task PublishAfterTheSpan() => Publishes("""
        using (source.StartActivity("check"))
        {
            Console.WriteLine(order.Id);
        }

        await producer.ProduceAsync("orders", new Message<string, string> { Value = order.Id });
        """);

    [Fact]
    public Task PublishInALambdaThatRunsLater() => Publishes("""
        using var activity = source.StartActivity("place order");
        Func<Task> later = () => producer.ProduceAsync("orders", new Message<string, string> { Value = order.Id });
        """);

    [Fact]
    public Task ClientStartsAProducerSpan()
        => Publishes(Publish, config: On + "\ntracelint.instrumented_transports = kafka");

    [Fact]
    public Task ConsumerSpan() => Consumes("""
        var result = consumer.Consume(cancellation);
        using var activity = source.StartActivity("process", ActivityKind.Consumer);
        await handler.HandleAsync(result.Message.Value);
        """);

    [Fact]
    public Task SpanInsideTheOneForTheMessage() => Consumes("""
        var result = consumer.Consume(cancellation);
        using var activity = source.StartActivity("process", ActivityKind.Consumer);
        using (source.StartActivity("parse"))
        {
            await handler.HandleAsync(result.Message.Value);
        }
        """);

    [Fact]
    public Task NoMessageIsProcessed() => Consumes("""
        using var activity = source.StartActivity("check");
        await handler.HandleAsync("nothing");
        """);
}

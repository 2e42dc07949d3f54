using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2003_SpanWithoutContext>;

namespace TraceLint.Tests.Rules;

// EasyNetQ and DotPulsar.
public partial class TL2003_SpanWithoutContextSilentTests
{
    [Fact]
    public Task EasyNetQ_Extracted() => Verify.Rule(ConsumerCode.EasyNetQ("""
        bus.Advanced.Consume(queue, async (body, properties, info) =>
        {
            var parent = Propagators.DefaultTextMapPropagator.Extract(default, properties.Headers, static (headers, key) =>
                headers.TryGetValue(key, out var value) && value is byte[] bytes ? new[] { Encoding.UTF8.GetString(bytes) } : Array.Empty<string>());
            using var activity = source.StartActivity("orders process", ActivityKind.Consumer, parent.ActivityContext);
            await handler.HandleAsync(Encoding.UTF8.GetString(body.Span));
        });
        """), Setup.EasyNetQ);

    [Fact]
    public Task EasyNetQ_SubscriberGetsNoHeaders() => Verify.Rule(ConsumerCode.EasyNetQ("""
        await bus.PubSub.SubscribeAsync<Order>("worker", async (order, token) =>
        {
            using var activity = source.StartActivity("orders process", ActivityKind.Consumer);
            await handler.HandleAsync(order.Id);
        });
        """), Setup.EasyNetQ);

    [Fact]
    public Task EasyNetQ_PropertiesToSend() => Verify.Rule(ConsumerCode.EasyNetQ("", """
        public void Send(MessageProperties properties)
        {
            using var activity = source.StartActivity("orders send", ActivityKind.Producer);
            handler.Handle(properties.Type);
        }
        """), Setup.EasyNetQ);

    [Fact]
    public Task Pulsar_Extracted() => Verify.Rule(ConsumerCode.Pulsar("""
        await foreach (var message in consumer.Messages())
        {
            var parent = Propagators.DefaultTextMapPropagator.Extract(default, message.Properties, static (properties, key) =>
                properties.TryGetValue(key, out var value) ? new[] { value } : Array.Empty<string>());
            using var activity = source.StartActivity("orders process", ActivityKind.Consumer, parent.ActivityContext);
            await handler.HandleAsync(message.Value());
        }
        """), Setup.Pulsar);

    [Fact]
    public Task Pulsar_ProcessStartsASpanItself() => Verify.Rule(ConsumerCode.Pulsar("""
        await consumer.Process(
            async (message, token) =>
            {
                using var activity = source.StartActivity("orders process");
                await handler.HandleAsync(message.Value());
            },
            new ProcessingOptions { LinkTraces = true });
        """), Setup.Pulsar);

    [Fact]
    public Task Pulsar_HandlerMayBeThatOfProcess() => Verify.Rule(ConsumerCode.Pulsar("", """
        public async ValueTask Process(IMessage<string> message, CancellationToken token)
        {
            using var activity = source.StartActivity("orders process");
            await handler.HandleAsync(message.Value());
        }
        """), Setup.Pulsar);
}

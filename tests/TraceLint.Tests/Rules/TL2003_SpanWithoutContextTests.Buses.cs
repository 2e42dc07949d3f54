using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2003_SpanWithoutContext>;

namespace TraceLint.Tests.Rules;

// EasyNetQ and DotPulsar.
public partial class TL2003_SpanWithoutContextTests
{
    [Fact]
    public Task EasyNetQ_HandlerOfBytes() => Verify.Rule(ConsumerCode.EasyNetQ("""
        bus.Advanced.Consume(queue, async (body, properties, info) =>
        {
            using var activity = source.[|StartActivity|]("orders process", ActivityKind.Consumer);
            await handler.HandleAsync(Encoding.UTF8.GetString(body.Span));
        });
        """), Setup.EasyNetQ);

    [Fact]
    public Task EasyNetQ_HandlerOfAMessage() => Verify.Rule(ConsumerCode.EasyNetQ("bus.Advanced.Consume<Order>(queue, Process);", """
        private async Task Process(IMessage<Order> message, MessageReceivedInfo info)
        {
            using var activity = source.[|StartActivity|]("orders process");
            await handler.HandleAsync(message.Body.Id);
        }
        """), Setup.EasyNetQ);

    [Fact]
    public Task Pulsar_Messages() => Verify.Rule(ConsumerCode.Pulsar("""
        await foreach (var message in consumer.Messages())
        {
            using var activity = source.[|StartActivity|]("orders process", ActivityKind.Consumer);
            await handler.HandleAsync(message.Value());
            await consumer.Acknowledge(message.MessageId);
        }
        """), Setup.Pulsar);

    [Fact]
    public Task Pulsar_Receive() => Verify.Rule(ConsumerCode.Pulsar("""
        while (flag)
        {
            var message = await consumer.Receive(cancellation);
            using var activity = source.[|StartActivity|]("orders process");
            await handler.HandleAsync(message.Value());
        }
        """), Setup.Pulsar);
}

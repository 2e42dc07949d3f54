using TraceLint.Rules;
using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2003_SpanWithoutContext>;

namespace TraceLint.Tests.Rules;

/// <summary>What <see cref="TL2003_SpanWithoutContext"/> reports.</summary>
public partial class TL2003_SpanWithoutContextTests
{
    private static Task Reports(string statements, string members = "") => Verify.Rule(ConsumerCode.Rabbit(statements, members), Setup.Rabbit);

    [Fact]
    public Task LambdaOfTheEvent_IsReported() => Reports("""
        consumer.Received += async (sender, delivery) =>
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            await handler.HandleAsync(Encoding.UTF8.GetString(delivery.Body.Span));
        };
        """);

    [Fact]
    public Task MethodOfTheEvent_IsReported() => Reports("consumer.Received += Handle;", """
        private async Task Handle(object sender, BasicDeliverEventArgs delivery)
        {
            using var activity = source.[|StartActivity|]("process");
            await handler.HandleAsync(Encoding.UTF8.GetString(delivery.Body.Span));
        }
        """);

    [Fact]
    public Task MessageThatIsFetched_IsReported() => Reports("""
        var delivery = channel.BasicGet("orders", autoAck: false);
        using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
        await handler.HandleAsync(Encoding.UTF8.GetString(delivery.Body.Span));
        channel.BasicAck(delivery.DeliveryTag, multiple: false);
        """);

    [Fact]
    public Task HandlerThatTheEventCalls_IsReported() => Reports("consumer.Received += (sender, delivery) => Handle(delivery);", """
        private async Task Handle(BasicDeliverEventArgs delivery)
        {
            using var activity = source.[|StartActivity|]("process");
            await handler.HandleAsync(Encoding.UTF8.GetString(delivery.Body.Span));
        }
        """);

    [Fact]
    public Task MessageOfMqtt_IsReported() => Verify.Rule(TransportCode.Mqtt("""
        client.ApplicationMessageReceivedAsync += async received =>
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            await Handle(received.ApplicationMessage.ConvertPayloadToString());
        };
        """, "private Task Handle(string body) => Task.CompletedTask;"), Setup.Mqtt);

    [Fact]
    public Task MessageOfNats_IsReported() => Verify.Rule(TransportCode.Nats("", """
        public void OnMessage(object sender, MsgHandlerEventArgs received)
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            Handle(received.Message.Subject);
        }

        private void Handle(string subject) { }
        """), Setup.Nats);
}

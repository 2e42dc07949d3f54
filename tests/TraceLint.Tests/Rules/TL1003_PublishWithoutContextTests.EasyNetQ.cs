using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.Rules;

// EasyNetQ.
public partial class TL1003_PublishWithoutContextTests
{
    private static Task VerifyEasyNetQ(string statements, string members = "") => Verify(EasyNetQ(statements, members), Setup.EasyNetQ);

    [Fact]
    public Task EasyNetQ_PublishOfAMessage() => VerifyEasyNetQ("""
        await bus.PubSub.[|PublishAsync|](order);
        await bus.PubSub.[|PublishAsync|](order, "orders.new");
        await bus.PubSub.[|PublishAsync|](order, configuration => configuration.WithTopic("orders.new").WithPriority(3));
        bus.PubSub.[|Publish|](order);
        """);

    [Fact]
    public Task EasyNetQ_SendToAQueue() => VerifyEasyNetQ("""
        await bus.SendReceive.[|SendAsync|]("orders", order);
        bus.SendReceive.[|Send|]("orders", order);
        """);

    [Fact]
    public Task EasyNetQ_AdvancedBus() => VerifyEasyNetQ("""
        await advanced.[|PublishAsync|](exchange, "orders", false, new MessageProperties(), body);
        var properties = new MessageProperties { ContentType = "application/json" };
        properties.Headers["tenant"] = order.Id;
        advanced.[|Publish|](exchange, "orders", false, properties, body);
        """);

    [Fact]
    public Task EasyNetQ_PropertiesFromAHelper() => VerifyEasyNetQ(
        "await advanced.[|PublishAsync|](exchange, \"orders\", false, Make(order), body);",
        """
        private static MessageProperties Make(Order order)
            => new MessageProperties { Headers = new Dictionary<string, object> { ["id"] = order.Id } };
        """);
}

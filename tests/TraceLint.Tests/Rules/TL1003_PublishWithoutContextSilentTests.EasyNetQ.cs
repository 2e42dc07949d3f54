using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.Rules;

// EasyNetQ.
public partial class TL1003_PublishWithoutContextSilentTests
{
    private static Task VerifyEasyNetQ(string statements, string members = "", Setup? setup = null)
        => Verify(EasyNetQ(statements, members), setup ?? Setup.EasyNetQ);

    [Fact]
    public Task EasyNetQ_WithHeaders() => VerifyEasyNetQ("""
        var headers = new Dictionary<string, object>();
        DistributedContextPropagator.Current.Inject(Activity.Current, headers, (_, key, value) => headers[key] = value);
        await bus.PubSub.PublishAsync(order, configuration => configuration.WithTopic("orders.new").WithHeaders(headers));
        await bus.SendReceive.SendAsync("orders", order, configuration => configuration.WithHeaders(headers));
        """);

    [Fact]
    public Task EasyNetQ_ConfigurationFromElsewhere() => VerifyEasyNetQ("", """
        public Task Publish(IPubSub bus, Order order, Action<IPublishConfiguration> configure) => bus.PublishAsync(order, configure);
        """);

    [Fact]
    public Task EasyNetQ_InjectedIntoProperties() => VerifyEasyNetQ($$"""
        var properties = new MessageProperties();
        Propagators.DefaultTextMapPropagator.Inject({{Context}}, properties.Headers, static (headers, key, value) => headers[key] = Encoding.UTF8.GetBytes(value));
        await advanced.PublishAsync(exchange, "orders", false, properties, body);
        """);

    [Fact]
    public Task EasyNetQ_PropertiesFromElsewhere() => VerifyEasyNetQ("", """
        public Task Publish(IAdvancedBus advanced, Exchange exchange, MessageProperties properties, byte[] body)
            => advanced.PublishAsync(exchange, "orders", false, properties, body);
        """);

    [Fact]
    public Task EasyNetQ_MessageHoldsAContext() => VerifyEasyNetQ(
        "await bus.PubSub.PublishAsync(new Envelope(order.Id, Activity.Current?.Id));",
        "public record Envelope(string Id, string? TraceParent);");

    [Fact]
    public Task EasyNetQ_EnvelopeHoldsInjectedHeaders() => VerifyEasyNetQ(
        """
        var headers = new Dictionary<string, object>();
        DistributedContextPropagator.Current.Inject(Activity.Current, headers, (_, key, value) => headers[key] = value);
        await bus.PubSub.PublishAsync(new Envelope(order.Id, headers));
        """,
        "public record Envelope(string Id, Dictionary<string, object> Values);");

    [Fact]
    public Task EasyNetQ_InterceptorInjects() => VerifyEasyNetQ("await bus.PubSub.PublishAsync(order);", """
        public class TraceInterceptor : IProduceConsumeInterceptor
        {
            public ProducedMessage OnProduce(in ProducedMessage message)
            {
                var properties = message.Properties;
                DistributedContextPropagator.Current.Inject(Activity.Current, properties, (_, key, value) => properties.Headers[key] = value);
                return message;
            }

            public ConsumedMessage OnConsume(in ConsumedMessage message) => message;
        }
        """);

    [Fact]
    public Task EasyNetQ_MessageInAMessage()
        => VerifyEasyNetQ("await advanced.PublishAsync(exchange, \"orders\", false, new Message<Order>(order));");

    [Fact]
    public Task EasyNetQ_OverRabbitClient7_WhichPropagates() => VerifyEasyNetQ(
        "await bus.PubSub.PublishAsync(order);",
        setup: Setup.Traced(References.EasyNetQ, References.Rabbit7));

    [Fact]
    public Task EasyNetQ_DeclaredAsInstrumented() => VerifyEasyNetQ(
        "await bus.PubSub.PublishAsync(order);",
        setup: Setup.EasyNetQ with { Config = "tracelint.instrumented_transports = easynetq" });
}

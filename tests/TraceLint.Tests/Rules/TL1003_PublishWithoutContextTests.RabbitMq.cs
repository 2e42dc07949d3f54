using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL1003 reports of RabbitMQ.Client before version 7. What it does not is in TL1003_PublishWithoutContextSilentTests.</summary>
public partial class TL1003_PublishWithoutContextTests
{
    private static Task Verify(string source, Setup setup) => Verify<TL1003_PublishWithoutContext>.Rule(source, setup);

    private static Task VerifyRabbit(string statements, string members = "") => Verify(Rabbit(statements, members), Setup.Rabbit);

    [Fact]
    public Task Rabbit_NullProperties() => VerifyRabbit("""
        channel.[|BasicPublish|](exchange: "", routingKey: "orders", basicProperties: null, body: body);
        channel.[|BasicPublish|]("", "orders", null, body);
        channel.[|BasicPublish|]("", "orders", true, default, Encoding.UTF8.GetBytes(order.Id));
        """);

    [Fact]
    public Task Rabbit_NoProperties() => VerifyRabbit("""
        channel.[|BasicPublish|]("orders", "");
        channel.[|BasicPublish|]("orders", order.Id, body: body);
        """);

    [Fact]
    public Task Rabbit_PropertiesWithoutHeaders() => VerifyRabbit("""
        var properties = channel.CreateBasicProperties();
        properties.Persistent = true;
        properties.ContentType = "application/json";
        channel.[|BasicPublish|]("orders", "", properties, body);
        """);

    [Fact]
    public Task Rabbit_AddressOverload() => VerifyRabbit("""
        channel.[|BasicPublish|](new PublicationAddress(ExchangeType.Direct, "orders", ""), channel.CreateBasicProperties(), body);
        """);

    [Fact]
    public Task Rabbit_BusinessHeaders() => VerifyRabbit("""
        var properties = channel.CreateBasicProperties();
        properties.Headers = new Dictionary<string, object> { { "type", "order" }, { "attempt", 1 } };
        properties.Headers["tenant"] = 3;
        properties.Headers.Add("source", "shop");
        channel.[|BasicPublish|]("orders", "", properties, body);
        """);

    [Fact]
    public Task Rabbit_BusinessHeadersSetByIndexer() => VerifyRabbit("""
        var headers = new Dictionary<string, object> { ["type"] = "order", ["priority"] = flag ? "high" : "low" };
        var properties = channel.CreateBasicProperties();
        properties.Headers = headers;
        channel.[|BasicPublish|]("orders", "", false, properties, body);
        """);

    [Fact]
    public Task Rabbit_HeadersCreatedWhenMissing() => VerifyRabbit("""
        var properties = channel.CreateBasicProperties();
        properties.Headers ??= new Dictionary<string, object>();
        properties.Headers["x-delay"] = 1000;
        channel.[|BasicPublish|]("orders", "", properties, body);
        """);

    [Fact]
    public Task Rabbit_PropertiesOnOneBranch() => VerifyRabbit("""
        IBasicProperties properties = null;
        if (flag)
        {
            properties = channel.CreateBasicProperties();
            properties.Priority = 9;
        }

        channel.[|BasicPublish|]("orders", "", properties, body);
        """);

    [Fact]
    public Task Rabbit_RandomCorrelationId() => VerifyRabbit("""
        var properties = channel.CreateBasicProperties();
        properties.CorrelationId = Guid.NewGuid().ToString();
        properties.ReplyTo = "answers";
        channel.[|BasicPublish|]("", "orders", properties, JsonSerializer.SerializeToUtf8Bytes(order));
        """);

    [Fact]
    public Task Rabbit_ProducerSpanWithoutInject() => VerifyRabbit("""
        using var activity = source.StartActivity("orders publish", ActivityKind.Producer);
        activity?.SetTag("messaging.system", "rabbitmq");
        channel.[|BasicPublish|]("orders", "", channel.CreateBasicProperties(), body);
        """);

    [Fact]
    public Task Rabbit_InsideARetry() => VerifyRabbit(
        """
        Retry(() =>
        {
            var properties = channel.CreateBasicProperties();
            properties.DeliveryMode = 2;
            channel.[|BasicPublish|]("orders", "", mandatory: true, properties, body);
        });
        """,
        "private static void Retry(Action action) => action();");

    [Fact]
    public Task Rabbit_InALoop() => VerifyRabbit("""
        var properties = channel.CreateBasicProperties();
        foreach (var line in order.Lines)
        {
            channel.[|BasicPublish|]("lines", "", properties, Encoding.UTF8.GetBytes(line));
        }
        """);

    [Fact]
    public Task Rabbit_PropertiesMadeByAHelper() => VerifyRabbit(
        """
        channel.[|BasicPublish|]("orders", "", Persistent(channel), body);
        """,
        """
        private static IBasicProperties Persistent(IModel channel)
        {
            var properties = channel.CreateBasicProperties();
            properties.Headers = Typed("order");
            return properties;
        }

        private static Dictionary<string, object> Typed(string type) => new() { ["type"] = type };
        """);

    [Fact]
    public Task Rabbit_HandedToAWrapper() => VerifyRabbit(
        """
        var properties = channel.CreateBasicProperties();
        [|Publish|](channel, properties, body);
        """,
        """
        private void Publish(IModel channel, IBasicProperties properties, byte[] body) => channel.BasicPublish("orders", "", properties, body);
        """);

    [Fact]
    public Task Rabbit_HeadersHandedToAWrapper() => VerifyRabbit(
        """
        [|Publish|](channel, body, new Dictionary<string, object> { ["type"] = "order" });
        [|Publish|](channel, body);
        """,
        """
        private void Publish(IModel channel, byte[] body, IDictionary<string, object> headers = null)
        {
            var properties = channel.CreateBasicProperties();
            properties.Headers = headers;
            channel.BasicPublish("orders", "", properties, body);
        }
        """);

    [Fact]
    public Task Rabbit_IncomingContextDropped() => VerifyRabbit("", """
        public void Retry(IModel channel, BasicDeliverEventArgs delivery)
        {
            var properties = channel.CreateBasicProperties();
            properties.Headers = new Dictionary<string, object> { ["attempt"] = 2 };
            channel.[|BasicPublish|]("retry", delivery.RoutingKey, properties, delivery.Body);
        }
        """);

    [Fact]
    public Task Rabbit_ContextOfAPolledMessageDropped() => VerifyRabbit("""
        var result = channel.BasicGet("orders", autoAck: true);
        channel.[|BasicPublish|]("", "archive", channel.CreateBasicProperties(), result.Body);
        """);

    [Fact]
    public Task Rabbit_InjectedAfterwards() => VerifyRabbit($$"""
        var properties = channel.CreateBasicProperties();
        properties.Headers = new Dictionary<string, object>();
        channel.[|BasicPublish|]("orders", "", properties, body);
        Propagators.DefaultTextMapPropagator.Inject({{Context}}, properties.Headers, (headers, key, value) => headers[key] = value);
        """);

    [Fact]
    public Task Rabbit_SiblingThatInjectsIntoHeaders() => VerifyRabbit(
        """channel.[|BasicPublish|]("audit", "", channel.CreateBasicProperties(), body);""",
        $$"""
        public void Traced(IModel channel, byte[] body)
        {
            var headers = new Dictionary<string, object>();
            Propagators.DefaultTextMapPropagator.Inject({{Context}}, headers, (h, key, value) => h[key] = value);
            var properties = channel.CreateBasicProperties();
            properties.Headers = headers;
            channel.BasicPublish("orders", "", properties, body);
        }
        """);

    [Fact]
    public Task Rabbit_SiblingWhoseHelpersInjectIntoHeaders() => VerifyRabbit(
        """channel.[|BasicPublish|]("audit", "", null, body);""",
        $$"""
        public void Traced(IModel channel, byte[] body)
        {
            var properties = channel.CreateBasicProperties();
            properties.Headers = Build();
            Inject(properties.Headers);
            channel.BasicPublish("orders", "", properties, body);
        }

        private static IDictionary<string, object> Build()
        {
            var headers = new Dictionary<string, object>();
            Propagators.DefaultTextMapPropagator.Inject({{Context}}, headers, (h, key, value) => h[key] = value);
            return headers;
        }

        private static void Inject(IDictionary<string, object> headers)
            => DistributedContextPropagator.Current.Inject(Activity.Current, headers, (h, key, value) => ((IDictionary<string, object>)h!)[key] = value);
        """);

    [Fact]
    public Task Rabbit_AnotherDictionaryIsNoHeaders() => VerifyRabbit("""
        var filter = new Dictionary<string, object> { ["id"] = order.Id };
        filter["lines"] = order.Lines;
        channel.QueueDeclare("orders", true, false, false, new Dictionary<string, object> { ["x-max-length"] = 5 });
        channel.[|BasicPublish|]("orders", "", null, JsonSerializer.SerializeToUtf8Bytes(filter));
        """);

    [Fact]
    public Task Rabbit_Version5() => Verify(Rabbit("""
        channel.[|BasicPublish|]("", "orders", null, body);
        channel.[|BasicPublish|]("", "orders", new RabbitMQ.Client.Framing.BasicProperties { Persistent = true }, body);
        channel.[|BasicPublish|]("", "orders", true, channel.CreateBasicProperties(), body);
        """), Setup.Rabbit5);
}

using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.CodeFixes;

public class TL1003_InjectIntoCarrierTests
{
    private static Task Verify(string source, string @fixed, Setup setup)
        => Verify<TL1003_PublishWithoutContext>.Fix<TL1003_InjectIntoCarrier>(source, @fixed, setup);

    [Fact]
    public Task Rabbit_Properties() => Verify(
        Rabbit("""
            var properties = channel.CreateBasicProperties();
            properties.Persistent = true;
            channel.[|BasicPublish|]("orders", "placed", properties, body);
            """),
        Rabbit($$"""
            var properties = channel.CreateBasicProperties();
            properties.Persistent = true;
            properties.Headers ??= new Dictionary<string, object>();
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                properties.Headers,
                static (headers, key, value) => headers[key] = Encoding.UTF8.GetBytes(value));
            channel.BasicPublish("orders", "placed", properties, body);
            """),
        Setup.Rabbit);

    [Theory]
    [InlineData("""channel.[|BasicPublish|]("orders", "placed", null, body);""", """channel.BasicPublish("orders", "placed", properties, body);""")]
    [InlineData("""channel.[|BasicPublish|](exchange: "orders", routingKey: "placed", basicProperties: null, body: body);""", """channel.BasicPublish(exchange: "orders", routingKey: "placed", basicProperties: properties, body: body);""")]
    [InlineData("""channel.[|BasicPublish|]("orders", "placed", body: body);""", """channel.BasicPublish("orders", "placed", basicProperties: properties, body: body);""")]
    public Task Rabbit_WithoutProperties(string publish, string @fixed) => Verify(
        Rabbit(publish),
        Rabbit($$"""
            var properties = channel.CreateBasicProperties();
            properties.Headers ??= new Dictionary<string, object>();
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                properties.Headers,
                static (headers, key, value) => headers[key] = Encoding.UTF8.GetBytes(value));
            {{@fixed}}
            """),
        Setup.Rabbit);

    [Fact]
    public Task Rabbit_Redelivery_CarriesOn() => Verify(
        Rabbit("", """
            public void Retry(IModel channel, BasicDeliverEventArgs delivery)
            {
                var properties = channel.CreateBasicProperties();
                channel.[|BasicPublish|]("retry", "orders", properties, delivery.Body);
            }
            """),
        Rabbit("", $$"""
            public void Retry(IModel channel, BasicDeliverEventArgs delivery)
            {
                var properties = channel.CreateBasicProperties();
                properties.Headers ??= new Dictionary<string, object>();
                Propagators.DefaultTextMapPropagator.Inject(
                    Activity.Current != null
                        ? new PropagationContext(Activity.Current.Context, Baggage.Current)
                        : Propagators.DefaultTextMapPropagator.Extract(
                            default,
                            delivery.BasicProperties.Headers,
                            static (headers, key) =>
                                headers != null && headers.TryGetValue(key, out var valueObject) && valueObject is byte[] value
                                    ? new[] { Encoding.UTF8.GetString(value) }
                                    : Array.Empty<string>()),
                    properties.Headers,
                    static (headers, key, value) => headers[key] = Encoding.UTF8.GetBytes(value));
                channel.BasicPublish("retry", "orders", properties, delivery.Body);
            }
            """),
        Setup.Rabbit);

    [Fact]
    public Task Mqtt_BuiltMessage() => Verify(
        Mqtt("""
            await client.[|PublishAsync|](new MqttApplicationMessageBuilder().WithTopic("orders").WithPayload(order.Id).Build(), cancellation);
            """),
        Mqtt($$"""
            var message = new MqttApplicationMessageBuilder().WithTopic("orders").WithPayload(order.Id).Build();
            message.UserProperties ??= new List<MqttUserProperty>();
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                message.UserProperties,
                static (properties, key, value) =>
                {
                    properties.RemoveAll(property => property.Name == key);
                    properties.Add(new MqttUserProperty(key, new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(value))));
                });
            await client.PublishAsync(message, cancellation);
            """),
        Setup.Mqtt);

    [Fact]
    public Task Nats_Message() => Verify(
        Nats("""
            connection.[|Publish|](new Msg("orders", data));
            """),
        Nats($$"""
            var message = new Msg("orders", data);
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                message.Header,
                static (headers, key, value) => headers[key] = value);
            connection.Publish(message);
            """),
        Setup.Nats);

    [Fact]
    public Task Nats_HeadersThatAreNull_AreLeftOut() => Verify(
        Nats("""connection.[|Publish|]("orders", (MsgHeader)null, data);"""),
        Nats($$"""
            var message = new Msg("orders", data);
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                message.Header,
                static (headers, key, value) => headers[key] = value);
            connection.Publish(message);
            """),
        Setup.Nats);

    [Fact]
    public Task Nats_SubjectAndData_BecomeAMessage() => Verify(
        Nats("""
            connection.[|Publish|]("orders", data);
            var answer = await connection.[|RequestAsync|]("prices", data, 1000);
            """),
        Nats($$"""
            var message = new Msg("orders", data);
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                message.Header,
                static (headers, key, value) => headers[key] = value);
            connection.Publish(message);
            var natsMessage = new Msg("prices", data);
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                natsMessage.Header,
                static (headers, key, value) => headers[key] = value);
            var answer = await connection.RequestAsync(natsMessage, 1000);
            """),
        Setup.Nats);

    [Fact]
    public Task EasyNetQ_PassesHeaders() => Verify(
        EasyNetQ("""
            await bus.PubSub.[|PublishAsync|](order);
            """),
        EasyNetQ($$"""
            var headers = new Dictionary<string, object>();
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                headers,
                static (headers, key, value) => headers[key] = Encoding.UTF8.GetBytes(value));
            await bus.PubSub.PublishAsync(order, configuration => configuration.WithHeaders(headers));
            """),
        Setup.EasyNetQ);

    [Fact]
    public Task EasyNetQ_KeepsTheTopic() => Verify(
        EasyNetQ("""
            await bus.PubSub.[|PublishAsync|](order, "orders.new");
            """),
        EasyNetQ($$"""
            var headers = new Dictionary<string, object>();
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                headers,
                static (headers, key, value) => headers[key] = Encoding.UTF8.GetBytes(value));
            await bus.PubSub.PublishAsync(
                order,
                configuration => configuration.WithTopic("orders.new").WithHeaders(headers));
            """),
        Setup.EasyNetQ);

    [Fact]
    public Task EasyNetQ_KeepsTheConfiguration() => Verify(
        EasyNetQ("""
            await bus.SendReceive.[|SendAsync|]("orders", order, c => c.WithPriority(3));
            """),
        EasyNetQ($$"""
            var headers = new Dictionary<string, object>();
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                headers,
                static (headers, key, value) => headers[key] = Encoding.UTF8.GetBytes(value));
            await bus.SendReceive.SendAsync("orders", order, c => c.WithPriority(3).WithHeaders(headers));
            """),
        Setup.EasyNetQ);

    [Fact]
    public Task EasyNetQ_Properties() => Verify(
        EasyNetQ("""
            await advanced.[|PublishAsync|](exchange, "orders", false, new MessageProperties(), body);
            """),
        EasyNetQ($$"""
            var properties = new MessageProperties();
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                properties.Headers,
                static (headers, key, value) => headers[key] = Encoding.UTF8.GetBytes(value));
            await advanced.PublishAsync(exchange, "orders", false, properties, body);
            """),
        Setup.EasyNetQ);

    [Fact]
    public Task Pulsar_Metadata() => Verify(
        Pulsar("""
            var metadata = new MessageMetadata { Key = order.Id };
            await producer.[|Send|](metadata, json);
            """),
        Pulsar($$"""
            var metadata = new MessageMetadata { Key = order.Id };
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                metadata,
                static (carrier, key, value) => carrier[key] = value);
            await producer.Send(metadata, json);
            """),
        Setup.Pulsar);

    [Fact]
    public Task Pulsar_MessageAlone_GetsMetadata() => Verify(
        Pulsar("""
            await producer.[|Send|](json);
            """),
        Pulsar($$"""
            var metadata = new MessageMetadata();
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                metadata,
                static (carrier, key, value) => carrier[key] = value);
            await producer.Send(metadata, json);
            """),
        Setup.Pulsar);

    [Fact]
    public Task Pulsar_Builder_HasNoFix() => Verify<TL1003_PublishWithoutContext>.NoFix<TL1003_InjectIntoCarrier>(
        Pulsar("""await producer.NewMessage().Key(order.Id).[|Send|](json);"""),
        Setup.Pulsar);

    [Fact]
    public Task PubSub_Message() => Verify(
        PubSub("""
            await publisher.[|PublishAsync|](new PubsubMessage { Data = ByteString.CopyFromUtf8(json) });
            """),
        PubSub($$"""
            var message = new PubsubMessage { Data = ByteString.CopyFromUtf8(json) };
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                message.Attributes,
                static (attributes, key, value) => attributes[key] = value);
            await publisher.PublishAsync(message);
            """),
        Setup.PubSub);

    [Fact]
    public Task PubSub_PayloadBecomesAMessage() => Verify(
        PubSub("""
            await publisher.[|PublishAsync|](json);
            await publisher.[|PublishAsync|]("key", Encoding.UTF8.GetBytes(json));
            """),
        PubSub($$"""
            var message = new PubsubMessage { Data = ByteString.CopyFromUtf8(json) };
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                message.Attributes,
                static (attributes, key, value) => attributes[key] = value);
            await publisher.PublishAsync(message);
            var pubsubMessage = new PubsubMessage
            {
                OrderingKey = "key",
                Data = ByteString.CopyFrom(Encoding.UTF8.GetBytes(json))
            };
            Propagators.DefaultTextMapPropagator.Inject(
                {{Context}},
                pubsubMessage.Attributes,
                static (attributes, key, value) => attributes[key] = value);
            await publisher.PublishAsync(pubsubMessage);
            """),
        Setup.PubSub);

    [Fact]
    public Task PubSub_Request() => Verify(
        PubSub("""
            var request = new PublishRequest { TopicAsTopicName = topic };
            request.Messages.Add(new PubsubMessage { Data = ByteString.CopyFromUtf8(json) });
            await api.[|PublishAsync|](request);
            """),
        PubSub($$"""
            var request = new PublishRequest { TopicAsTopicName = topic };
            request.Messages.Add(new PubsubMessage { Data = ByteString.CopyFromUtf8(json) });
            foreach (var entry in request.Messages)
            {
                Propagators.DefaultTextMapPropagator.Inject(
                    {{Context}},
                    entry.Attributes,
                    static (attributes, key, value) => attributes[key] = value);
            }

            await api.PublishAsync(request);
            """),
        Setup.PubSub);

    [Fact]
    public Task PubSub_TextInAnotherEncoding_HasNoFix() => Verify<TL1003_PublishWithoutContext>.NoFix<TL1003_InjectIntoCarrier>(
        PubSub("""await publisher.[|PublishAsync|](json, Encoding.Latin1);"""),
        Setup.PubSub);

    [Fact]
    public Task Redis_HasNoFix() => Verify<TL1003_PublishWithoutContext>.NoFix<TL1003_InjectIntoCarrier>(
        Redis("""await database.[|StreamAddAsync|]("orders", new NameValueEntry[] { new("id", order.Id) });"""), Setup.Redis);
}

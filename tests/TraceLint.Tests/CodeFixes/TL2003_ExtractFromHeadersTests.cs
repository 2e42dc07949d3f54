using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2003_SpanWithoutContext>;

namespace TraceLint.Tests.CodeFixes;

/// <summary>What <see cref="TL2003_ExtractFromHeaders"/> makes of a span without its message's context.</summary>
public class TL2003_ExtractFromHeadersTests
{
    [Fact]
    public Task Delivery_GetsAParent() => Verify.Fix<TL2003_ExtractFromHeaders>(ConsumerCode.Rabbit("""
        consumer.Received += async (sender, delivery) =>
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            await handler.HandleAsync(Encoding.UTF8.GetString(delivery.Body.Span));
        };
        """), ConsumerCode.Rabbit("""
        consumer.Received += async (sender, delivery) =>
        {
            var parent = Propagators.DefaultTextMapPropagator.Extract(
                default,
                delivery.BasicProperties.Headers,
                static (headers, key) =>
                    headers != null && headers.TryGetValue(key, out var valueObject) && valueObject is byte[] value
                        ? new[] { Encoding.UTF8.GetString(value) }
                        : Array.Empty<string>());
            using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
            await handler.HandleAsync(Encoding.UTF8.GetString(delivery.Body.Span));
        };
        """), Setup.Rabbit);

    [Fact]
    public Task BytesOfEasyNetQ_GetAParentFromThePropertiesBesideThem() => Verify.Fix<TL2003_ExtractFromHeaders>(
        ConsumerCode.EasyNetQ("""
            bus.Advanced.Consume(queue, async (body, properties, info) =>
            {
                using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
                await handler.HandleAsync(Encoding.UTF8.GetString(body.Span));
            });
            """),
        ConsumerCode.EasyNetQ("""
            bus.Advanced.Consume(queue, async (body, properties, info) =>
            {
                var parent = Propagators.DefaultTextMapPropagator.Extract(
                    default,
                    properties.Headers,
                    static (headers, key) =>
                        headers != null && headers.TryGetValue(key, out var valueObject) && valueObject is byte[] value
                            ? new[] { Encoding.UTF8.GetString(value) }
                            : Array.Empty<string>());
                using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
                await handler.HandleAsync(Encoding.UTF8.GetString(body.Span));
            });
            """),
        Setup.EasyNetQ);

    [Fact]
    public Task MessageOfPulsar_GetsAParent() => Verify.Fix<TL2003_ExtractFromHeaders>(
        ConsumerCode.Pulsar("""
            await foreach (var message in consumer.Messages())
            {
                using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
                await handler.HandleAsync(message.Value());
            }
            """),
        ConsumerCode.Pulsar("""
            await foreach (var message in consumer.Messages())
            {
                var parent = Propagators.DefaultTextMapPropagator.Extract(
                    default,
                    message.Properties,
                    static (carrier, key) => carrier.TryGetValue(key, out var value)
                        ? new[] { value }
                        : Array.Empty<string>());
                using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
                await handler.HandleAsync(message.Value());
            }
            """),
        Setup.Pulsar);

    [Fact]
    public Task MessageOfPubSub_GetsAParent() => Verify.Fix<TL2003_ExtractFromHeaders>(
        ConsumerCode.PubSub("""
            await subscriber.StartAsync(async (message, cancel) =>
            {
                using var activity = source.[|StartActivity|]("process");
                await handler.HandleAsync(message.Data.ToStringUtf8());
                return SubscriberClient.Reply.Ack;
            });
            """),
        ConsumerCode.PubSub("""
            await subscriber.StartAsync(async (message, cancel) =>
            {
                var parent = Propagators.DefaultTextMapPropagator.Extract(
                    default,
                    message.Attributes,
                    static (attributes, key) => attributes.TryGetValue(key, out var value)
                        ? new[] { value }
                        : Array.Empty<string>());
                using var activity = source.StartActivity("process", ActivityKind.Internal, parent.ActivityContext);
                await handler.HandleAsync(message.Data.ToStringUtf8());
                return SubscriberClient.Reply.Ack;
            });
            """),
        Setup.PubSub);

    [Fact]
    public Task PulledMessageOfPubSub_GetsAParent() => Verify.Fix<TL2003_ExtractFromHeaders>(
        ConsumerCode.PubSub("""
            var response = await api.PullAsync(subscription, maxMessages: 10);
            foreach (var received in response.ReceivedMessages)
            {
                using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
                await handler.HandleAsync(received.Message.Data.ToStringUtf8());
            }
            """),
        ConsumerCode.PubSub("""
            var response = await api.PullAsync(subscription, maxMessages: 10);
            foreach (var received in response.ReceivedMessages)
            {
                var parent = Propagators.DefaultTextMapPropagator.Extract(
                    default,
                    received.Message.Attributes,
                    static (attributes, key) => attributes.TryGetValue(key, out var value)
                        ? new[] { value }
                        : Array.Empty<string>());
                using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
                await handler.HandleAsync(received.Message.Data.ToStringUtf8());
            }
            """),
        Setup.PubSub);

    [Fact]
    public Task MessageOfAzure_GetsAParent_AlsoUnderItsOlderName() => Verify.Fix<TL2003_ExtractFromHeaders>(
        ConsumerCode.Azure("""
            var message = await receiver.ReceiveMessageAsync();
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            await handler.HandleAsync(message.Body.ToString());
            """),
        ConsumerCode.Azure("""
            var message = await receiver.ReceiveMessageAsync();
            var parent = Propagators.DefaultTextMapPropagator.Extract(
                default,
                message.ApplicationProperties,
                static (properties, key) => (properties.TryGetValue(key, out var valueObject)
                    || (key == "traceparent" && properties.TryGetValue("Diagnostic-Id", out valueObject)))
                    && valueObject is string value
                    ? new[] { value }
                    : Array.Empty<string>());
            using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
            await handler.HandleAsync(message.Body.ToString());
            """),
        Setup.Azure);

    [Fact]
    public Task EventOfAzure_GetsAParent_WithSystemDiagnostics() => Verify.Fix<TL2003_ExtractFromHeaders>(
        ConsumerCode.Azure("""
            await foreach (var received in events.ReadEventsAsync(cancellation))
            {
                using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
                await handler.HandleAsync(received.Data.EventBody.ToString());
            }
            """),
        ConsumerCode.Azure("""
            await foreach (var received in events.ReadEventsAsync(cancellation))
            {
                var properties = received.Data.Properties;
                var traceParent = properties != null
                    && (properties.TryGetValue("traceparent", out var parentValueObject)
                        || properties.TryGetValue("Diagnostic-Id", out parentValueObject))
                    && parentValueObject is string parentValue
                    ? parentValue
                    : null;
                var traceState = properties != null
                    && properties.TryGetValue("tracestate", out var stateValueObject)
                    && stateValueObject is string stateValue
                    ? stateValue
                    : null;
                ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var parent);
                using var activity = source.StartActivity("process", ActivityKind.Consumer, parent);
                await handler.HandleAsync(received.Data.EventBody.ToString());
            }
            """),
        Setup.Azure with { Config = "tracelint.fix_dialect = system_diagnostics" });

    [Fact]
    public Task MessageOfMqtt_HasNoFix() => Verify.NoFix<TL2003_ExtractFromHeaders>(TransportCode.Mqtt("""
        client.ApplicationMessageReceivedAsync += async received =>
        {
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            await Handle(received.ApplicationMessage.ConvertPayloadToString());
        };
        """, "private Task Handle(string body) => Task.CompletedTask;"), Setup.Mqtt);
}

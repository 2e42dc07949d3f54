using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.Rules;

// Google Pub/Sub.
public partial class TL1003_PublishWithoutContextSilentTests
{
    private static Task VerifyPubSub(string statements, string members = "") => Verify(PubSub(statements, members), Setup.PubSub);

    [Fact]
    public Task PubSub_Injected() => VerifyPubSub($$"""
        var message = new PubsubMessage { Data = ByteString.CopyFromUtf8(json) };
        Propagators.DefaultTextMapPropagator.Inject({{Context}}, message.Attributes, static (attributes, key, value) => attributes[key] = value);
        await publisher.PublishAsync(message);
        """);

    [Fact]
    public Task PubSub_InjectedBySystemDiagnostics() => VerifyPubSub("""
        var message = new PubsubMessage { Data = ByteString.CopyFromUtf8(json) };
        DistributedContextPropagator.Current.Inject(Activity.Current, message, (_, key, value) => message.Attributes.Add(key, value));
        await publisher.PublishAsync(message);
        """);

    [Fact]
    public Task PubSub_InjectedIntoADictionaryThatIsCopied() => VerifyPubSub($$"""
        var headers = new Dictionary<string, string>();
        Propagators.DefaultTextMapPropagator.Inject({{Context}}, headers, static (h, key, value) => h[key] = value);
        var message = new PubsubMessage { Data = ByteString.CopyFromUtf8(json), Attributes = { headers } };
        await publisher.PublishAsync(message);
        var other = new PubsubMessage { Data = ByteString.CopyFromUtf8(json) };
        other.Attributes.Add(headers);
        await publisher.PublishAsync(other);
        foreach (var header in headers)
        {
            other.Attributes[header.Key] = header.Value;
        }

        await publisher.PublishAsync(other);
        """);

    [Fact]
    public Task PubSub_TraceAttribute() => VerifyPubSub("""
        await publisher.PublishAsync(new PubsubMessage { Data = ByteString.CopyFromUtf8(json), Attributes = { ["googclient_traceparent"] = order.Id } });
        await publisher.PublishAsync(new PubsubMessage { Data = ByteString.CopyFromUtf8(json), Attributes = { { "traceparent", order.Id } } });
        """);

    [Fact]
    public Task PubSub_AttributesFromElsewhere() => VerifyPubSub("", """
        public Task Publish(PublisherClient publisher, string json, IDictionary<string, string> headers)
        {
            var message = new PubsubMessage { Data = ByteString.CopyFromUtf8(json) };
            message.Attributes.MergeFrom(headers);
            return publisher.PublishAsync(message);
        }

        public Task Publish(PublisherClient publisher, PubsubMessage message) => publisher.PublishAsync(message);
        public void Publish(PublisherServiceApiClient api, PublishRequest request) => api.Publish(request);
        public void Publish(PublisherServiceApiClient api, TopicName topic, IEnumerable<PubsubMessage> messages) => api.Publish(topic, messages);
        """);

    [Fact]
    public Task PubSub_Forwarded() => VerifyPubSub("", """
        public async Task<SubscriberClient.Reply> Handle(PubsubMessage received, PublisherClient publisher)
        {
            await publisher.PublishAsync(received);
            await publisher.PublishAsync(received.Clone());
            await publisher.PublishAsync(new PubsubMessage(received));
            await publisher.PublishAsync(new PubsubMessage { Data = received.Data, Attributes = { received.Attributes } });
            return SubscriberClient.Reply.Ack;
        }
        """);

    [Fact]
    public Task PubSub_InjectedIntoEachOfSeveral() => VerifyPubSub($$"""
        var request = new PublishRequest { TopicAsTopicName = topic };
        foreach (var line in order.Lines)
        {
            var message = new PubsubMessage { Data = ByteString.CopyFromUtf8(line) };
            Propagators.DefaultTextMapPropagator.Inject({{Context}}, message.Attributes, static (attributes, key, value) => attributes[key] = value);
            request.Messages.Add(message);
        }

        await api.PublishAsync(request);
        """);

    [Fact]
    public Task PubSub_EnvelopeWithATraceMember() => VerifyPubSub(
        """await publisher.PublishAsync(JsonSerializer.Serialize(new Envelope(order, Activity.Current?.Id)));""",
        "private sealed record Envelope(Order Order, string? TraceParent);");

    [Fact]
    public Task PubSub_ClientOfTheProjectThatMayInject() => VerifyPubSub(
        """await publisher.PublishAsync(new PubsubMessage { Data = ByteString.CopyFromUtf8(json) });""",
        """
        private sealed class TracedPublisher(PublisherClient inner) : PublisherClient
        {
            public override Task<string> PublishAsync(PubsubMessage message)
            {
                message.Attributes["traceparent"] = Activity.Current?.Id ?? "";
                return inner.PublishAsync(message);
            }
        }
        """);

    [Fact]
    public Task PubSub_MapOfAnotherMessage() => VerifyPubSub("""
        var labels = new Google.Protobuf.Collections.MapField<string, string> { ["type"] = "order" };
        labels.Clear();
        publisher.ResumePublish("key");
        await publisher.ShutdownAsync(cancellation);
        """);
}

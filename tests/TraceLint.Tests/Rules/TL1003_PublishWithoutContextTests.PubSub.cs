using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.TransportCode;

namespace TraceLint.Tests.Rules;

// Google Pub/Sub.
public partial class TL1003_PublishWithoutContextTests
{
    private static Task VerifyPubSub(string statements, string members = "") => Verify(PubSub(statements, members), Setup.PubSub);

    [Fact]
    public Task PubSub_PayloadAlone() => VerifyPubSub("""
        await publisher.[|PublishAsync|](json);
        await publisher.[|PublishAsync|]("key", json, Encoding.Latin1);
        await publisher.[|PublishAsync|](ByteString.CopyFromUtf8(json));
        await publisher.[|PublishAsync|]("key", Encoding.UTF8.GetBytes(json));
        """);

    [Fact]
    public Task PubSub_MessageWithoutAttributes() => VerifyPubSub("""
        await publisher.[|PublishAsync|](new PubsubMessage { Data = ByteString.CopyFromUtf8(json) });
        var message = new PubsubMessage { Data = ByteString.CopyFromUtf8(json), OrderingKey = order.Id };
        await publisher.[|PublishAsync|](message);
        """);

    [Fact]
    public Task PubSub_BusinessAttributes() => VerifyPubSub("""
        await publisher.[|PublishAsync|](new PubsubMessage { Data = ByteString.CopyFromUtf8(json), Attributes = { ["type"] = "order" } });
        await publisher.[|PublishAsync|](new PubsubMessage { Data = ByteString.CopyFromUtf8(json), Attributes = { { "type", "order" } } });
        var message = new PubsubMessage { Data = ByteString.CopyFromUtf8(json) };
        message.Attributes["type"] = "order";
        message.Attributes.Add("tenant", "1");
        await publisher.[|PublishAsync|](message);
        """);

    [Fact]
    public Task PubSub_Request() => VerifyPubSub("""
        var message = new PubsubMessage { Data = ByteString.CopyFromUtf8(json) };
        api.[|Publish|](new PublishRequest { TopicAsTopicName = topic, Messages = { message } });
        var request = new PublishRequest { TopicAsTopicName = topic };
        request.Messages.Add(new PubsubMessage { Data = ByteString.CopyFromUtf8(json) });
        await api.[|PublishAsync|](request, cancellation);
        """);

    [Fact]
    public Task PubSub_SeveralMessages() => VerifyPubSub("""
        await api.[|PublishAsync|](topic, new[] { new PubsubMessage { Data = ByteString.CopyFromUtf8(json) } });
        var messages = new List<PubsubMessage>();
        foreach (var line in order.Lines)
        {
            messages.Add(new PubsubMessage { Data = ByteString.CopyFromUtf8(line) });
        }

        api.[|Publish|](topic, messages);
        api.[|Publish|](topic, order.Lines.Select(line => new PubsubMessage { Data = ByteString.CopyFromUtf8(line) }));
        """);

    [Fact]
    public Task PubSub_HandedToAWrapper() => VerifyPubSub(
        """await [|Publish|](publisher, new PubsubMessage { Data = ByteString.CopyFromUtf8(json) });""",
        """private static Task Publish(PublisherClient publisher, PubsubMessage message) => publisher.PublishAsync(message);""");

    [Fact]
    public Task PubSub_IncomingContextDropped() => VerifyPubSub("", """
        public async Task<SubscriberClient.Reply> Handle(PubsubMessage received, PublisherClient publisher)
        {
            await publisher.[|PublishAsync|](new PubsubMessage { Data = received.Data });
            return SubscriberClient.Reply.Ack;
        }
        """);
}

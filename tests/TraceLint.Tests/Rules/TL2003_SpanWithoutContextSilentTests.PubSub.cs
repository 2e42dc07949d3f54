using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2003_SpanWithoutContext>;

namespace TraceLint.Tests.Rules;

// Google Pub/Sub.
public partial class TL2003_SpanWithoutContextSilentTests
{
    private static Task SilentPubSub(string statements, string members = "") => Verify.Rule(ConsumerCode.PubSub(statements, members), Setup.PubSub);

    [Fact]
    public Task PubSub_Extracted() => SilentPubSub("""
        await subscriber.StartAsync(async (message, cancel) =>
        {
            var parent = Propagators.DefaultTextMapPropagator.Extract(
                default, message.Attributes, static (attributes, key) => attributes.TryGetValue(key, out var value) ? [value] : []);
            using var activity = source.StartActivity("orders process", ActivityKind.Consumer, parent.ActivityContext);
            await handler.HandleAsync(message.Data.ToStringUtf8());
            return SubscriberClient.Reply.Ack;
        });
        """);

    [Fact]
    public Task PubSub_AttributeThatClientsOfOtherLanguagesWrite() => SilentPubSub("""
        await subscriber.StartAsync(async (message, cancel) =>
        {
            message.Attributes.TryGetValue("googclient_traceparent", out var header);
            using var activity = source.StartActivity("orders process", ActivityKind.Consumer, header);
            await handler.HandleAsync(message.Data.ToStringUtf8());
            return SubscriberClient.Reply.Ack;
        });
        """);

    [Fact]
    public Task PubSub_LinksOfPulledMessages() => SilentPubSub("""
        var response = await api.PullAsync(subscription, maxMessages: 10);
        var links = new List<ActivityLink>();
        foreach (var received in response.ReceivedMessages)
        {
            if (ActivityContext.TryParse(received.Message.Attributes["traceparent"], null, isRemote: true, out var context))
            {
                links.Add(new ActivityLink(context));
            }
        }

        using var activity = source.StartActivity("orders process", ActivityKind.Consumer, default(ActivityContext), links: links);
        foreach (var received in response.ReceivedMessages)
        {
            await handler.HandleAsync(received.Message.Data.ToStringUtf8());
        }
        """);

    [Fact]
    public Task PubSub_SpanAroundPublish() => SilentPubSub("", """
        public async Task Publish(PublisherClient publisher, PubsubMessage message)
        {
            using var activity = source.StartActivity("orders publish", ActivityKind.Producer);
            message.Attributes["traceparent"] = activity?.Id ?? "";
            await publisher.PublishAsync(message);
        }

        public async Task Prepare(PubsubMessage message)
        {
            using var activity = source.StartActivity("prepare");
            await handler.HandleAsync(message.Data.ToStringUtf8());
        }
        """);

    [Fact]
    public Task PubSub_SpanThatProcessesNothing() => SilentPubSub("""
        await subscriber.StartAsync((message, cancel) =>
        {
            using var activity = source.StartActivity("log");
            Console.WriteLine(message.MessageId);
            return Task.FromResult(SubscriberClient.Reply.Ack);
        });
        """);

    [Fact]
    public Task PubSub_AgentThatExtracts() => Verify.Rule(ConsumerCode.PubSub("""
        await subscriber.StartAsync(async (message, cancel) =>
        {
            using var activity = source.StartActivity("orders process", ActivityKind.Consumer);
            await handler.HandleAsync(message.Data.ToStringUtf8());
            return SubscriberClient.Reply.Ack;
        });
        """), Setup.PubSub with { Config = "tracelint.instrumented_transports = pubsub" });
}

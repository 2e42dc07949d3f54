using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2003_SpanWithoutContext>;

namespace TraceLint.Tests.Rules;

// Google Pub/Sub.
public partial class TL2003_SpanWithoutContextTests
{
    private static Task ReportsPubSub(string statements, string members = "") => Verify.Rule(ConsumerCode.PubSub(statements, members), Setup.PubSub);

    [Fact]
    public Task PubSub_LambdaOfTheSubscriber() => ReportsPubSub("""
        await subscriber.StartAsync(async (message, cancel) =>
        {
            using var activity = source.[|StartActivity|]("orders process");
            await handler.HandleAsync(message.Data.ToStringUtf8());
            return SubscriberClient.Reply.Ack;
        });
        """);

    [Fact]
    public Task PubSub_MethodOfTheSubscriber() => ReportsPubSub("await subscriber.StartAsync(Receive);", """
        private async Task<SubscriberClient.Reply> Receive(PubsubMessage message, CancellationToken cancel)
        {
            using var activity = source.[|StartActivity|]("orders process", ActivityKind.Consumer);
            await handler.HandleAsync(message.Data.ToStringUtf8());
            return SubscriberClient.Reply.Ack;
        }
        """);

    [Fact]
    public Task PubSub_SubscriptionHandler() => ReportsPubSub("", """
        private sealed class Orders(IHandler handler) : SubscriptionHandler
        {
            public override async Task<SubscriberClient.Reply> HandleMessage(PubsubMessage message, CancellationToken cancellationToken)
            {
                using var activity = source.[|StartActivity|]("orders process");
                await handler.HandleAsync(message.Data.ToStringUtf8());
                return SubscriberClient.Reply.Ack;
            }
        }
        """);

    [Fact]
    public Task PubSub_PulledMessages() => ReportsPubSub("""
        var response = await api.PullAsync(subscription, maxMessages: 10);
        foreach (var received in response.ReceivedMessages)
        {
            using var activity = source.[|StartActivity|]("orders process", ActivityKind.Consumer);
            await handler.HandleAsync(received.Message.Data.ToStringUtf8());
        }
        """);

    [Fact]
    public Task PubSub_MessagePassedOn() => ReportsPubSub("", """
        private Task Process(PubsubMessage message)
        {
            using var activity = source.[|StartActivity|]("orders process", ActivityKind.Consumer);
            return handler.HandleAsync(message.Data.ToStringUtf8());
        }
        """);
}

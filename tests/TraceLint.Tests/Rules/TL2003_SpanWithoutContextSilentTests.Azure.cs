using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2003_SpanWithoutContext>;

namespace TraceLint.Tests.Rules;

// Azure Service Bus and Event Hubs.
public partial class TL2003_SpanWithoutContextSilentTests
{
    private static Task SilentAzure(string statements, string members = "") => Verify.Rule(ConsumerCode.Azure(statements, members), Setup.Azure);

    [Fact]
    public Task Azure_ProcessorStartsASpanItself() => SilentAzure("""
        processor.ProcessMessageAsync += async received =>
        {
            using var activity = source.StartActivity("orders process", ActivityKind.Consumer);
            var message = received.Message;
            await handler.HandleAsync(message.Body.ToString());
        };
        """, """
        private async Task OnMessage(ProcessMessageEventArgs received)
        {
            using var activity = source.StartActivity("orders process", ActivityKind.Consumer);
            await handler.HandleAsync(received.Message.Body.ToString());
        }
        """);

    [Fact]
    public Task Azure_MessageThatMayComeFromAProcessor() => SilentAzure("", """
        public async Task Handle(ServiceBusReceivedMessage message)
        {
            using var activity = source.StartActivity("orders process", ActivityKind.Consumer);
            await handler.HandleAsync(message.Body.ToString());
        }

        public async Task HandleAll(IReadOnlyList<ServiceBusReceivedMessage> messages, EventData[] batch)
        {
            using var activity = source.StartActivity("orders process", ActivityKind.Consumer);
            foreach (var message in messages) await handler.HandleAsync(message.Body.ToString());
            foreach (var received in batch) await handler.HandleAsync(received.EventBody.ToString());
        }
        """);

    [Fact]
    public Task Azure_DiagnosticIdAsParent() => SilentAzure("""
        var message = await receiver.ReceiveMessageAsync();
        message.ApplicationProperties.TryGetValue("Diagnostic-Id", out var id);
        using var activity = source.StartActivity("orders process", ActivityKind.Consumer, id as string);
        await handler.HandleAsync(message.Body.ToString());
        """);

    [Fact]
    public Task Azure_Extracted() => SilentAzure("""
        await foreach (var received in events.ReadEventsAsync(cancellation))
        {
            var parent = Propagators.DefaultTextMapPropagator.Extract(
                default, received.Data.Properties, static (properties, key) => properties.TryGetValue(key, out var value) ? [(string)value] : []);
            using var activity = source.StartActivity("orders process", ActivityKind.Consumer, parent.ActivityContext);
            await handler.HandleAsync(received.Data.EventBody.ToString());
        }
        """);

    [Fact]
    public Task Azure_Links() => SilentAzure("""
        var messages = await receiver.ReceiveMessagesAsync(10);
        var links = messages.Select(message => new ActivityLink(ActivityContext.Parse((string)message.ApplicationProperties["traceparent"], null)));
        using var activity = source.StartActivity("orders process", ActivityKind.Consumer, default(ActivityContext), links: links);
        foreach (var message in messages) await handler.HandleAsync(message.Body.ToString());
        """);

    [Fact]
    public Task Azure_SpanAroundTheReceive() => SilentAzure("""
        using var activity = source.StartActivity("poll", ActivityKind.Consumer);
        var message = await receiver.ReceiveMessageAsync();
        await handler.HandleAsync(message.Body.ToString());
        """);

    [Fact]
    public Task Azure_PeekedMessage() => SilentAzure("""
        var message = await receiver.PeekMessageAsync();
        using var activity = source.StartActivity("look", ActivityKind.Consumer);
        await handler.HandleAsync(message.Body.ToString());
        var batch = new List<EventData> { new("new") };
        using var sending = source.StartActivity("send", ActivityKind.Consumer);
        foreach (var each in batch) await handler.HandleAsync(each.EventBody.ToString());
        """);

    [Fact]
    public Task Azure_MessageThatIsOnlySettled() => SilentAzure("""
        var message = await receiver.ReceiveMessageAsync();
        using var activity = source.StartActivity("complete", ActivityKind.Consumer);
        await receiver.CompleteMessageAsync(message);
        """);
}

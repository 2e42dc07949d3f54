using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2003_SpanWithoutContext>;

namespace TraceLint.Tests.Rules;

// Azure Service Bus and Event Hubs.
public partial class TL2003_SpanWithoutContextTests
{
    private static Task ReportsAzure(string statements, string members = "") => Verify.Rule(ConsumerCode.Azure(statements, members), Setup.Azure);

    [Fact]
    public Task Azure_ReceivedMessage() => ReportsAzure("""
        while (!cancellation.IsCancellationRequested)
        {
            var message = await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(5), cancellation).ConfigureAwait(false);
            if (message is null) continue;
            using var activity = source.[|StartActivity|]("orders process", ActivityKind.Consumer);
            await handler.HandleAsync(message.Body.ToString());
            await receiver.CompleteMessageAsync(message, cancellation);
        }
        """);

    [Fact]
    public Task Azure_ReceivedMessages() => ReportsAzure("""
        var messages = await receiver.ReceiveMessagesAsync(10, cancellationToken: cancellation);
        foreach (var message in messages)
        {
            using var activity = source.[|StartActivity|]("orders process");
            await handler.HandleAsync(message.Body.ToString());
        }

        foreach (var message in await receiver.ReceiveMessagesAsync(10))
        {
            using var activity = source.[|StartActivity|]("orders process", ActivityKind.Consumer, Activity.Current?.Context ?? default);
            await handler.HandleAsync(message.Body.ToString());
        }

        await foreach (var message in receiver.ReceiveMessagesAsync(cancellation))
        {
            using var activity = source.[|StartActivity|]("orders process", ActivityKind.Consumer);
            await handler.HandleAsync(message.Body.ToString());
        }
        """);

    [Fact]
    public Task Azure_Batch() => ReportsAzure("""
        var messages = await receiver.ReceiveMessagesAsync(10, cancellationToken: cancellation);
        using var activity = source.[|StartActivity|]("orders process", ActivityKind.Consumer);
        foreach (var message in messages)
        {
            await handler.HandleAsync(message.Body.ToString());
        }
        """);

    [Fact]
    public Task Azure_EventsOfConsumer() => ReportsAzure("""
        await foreach (PartitionEvent received in events.ReadEventsAsync(cancellation))
        {
            using var activity = source.[|StartActivity|]("orders process", ActivityKind.Consumer);
            await handler.HandleAsync(received.Data.EventBody.ToString());
        }
        """);

    [Fact]
    public Task Azure_EventsOfPartition() => ReportsAzure("""
        foreach (var received in await partition.ReceiveBatchAsync(50, cancellation))
        {
            using var activity = source.[|StartActivity|]("orders process", ActivityKind.Consumer);
            await handler.HandleAsync(received.EventBody.ToString());
        }
        """);
}

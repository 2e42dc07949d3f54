using TraceLint.Rules;
using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL1005_AppendedTraceHeader>;

namespace TraceLint.Tests.Rules;

/// <summary>What <see cref="TL1005_AppendedTraceHeader"/> says about messages of Azure Service Bus.</summary>
public class TL1005_CopiedPropertiesTests
{
    private static string Code(string statements, string members = "") => $$"""
        using System;
        using System.Diagnostics;
        using System.Threading.Tasks;
        using Azure.Messaging.ServiceBus;

        public class Retry(ServiceBusSender sender)
        {
            public async Task AgainAsync(ServiceBusReceivedMessage received, bool flag)
            {
                var again = new ServiceBusMessage(received.Body);
        {{KafkaCode.Indent(statements, 2)}}
            }

        {{KafkaCode.Indent(members, 1)}}
        }
        """;

    private static Task Says(string statements, string members = "") => Verify.Rule(Code(statements, members), Setup.Azure);

    [Fact]
    public Task AllPropertiesOfAReceivedMessage_AreReported() => Says("""
        foreach (var property in received.ApplicationProperties)
        {
            again.[|ApplicationProperties|][property.Key] = property.Value;
        }

        again.ApplicationProperties["round"] = 2;
        await sender.SendMessageAsync(again);
        """);

    [Fact]
    public Task OtherLoops_AreReported() => Says("""
        foreach (var (name, value) in received.ApplicationProperties) again.[|ApplicationProperties|].Add(name, value);
        await sender.ScheduleMessageAsync(again, DateTimeOffset.UtcNow.AddMinutes(1));
        """, """
        public async Task Resend(ProcessMessageEventArgs args)
        {
            var message = new ServiceBusMessage("again");
            foreach (var property in args.Message.ApplicationProperties) message.[|ApplicationProperties|].Add(property.Key, property.Value);
            await sender.SendMessageAsync(message, args.CancellationToken);
        }
        """);

    [Theory]
    [InlineData("again.ApplicationProperties.Remove(\"Diagnostic-Id\");")]
    [InlineData("again.ApplicationProperties[\"traceparent\"] = Activity.Current?.Id;")]
    [InlineData("DistributedContextPropagator.Current.Inject(Activity.Current, again, (_, name, value) => again.ApplicationProperties[name] = value);")]
    public Task ContextThatIsReplaced_IsSilent(string statement) => Says($$"""
        foreach (var property in received.ApplicationProperties) again.ApplicationProperties[property.Key] = property.Value;
        {{statement}}
        await sender.SendMessageAsync(again);
        """);

    [Fact]
    public Task PropertiesThatAreChosen_AreSilent() => Says("""
        foreach (var property in received.ApplicationProperties)
        {
            if (property.Key.StartsWith("x-", StringComparison.Ordinal)) again.ApplicationProperties[property.Key] = property.Value;
        }

        foreach (var property in received.ApplicationProperties) again.ApplicationProperties["old-" + property.Key] = property.Value;
        again.ApplicationProperties["type"] = received.ApplicationProperties["type"];
        await sender.SendMessageAsync(again);
        """);

    [Fact]
    public Task MessageThatIsNotSentOrMadeFromAnother_IsSilent() => Says("""
        var other = new ServiceBusMessage("other");
        foreach (var property in received.ApplicationProperties) other.ApplicationProperties[property.Key] = property.Value;
        foreach (var property in new ServiceBusMessage("x").ApplicationProperties) again.ApplicationProperties[property.Key] = property.Value;
        if (flag)
        {
            foreach (var property in received.ApplicationProperties) again.ApplicationProperties[property.Key] = property.Value;
        }

        await sender.SendMessageAsync(again);
        """);

    [Fact]
    public Task Fix_RemovesTheCopiedHeaders() => Verify.Fix<TL1005_ReplaceTraceHeader>(
        Code("""
            foreach (var property in received.ApplicationProperties)
            {
                again.[|ApplicationProperties|][property.Key] = property.Value;
            }

            await sender.SendMessageAsync(again);
            """),
        Code("""
            foreach (var property in received.ApplicationProperties)
            {
                again.ApplicationProperties[property.Key] = property.Value;
            }

            again.ApplicationProperties.Remove("Diagnostic-Id");
            again.ApplicationProperties.Remove("traceparent");
            again.ApplicationProperties.Remove("tracestate");
            await sender.SendMessageAsync(again);
            """),
        Setup.Azure);
}

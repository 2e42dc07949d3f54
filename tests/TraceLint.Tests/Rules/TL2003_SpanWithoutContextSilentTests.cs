using TraceLint.Rules;
using TraceLint.Tests.Verification;
using Verify = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2003_SpanWithoutContext>;

namespace TraceLint.Tests.Rules;

/// <summary>What <see cref="TL2003_SpanWithoutContext"/> must not report.</summary>
public partial class TL2003_SpanWithoutContextSilentTests
{
    private const string Getter = "static (headers, key) => headers != null && headers.TryGetValue(key, out var value) && value is byte[] bytes ? new[] { Encoding.UTF8.GetString(bytes) } : Array.Empty<string>()";

    private static Task Silent(string statements, string members = "") => Verify.Rule(ConsumerCode.Rabbit(statements, members), Setup.Rabbit);

    [Fact]
    public Task ExtractedParent_IsSilent() => Silent($$"""
        consumer.Received += async (sender, delivery) =>
        {
            var parent = Propagators.DefaultTextMapPropagator.Extract(default, delivery.BasicProperties.Headers, {{Getter}});
            using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
            await handler.HandleAsync(Encoding.UTF8.GetString(delivery.Body.Span));
        };
        """);

    [Fact]
    public Task HeaderReadByHand_IsSilent() => Silent("""
        consumer.Received += async (sender, delivery) =>
        {
            var parent = delivery.BasicProperties.Headers["traceparent"] as byte[];
            using var activity = source.StartActivity("process", ActivityKind.Consumer, Encoding.UTF8.GetString(parent ?? []));
            await handler.HandleAsync(Encoding.UTF8.GetString(delivery.Body.Span));
        };
        """);

    [Fact]
    public Task GetterThatIsAMethod_IsSilent() => Silent("""
        consumer.Received += async (sender, delivery) =>
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer, Parent(delivery.BasicProperties));
            await handler.HandleAsync(Encoding.UTF8.GetString(delivery.Body.Span));
        };
        """, $$"""
        private static ActivityContext Parent(IBasicProperties properties) => Propagators.DefaultTextMapPropagator.Extract(default, properties.Headers, {{Getter}}).ActivityContext;
        """);

    [Fact]
    public Task SpanAroundTheAcknowledgement_IsSilent() => Silent("""
        consumer.Received += async (sender, delivery) =>
        {
            await handler.HandleAsync(Encoding.UTF8.GetString(delivery.Body.Span));
            using var activity = source.StartActivity("ack");
            channel.BasicAck(delivery.DeliveryTag, false);
        };
        """);

    [Fact]
    public Task SpanOfTheCallerThatExtracts_IsSilent() => Silent($$"""
        consumer.Received += async (sender, delivery) =>
        {
            var parent = Propagators.DefaultTextMapPropagator.Extract(default, delivery.BasicProperties.Headers, {{Getter}});
            using var activity = source.StartActivity("process", ActivityKind.Consumer, parent.ActivityContext);
            await Handle(delivery);
        };
        """, """
        private async Task Handle(BasicDeliverEventArgs delivery)
        {
            using var activity = source.StartActivity("handle");
            await handler.HandleAsync(Encoding.UTF8.GetString(delivery.Body.Span));
        }
        """);

    [Fact]
    public Task Version7_PropagatesByItself() => Verify.Rule("""
        using System.Diagnostics;
        using System.Threading.Tasks;
        using RabbitMQ.Client.Events;

        public class Worker
        {
            private static readonly ActivitySource source = new("worker");

            public async Task Handle(object sender, BasicDeliverEventArgs delivery)
            {
                using var activity = source.StartActivity("process", ActivityKind.Consumer);
                await Work(delivery.Body.Length);
            }

            private static Task Work(int length) => Task.CompletedTask;
        }
        """, Setup.Traced(References.Rabbit7));
}

using TraceLint.Tests.Verification;
using Publish = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL1001_KafkaPublishWithoutContext>;
using Receive = TraceLint.Tests.Verification.Verify<TraceLint.Rules.TL2001_KafkaSpanWithoutContext>;

namespace TraceLint.Tests.Facts;

/// <summary>The fixes call what is there: the helper of a referenced library, or one that is declared or marked; of several, the nearest.</summary>
public class HelperOfLibraryTests
{
    private const string Library = """
        namespace Acme;

        public static class KafkaTracing
        {
            public static void Inject(Headers headers)
                => Propagators.DefaultTextMapPropagator.Inject(new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current), headers,
                    static (h, key, value) => { h.Remove(key); h.Add(key, Encoding.UTF8.GetBytes(value)); });

            public static PropagationContext Extract(Headers? headers)
                => Propagators.DefaultTextMapPropagator.Extract(default, headers, static (h, key) => h is not null && h.TryGetLastBytes(key, out var value) ? [Encoding.UTF8.GetString(value)] : []);

            // A helper that injects and publishes is not one to call in front of a publish.
            public static void InjectAndSend(Message<string, string> message) { message.Headers ??= new Headers(); Inject(message.Headers); Producer!.Produce("orders", message); }
            public static IProducer<string, string>? Producer { get; set; }
        }

        public class Bus(IProducer<string, string> producer)
        {
            public Task PublishAsync(string topic, Message<string, string> message) => producer.ProduceAsync(topic, message);
        }
        """;

    private const string Usings = "using Acme;\nusing OpenTelemetry;\nusing OpenTelemetry.Context.Propagation;";

    private static readonly Setup s_setup = new(References.KafkaAndOpenTelemetry.Add(FactLibrary.Built(Library)));

    private static Task Publishes(string statements, string @fixed, string members = "")
        => Publish.Fix<TL1001_InjectIntoKafkaMessage>(KafkaCode.Method(statements, members, Usings), KafkaCode.Method(@fixed, members, Usings), s_setup);

    [Fact]
    public Task Publish_CallsTheLibrary() => Publishes(
        """
        producer.[|Produce|]("orders", new Message<string, string> { Value = order.Id });
        """,
        """
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        KafkaTracing.Inject(message.Headers);
        producer.Produce("orders", message);
        """);

    [Fact]
    public Task WrapperOfTheLibrary_CallsTheLibrary() => Publishes(
        """
        await new Bus(producer).[|PublishAsync|]("orders", new Message<string, string> { Value = order.Id });
        """,
        """
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        KafkaTracing.Inject(message.Headers);
        await new Bus(producer).PublishAsync("orders", message);
        """);

    [Fact]
    public Task OwnHelper_IsNearer() => Publishes(
        """
        producer.[|Produce|]("orders", new Message<string, string> { Value = order.Id });
        """,
        """
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        Stamp(message.Headers);
        producer.Produce("orders", message);
        """,
        "private static void Stamp(Headers headers) => Propagators.DefaultTextMapPropagator.Inject(default, headers, static (h, key, value) => h.Add(key, Encoding.UTF8.GetBytes(value)));");

    [Fact]
    public Task MarkedHelper_IsCalled() => Publishes(
        """
        producer.[|Produce|]("orders", new Message<string, string> { Value = order.Id });
        """,
        """
        var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
        Stamp(message.Headers);
        producer.Produce("orders", message);
        """,
        """
        [InjectsTraceContext]
        private static void Stamp(Headers headers) { }
        private sealed class InjectsTraceContextAttribute : Attribute { }
        """);

    private static Task Receives(string helper, string member, string members, Setup setup)
    {
        const string receive = """
            var result = consumer.Consume(cancellation);
            using var activity = source.[|StartActivity|]("process", ActivityKind.Consumer);
            await handler.HandleAsync(result.Message.Value);
            """;
        return Receive.Fix<TL2001_ExtractFromKafkaHeaders>(
            ConsumerCode.Kafka(receive, members, Usings),
            ConsumerCode.Kafka($"""
                var result = consumer.Consume(cancellation);
                var parent = {helper}(result.Message.Headers);
                using var activity = source.StartActivity("process", ActivityKind.Consumer, parent{member});
                await handler.HandleAsync(result.Message.Value);
                """, members, Usings),
            setup);
    }

    [Fact]
    public Task Receive_CallsTheLibrary() => Receives("KafkaTracing.Extract", ".ActivityContext", "", s_setup);

    private const string Read = "internal static ActivityContext Read(Headers headers) => default;";

    [Fact]
    public Task DeclaredExtract_IsCalled()
        => Receives("Headers2.Read", "", $$"""} internal static class Headers2 { {{Read}}""", s_setup with { Declarations = "extract M:Headers2.Read" });

    [Fact]
    public Task MarkedExtract_IsCalled()
        => Receives("Read", "", $"[ExtractsTraceContext] {Read} private sealed class ExtractsTraceContextAttribute : Attribute {{ }}", s_setup);
}

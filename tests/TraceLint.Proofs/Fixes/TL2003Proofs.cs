using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Fixes;

/// <summary>Spans for other messages: of a bus that is declared, of RabbitMQ, EasyNetQ, Google Pub/Sub and Pulsar, delivered by stubs,
/// and of Azure Service Bus, without a server.</summary>
public sealed class TL2003Proofs : FixProofs<TL2003Proofs>
{
    private const string Bus = """
        public class Envelope
        {
            public string Body { get; set; } = "";

            public Dictionary<string, string>? Headers { get; set; }
        }

        public class Bus
        {
            private readonly Queue<Envelope> envelopes;

            public Bus(IEnumerable<Dictionary<string, string>> arrived) => envelopes = new Queue<Envelope>(arrived.Select(headers => new Envelope { Headers = headers }));

            public Envelope Receive() => envelopes.Dequeue();

            public void Return(Envelope envelope) => envelopes.Enqueue(envelope);
        }
        """;

    public static Proof DeclaredBus => Declared("""
        var bus = new Bus(arrived);
        var envelope = bus.Receive();
        using var activity = source.StartActivity("process", ActivityKind.Consumer);
        Handle(envelope.Body);
        """);

    public static Proof DeclaredBusWithNullHeaders => Declared("""
        var bus = new Bus(arrived);
        bus.Return(new Envelope());
        for (var i = 0; i < 2; i++)
        {
            var envelope = bus.Receive();
            using var activity = source.StartActivity("process", ActivityKind.Consumer);
            Handle(envelope.Body);
        }
        """) with
    {
        Broken = "root(publish) | process(price) | process(price)",
        Whole = "root(publish(>process(price))) | process(price)",
    };

    public static Proof DeclaredMethodThatExtracts => Declared("""
        var bus = new Bus(arrived);
        var envelope = bus.Receive();
        using var activity = source.StartActivity("process", ActivityKind.Consumer);
        Handle(envelope.Body);
        """, """
        private static ActivityContext Read(Envelope envelope)
            => envelope.Headers != null && ActivityContext.TryParse(envelope.Headers["traceparent"], envelope.Headers["tracestate"], isRemote: true, out var parent) ? parent : default;
        """) with { Declarations = "consume M:Service.Bus.Receive carrier=return.Headers\nextract M:Service.Read" };

    public static Proof RulesPageRabbit => Rabbit("""
        using var activity = source.StartActivity("process", ActivityKind.Consumer);
        Handle(Encoding.UTF8.GetString(delivery.Body.ToArray()));
        """);

    public static Proof RabbitWithoutHeaders => Rabbit("""
        foreach (var each in new[] { delivery, new BasicDeliverEventArgs { BasicProperties = properties } })
        {
            Process(each);
        }
        """, """
        private static void Process(BasicDeliverEventArgs message)
        {
            using var activity = source.StartActivity("process", ActivityKind.Consumer);
            Handle(Encoding.UTF8.GetString(message.Body.ToArray()));
        }
        """, ", IBasicProperties properties") with
    {
        Broken = "root(publish) | process(price) | process(price)",
        Whole = "root(publish(>process(price))) | process(price)",
    };

    public static Proof PubSubSubscriber => new()
    {
        Code = ServiceCode.Method(
            "SubscriberClient subscriber",
            """
            await subscriber.StartAsync((message, cancel) =>
            {
                using var activity = source.StartActivity("process");
                Handle(message.Data.ToStringUtf8());
                return Task.FromResult(SubscriberClient.Reply.Ack);
            });
            """,
            ServiceCode.Handle,
            "using Google.Cloud.PubSub.V1;"),
        Broken = "root(publish) | process(price)",
        Whole = "root(publish(>process(price)))",
    };

    public static Proof EasyNetQBytes => new()
    {
        Code = ServiceCode.Method(
            "IAdvancedBus consumer",
            """
            await consumer.Consume((body, properties, info) =>
            {
                using var activity = source.StartActivity("process", ActivityKind.Consumer);
                Handle(Encoding.UTF8.GetString(body.Span));
                return Task.CompletedTask;
            });
            """,
            ServiceCode.Handle,
            "using EasyNetQ;"),
        Broken = "root(publish) | process(price)",
        Whole = "root(publish(>process(price)))",
    };

    public static Proof PulsarMessage => new()
    {
        Code = ServiceCode.Method(
            "IConsumer<string> consumer",
            """
            var message = await consumer.Receive();
            using var activity = source.StartActivity("process", ActivityKind.Consumer);
            Handle(message.Value());
            """,
            ServiceCode.Handle,
            "using DotPulsar.Abstractions;"),
        Broken = "root(publish) | process(price)",
        Whole = "root(publish(>process(price)))",
    };

    public static Proof ServiceBusMessages => new()
    {
        Code = ServiceCode.Method(
            "ServiceBusReceiver receiver",
            """
            for (var i = 0; i < 2; i++)
            {
                var message = await receiver.ReceiveMessageAsync();
                using var activity = source.StartActivity("process", ActivityKind.Consumer);
                Handle(message.Body.ToString());
            }
            """,
            ServiceCode.Handle,
            "using Azure.Messaging.ServiceBus;"),
        Incoming = 2,
        Broken = "root(publish) | process(price) | process(price)",
        Whole = "root(publish(>process(price), >process(price)))",
    };

    private static Proof Declared(string statements, string members = "") => new()
    {
        Code = ServiceCode.Method("IReadOnlyList<Dictionary<string, string>> arrived", statements, $"{members}\n\n{ServiceCode.Handle}\n\n{Bus}".TrimStart()),
        Declarations = "consume M:Service.Bus.Receive carrier=return.Headers",
        Broken = "root(publish) | process(price)",
        Whole = "root(publish(>process(price)))",
    };

    private static Proof Rabbit(string statements, string members = "", string parameters = "") => new()
    {
        Code = ServiceCode.Method(
            "BasicDeliverEventArgs delivery" + parameters, statements, $"{members}\n\n{ServiceCode.Handle}".TrimStart(), "using RabbitMQ.Client;\nusing RabbitMQ.Client.Events;"),
        Broken = "root(publish) | process(price)",
        Whole = "root(publish(>process(price)))",
    };
}

using TraceLint.Proofs.Kit;

namespace TraceLint.Proofs.Silence;

/// <summary>Publishes that real code gets right: with .NET's propagator, by hand, in helpers, and by passing on what came.</summary>
public sealed class PublishShapes : SilenceProofs<PublishShapes>
{
    private const string Setter = "(_, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value))";

    private const string Helper = $$"""
        private static Headers Enrich(Activity? activity, Headers headers)
        {
            DistributedContextPropagator.Current.Inject(activity, headers, {{Setter}});
            return headers;
        }
        """;

    private const string Extensions = $$"""
        public static class MessageExtensions
        {
            public static Message<string, string> InjectTraceContext(this Message<string, string> message)
            {
                var headers = message.Headers ??= new Headers();
                DistributedContextPropagator.Current.Inject(Activity.Current, headers, {{Setter}});
                return message;
            }
        }
        """;

    private const string ByHand = "root(publish(>orders{no baggage, no tracestate}))";

    public static Proof InjectionBeforeThePublish => Kafka("""
        var message = new Message<string, string> { Value = "new", Headers = new Headers() };
        DistributedContextPropagator.Current.Inject(Activity.Current, message.Headers, (_, key, value) => message.Headers.Add(key, Encoding.UTF8.GetBytes(value)));
        await producer.ProduceAsync("orders", message);
        """);

    public static Proof InjectionInARetry => Kafka($$"""
        await Retry(async () =>
        {
            var headers = new Headers();
            DistributedContextPropagator.Current.Inject(Activity.Current, headers, {{Setter}});
            await producer.ProduceAsync("orders", new Message<string, string> { Value = "new", Headers = headers });
        });

        static Task Retry(Func<Task> send) => send();
        """);

    public static Proof HeadersAssignedLater => Kafka($$"""
        var headers = new Headers();
        DistributedContextPropagator.Current.Inject(Activity.Current, headers, {{Setter}});
        var message = new Message<string, string> { Value = "new" };
        message.Headers = headers;
        await producer.ProduceAsync("orders", message);
        """);

    public static Proof StaticHelper => Kafka("""
        await producer.ProduceAsync("orders", new Message<string, string> { Value = "new", Headers = Enrich(Activity.Current, new Headers()) });
        """, Helper);

    public static Proof ExtensionMethod => Kafka("""
        await producer.ProduceAsync("orders", new Message<string, string> { Value = "new" }.InjectTraceContext());
        """, types: Extensions);

    public static Proof BaseClassHelper => Kafka("""
        var sender = new OrderSender();
        await sender.SendAsync(producer);
        """, $$"""
        private abstract class Sender
        {
            protected static Headers Context()
            {
                var headers = new Headers();
                DistributedContextPropagator.Current.Inject(Activity.Current, headers, {{Setter}});
                return headers;
            }
        }

        private sealed class OrderSender : Sender
        {
            public Task SendAsync(IProducer<string, string> producer)
                => producer.ProduceAsync("orders", new Message<string, string> { Value = "new", Headers = Context() });
        }
        """);

    public static Proof OnlyImplementation => Kafka("""
        IHeaderSource context = new TraceHeaders();
        await producer.ProduceAsync("orders", new Message<string, string> { Value = "new", Headers = context.Create() });
        """, $$"""
        private interface IHeaderSource
        {
            Headers Create();
        }

        private sealed class TraceHeaders : IHeaderSource
        {
            public Headers Create()
            {
                var headers = new Headers();
                DistributedContextPropagator.Current.Inject(Activity.Current, headers, {{Setter}});
                return headers;
            }
        }
        """);

    public static Proof MessageTypeThatInjects => Kafka("""
        await producer.ProduceAsync("orders", new OrderMessage("new"));
        """, $$"""
        private abstract class TracedMessage : Message<string, string>
        {
            protected TracedMessage()
            {
                var headers = new Headers();
                DistributedContextPropagator.Current.Inject(Activity.Current, headers, {{Setter}});
                Headers = headers;
            }
        }

        private sealed class OrderMessage : TracedMessage
        {
            public OrderMessage(string value) => Value = value;
        }
        """);

    public static Proof OwnProducer => Kafka("""
        IMessageProducer bus = new Bus(producer);
        await bus.ProduceAsync("orders", "new");
        """, $$"""
        private interface IMessageProducer
        {
            Task ProduceAsync(string topic, string value);
        }

        private sealed class Bus : IMessageProducer
        {
            private readonly IProducer<string, string> _producer;

            public Bus(IProducer<string, string> producer) => _producer = producer;

            public Task ProduceAsync(string topic, string value)
            {
                var headers = new Headers();
                DistributedContextPropagator.Current.Inject(Activity.Current, headers, {{Setter}});
                return _producer.ProduceAsync(topic, new Message<string, string> { Value = value, Headers = headers });
            }
        }
        """);

    public static Proof GuardOnTheCurrentSpan => Kafka($$"""
        var headers = new Headers();
        if (Activity.Current != null)
        {
            DistributedContextPropagator.Current.Inject(Activity.Current, headers, {{Setter}});
        }

        await producer.ProduceAsync("orders", new Message<string, string> { Value = "new", Headers = headers });
        """);

    public static Proof FallbackToTheCurrentSpan => new()
    {
        Code = ServiceCode.Kafka($$"""
            using var activity = source.StartActivity("publish", ActivityKind.Producer) ?? Activity.Current;
            var headers = new Headers();
            DistributedContextPropagator.Current.Inject(activity, headers, {{Setter}});
            await producer.ProduceAsync("orders", new Message<string, string> { Value = "new", Headers = headers });
            """),
        Whole = "root(publish(>orders))",
    };

    public static Proof HeaderByHand => Kafka("""
        var headers = new Headers { new Header("traceparent", Encoding.UTF8.GetBytes(Activity.Current!.Id!)) };
        await producer.ProduceAsync("orders", new Message<string, string> { Value = "new", Headers = headers });
        """) with { Whole = ByHand };

    public static Proof HeaderByHandWithAConstant => Kafka("""
        var headers = new Headers();
        headers.Add(TraceParent, Encoding.UTF8.GetBytes(Activity.Current!.Id!));
        headers.Add("tracestate", Encoding.UTF8.GetBytes(Activity.Current.TraceStateString!));
        await producer.ProduceAsync("orders", new Message<string, string> { Value = "new", Headers = headers });
        """, """private const string TraceParent = "traceparent";""") with { Whole = "root(publish(>orders{no baggage}))" };

    public static Proof HeaderByHandWithAStaticField => Kafka("""
        var headers = new Headers();
        headers.Add(s_traceParent, Encoding.UTF8.GetBytes(Activity.Current!.Id!));
        headers.Add("tracestate", Encoding.UTF8.GetBytes(Activity.Current.TraceStateString!));
        await producer.ProduceAsync("orders", new Message<string, string> { Value = "new", Headers = headers });
        """, """private static readonly string s_traceParent = "traceparent";""") with { Whole = "root(publish(>orders{no baggage}))" };

    public static Proof HeadersPassedOn => Forward("""
        await producer.ProduceAsync("orders", new Message<string, string> { Value = consumed.Message.Value, Headers = consumed.Message.Headers });
        """);

    public static Proof MessagePassedOn => Forward("""await producer.ProduceAsync("orders", consumed.Message);""");

    public static Proof HeadersCopied => Forward("""
        var headers = new Headers();
        foreach (var header in consumed.Message.Headers)
        {
            headers.Add(header.Key, header.GetValueBytes());
        }

        await producer.ProduceAsync("orders", new Message<string, string> { Value = consumed.Message.Value, Headers = headers });
        """);

    public static Proof Outbox => Kafka("""
        var row = new OutboxRow { Payload = "new", TraceParent = Activity.Current?.Id };
        await Relay(row);

        async Task Relay(OutboxRow stored)
        {
            var headers = new Headers();
            if (stored.TraceParent != null)
            {
                headers.Add("traceparent", Encoding.UTF8.GetBytes(stored.TraceParent));
            }

            await producer.ProduceAsync("orders", new Message<string, string> { Value = stored.Payload, Headers = headers });
        }
        """, """
        private sealed class OutboxRow
        {
            public string Payload { get; set; } = "";

            public string? TraceParent { get; set; }
        }
        """) with { Whole = ByHand };

    public static Proof AttributesInAnInitializer => Sqs("""
        var attributes = new Dictionary<string, MessageAttributeValue>();
        DistributedContextPropagator.Current.Inject(Activity.Current, attributes, (_, key, value) =>
            attributes[key] = new MessageAttributeValue { DataType = "String", StringValue = value });
        await sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = url, MessageBody = "new", MessageAttributes = attributes });
        """);

    public static Proof AttributesOfEachEntry => Sqs("""
        var entries = order.Lines.Select(line => new SendMessageBatchRequestEntry(line, line) { MessageAttributes = Context() }).ToList();
        await sqs.SendMessageBatchAsync(url, entries);
        """, """
        private static Dictionary<string, MessageAttributeValue> Context()
        {
            var attributes = new Dictionary<string, MessageAttributeValue>();
            DistributedContextPropagator.Current.Inject(Activity.Current, attributes, (_, key, value) =>
                attributes[key] = new MessageAttributeValue { DataType = "String", StringValue = value });
            return attributes;
        }
        """) with { Whole = "root(publish(>orders, >orders))" };

    private static Proof Kafka(string statements, string members = "", string types = "") => new()
    {
        Code = ServiceCode.Kafka("using var activity = source.StartActivity(\"publish\", ActivityKind.Producer);\n" + statements, members) + types,
        Whole = "root(publish(>orders))",
    };

    private static Proof Forward(string statements) => new()
    {
        Code = ServiceCode.Kafka(statements, parameters: "IProducer<string, string> producer, ConsumeResult<string, string> consumed"),
        Whole = "root(publish(>orders))",
    };

    private static Proof Sqs(string statements, string members = "") => new()
    {
        Code = ServiceCode.Sqs("using var activity = source.StartActivity(\"publish\", ActivityKind.Producer);\n" + statements, members),
        Whole = "root(publish(>orders))",
    };
}

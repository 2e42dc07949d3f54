namespace TraceLint.Package.Tests.Scene;

/// <summary>The code of a company's library, services and program, and what is reported in it. TraceLint.Tests compiles it in a workspace.</summary>
internal static class CompanyCode
{
    /// <summary>The library.</summary>
    public const string Messaging = """
        using System.Diagnostics;
        using System.Text;
        using System.Threading.Tasks;
        using Confluent.Kafka;

        namespace Acme.Messaging;

        public static class TraceHeaders
        {
            public static void Inject(Headers headers)
                => DistributedContextPropagator.Current.Inject(Activity.Current, headers, (_, key, value) =>
                {
                    headers.Remove(key);
                    headers.Add(key, Encoding.UTF8.GetBytes(value));
                });

            public static ActivityContext Extract(Headers? headers)
            {
                ActivityContext.TryParse(Text(headers, "traceparent"), Text(headers, "tracestate"), isRemote: true, out var context);
                return context;
            }

            private static string? Text(Headers? headers, string name)
                => headers != null && headers.TryGetLastBytes(name, out var value) ? Encoding.UTF8.GetString(value) : null;
        }

        public class Bus
        {
            private readonly IProducer<string, string> _producer;

            public Bus(IProducer<string, string> producer) => _producer = producer;

            public Task PublishAsync(string topic, Message<string, string> message) => _producer.ProduceAsync(topic, message);

            public Task PublishTracedAsync(string topic, Message<string, string> message)
            {
                message.Headers ??= new Headers();
                TraceHeaders.Inject(message.Headers);
                return _producer.ProduceAsync(topic, message);
            }
        }
        """;

    /// <summary>The program.</summary>
    public const string Program = """
        using System.Diagnostics;
        using System.Reflection;
        using Acme.Messaging;
        using Confluent.Kafka;

        var traces = new HashSet<ActivityTraceId>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity => traces.Add(activity.TraceId),
        };
        ActivitySource.AddActivityListener(listener);
        var bus = new Bus(DispatchProxy.Create<IProducer<string, string>, Broker>());
        await new Orders.Service(bus).PlaceAsync("1");
        await new Billing.Service(bus).HandleAsync(new ConsumeResult<string, string> { Message = Broker.Last! });
        Console.WriteLine($"traces: {traces.Count}");

        public class Broker : DispatchProxy
        {
            public static Message<string, string>? Last { get; private set; }

            protected override object? Invoke(MethodInfo? method, object?[]? arguments)
            {
                Last = arguments?.OfType<Message<string, string>>().FirstOrDefault();
                return Task.FromResult(new DeliveryResult<string, string>());
            }
        }
        """;

    /// <summary>The services, by project.</summary>
    public static IReadOnlyDictionary<string, string> Services { get; } = new Dictionary<string, string>
    {
        ["Orders"] = Service("Orders", """
            public async Task PlaceAsync(string order)
                {
                    using var activity = s_source.StartActivity("place order");
                    await bus.PublishTracedAsync("audit", new Message<string, string> { Value = order });
                    await bus.PublishAsync("orders", new Message<string, string> { Value = order });
                }
            """),
        ["Billing"] = Service("Billing", """
            public async Task HandleAsync(ConsumeResult<string, string> result)
                {
                    using var activity = s_source.StartActivity("bill order", ActivityKind.Consumer);
                    var bill = Bill(result.Message.Value);
                    await bus.PublishAsync("bills", new Message<string, string> { Value = bill });
                }

                private static string Bill(string order) => order + ": 10 EUR";
            """),
        ["Shipping"] = Service("Shipping", """
            public async Task HandleAsync(ConsumeResult<string, string> result)
                {
                    using var activity = s_source.StartActivity("ship", ActivityKind.Consumer, TraceHeaders.Extract(result.Message.Headers));
                    await bus.PublishAsync("parcels", new Message<string, string> { Value = Pack(result.Message.Value) });
                }

                private static string Pack(string order) => order;
            """),
        ["Legacy"] = Service("Legacy", """
            public async Task ArchiveAsync(IProducer<string, string> producer, string order)
                {
                    using var activity = s_source.StartActivity("archive");
                    await bus.PublishAsync("archive", new Message<string, string> { Value = order });
                    await producer.ProduceAsync("archive", new Message<string, string> { Value = order });
                }
            """),
        ["Orders.Tests"] = Service("Orders.Tests", """
            public Task Test(IProducer<string, string> producer) => bus.PublishAsync("orders", new Message<string, string> { Value = "1" });
            """),
    };

    /// <summary>The warnings: file, line and rule. The older library does not say what its wrapper does, and tests are not judged.</summary>
    public static (string File, int Line, string Id)[] Reported { get; } =
    [
        ("Billing/Service.cs", 13, "TL2001"),
        ("Billing/Service.cs", 15, "TL1001"),
        ("Legacy/Service.cs", 15, "TL1001"),
        ("Orders/Service.cs", 15, "TL1001"),
        ("Shipping/Service.cs", 14, "TL1001"),
    ];

    private static string Service(string name, string members) => $$"""
        using System.Diagnostics;
        using Acme.Messaging;
        using Confluent.Kafka;

        namespace {{name}};

        public class Service(Bus bus)
        {
            private static readonly ActivitySource s_source = new("{{name}}");

            {{members}}
        }
        """;
}

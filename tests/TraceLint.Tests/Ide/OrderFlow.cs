using TraceLint.Tests.Verification;

namespace TraceLint.Tests.Ide;

/// <summary>A small service: what is edited in the tests of this folder.</summary>
internal static class OrderFlow
{
    public const string PublisherFile = "OrderPublisher.cs";
    public const string ConsumerFile = "OrderWorker.cs";
    public const string HelperFile = "KafkaHeaders.cs";

    /// <summary>Where something can be typed into the method of a publisher or of a consumer.</summary>
    public const string Here = "/* here */";

    /// <summary>Where a member can be typed into a publisher.</summary>
    public const string Member = "/* member */";

    public const string Publish
        = """producer.Produce(Topics.Orders, new Message<string, string> { Key = order.Id, Value = order.Customer });""";

    /// <summary>A publish whose headers come from <see cref="Injecting"/> or <see cref="NotInjecting"/>.</summary>
    public const string PublishWithHelper
        = """producer.Produce(Topics.Orders, new Message<string, string> { Value = order.Id, Headers = KafkaHeaders.For(order) });""";

    public const string Injecting = """
        namespace OrderFlow;

        internal static class KafkaHeaders
        {
            public static Headers For(Order order)
            {
                var headers = new Headers { { "customer", Encoding.UTF8.GetBytes(order.Customer) } };
                Propagators.DefaultTextMapPropagator.Inject(
                    new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
                    headers,
                    static (carrier, key, value) => carrier.Add(key, Encoding.UTF8.GetBytes(value)));
                return headers;
            }
        }
        """;

    public const string NotInjecting = """
        namespace OrderFlow;

        internal static class KafkaHeaders
        {
            public static Headers For(Order order)
            {
                var headers = new Headers { { "customer", Encoding.UTF8.GetBytes(order.Customer) } };
                return headers;
            }
        }
        """;

    private const string Common = """
        global using System;
        global using System.Collections.Generic;
        global using System.Diagnostics;
        global using System.Text;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Confluent.Kafka;
        global using OpenTelemetry;
        global using OpenTelemetry.Context.Propagation;

        namespace OrderFlow;

        public sealed record Order(string Id, string Customer);

        public static class Topics { public const string Orders = "orders"; }

        public static class Telemetry { public static readonly ActivitySource Source = new("OrderFlow"); }
        """;

    /// <summary>Opens files of the service.</summary>
    public static EditorSession Open(params IEnumerable<(string Name, string Text)> files)
        => new(Setup.OpenTelemetry, files.Prepend(("Common.cs", Common)));

    /// <summary>A class that publishes.</summary>
    /// <param name="statements">What its method does.</param>
    public static (string Name, string Text) Publisher(string statements) => (PublisherFile, $$"""
        namespace OrderFlow;

        public sealed class OrderPublisher(IProducer<string, string> producer)
        {
            public async Task PublishAsync(Order order, CancellationToken cancellation)
            {
                await Task.Yield();
        {{KafkaCode.Indent(statements + Here, 2)}}
            }

            {{Member}}
            public override string ToString() => producer.Name;
        }
        """);

    /// <summary>A class that consumes.</summary>
    /// <inheritdoc cref="Publisher"/>
    public static (string Name, string Text) Consumer(string statements) => (ConsumerFile, $$"""
        namespace OrderFlow;

        public sealed class OrderWorker(IConsumer<string, string> consumer)
        {
            public async Task RunAsync(CancellationToken cancellation)
            {
                await Task.Yield();
        {{KafkaCode.Indent(statements + Here, 2)}}
            }

            private static void Process(string order) => Console.WriteLine(order);
        }
        """);

    /// <summary>A class in which many rules report, each in a method of its own.</summary>
    public static (string Name, string Text) Faults => ("Faults.cs", """
        namespace OrderFlow;

        public sealed class Faults(IProducer<string, string> producer, IConsumer<string, string> consumer)
        {
            private Headers _headers = new();

            public void Publish(Order order) => producer.Produce("orders", new Message<string, string> { Value = order.Id });

            public async Task PublishTwiceAsync(Order order)
            {
                var message = new Message<string, string> { Value = order.Id };
                await producer.ProduceAsync("orders", message);
                await producer.ProduceAsync("audit", message);
            }

            public void PublishWithSpan(Order order)
            {
                using var activity = Telemetry.Source.StartActivity("publish");
                var message = new Message<string, string> { Value = order.Id, Headers = new Headers() };
                if (activity is not null)
                {
                    message.Headers.Add("traceparent", Encoding.UTF8.GetBytes(activity.Id!));
                }

                producer.Produce("orders", message);
            }

            public void Consume(CancellationToken cancellation)
            {
                var result = consumer.Consume(cancellation);
                using var activity = Telemetry.Source.StartActivity("orders process", ActivityKind.Consumer);
                Console.WriteLine(result.Message.Value);
            }

            public void Run(CancellationToken cancellation)
            {
                using var activity = Telemetry.Source.StartActivity("run");
                while (!cancellation.IsCancellationRequested)
                {
                    Console.WriteLine(consumer.Consume(cancellation).Message.Value);
                }
            }

            public void Hand(Order order)
            {
                using var activity = Telemetry.Source.StartActivity("hand");
                using (ExecutionContext.SuppressFlow())
                {
                    _ = Task.Run(() => Telemetry.Source.StartActivity("print")?.Dispose());
                }

                Process.Start("label-printer", order.Id);
            }

            public void Name(Order order)
            {
                using var activity = Telemetry.Source.StartActivity($"order {order.Id}");
                Hand(order);
            }

            public void Leak()
            {
                var activity = Telemetry.Source.StartActivity("leak");
                Console.WriteLine(activity?.Id);
            }

            public void Parent(string parent)
            {
                using var activity = Telemetry.Source.StartActivity("late");
                activity?.SetParentId(parent);
            }

            public void Append(Activity activity) => _headers.Add("traceparent", Encoding.UTF8.GetBytes(activity.Id!));

            public Task WorkAsync()
            {
                using var activity = Telemetry.Source.StartActivity("work");
                return Task.Delay(1000);
            }
        }
        """);
}

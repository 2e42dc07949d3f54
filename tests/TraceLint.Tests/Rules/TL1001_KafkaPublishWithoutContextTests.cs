using Microsoft.CodeAnalysis.CSharp;
using TraceLint.Rules;
using TraceLint.Tests.Verification;
using static TraceLint.Tests.Verification.KafkaCode;

namespace TraceLint.Tests.Rules;

/// <summary>What TL1001 reports. What it does not is in TL1001_KafkaPublishWithoutContextSilentTests.</summary>
public class TL1001_KafkaPublishWithoutContextTests
{
    private static Task Verify(string source, Setup? setup = null) => Verify<TL1001_KafkaPublishWithoutContext>.Rule(source, setup);

    [Fact]
    public Task InlineMessage() => Verify(Method("""
        await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = order.Id });
        """));

    [Fact]
    public Task SynchronousProduce() => Verify(Method("""
        producer.[|Produce|]("orders", new Message<string, string> { Value = order.Id });
        """));

    [Fact]
    public Task ProduceWithDeliveryHandler() => Verify(Method("""
        producer.[|Produce|]("orders", new Message<string, string> { Value = order.Id }, report => Console.WriteLine(report.Error));
        """));

    [Fact]
    public Task TopicPartition() => Verify(Method("""
        await producer.[|ProduceAsync|](new TopicPartition("orders", 3), new Message<string, string> { Value = order.Id }, cancellation);
        """));

    [Fact]
    public Task NamedArguments() => Verify(Method("""
        await producer.[|ProduceAsync|](message: new() { Value = order.Id }, topic: "orders");
        """));

    [Fact]
    public Task MessageInLocal() => Verify(Method("""
        var message = new Message<string, string> { Value = order.Id };
        await producer.[|ProduceAsync|]("orders", message);
        """));

    [Fact]
    public Task BusinessHeadersOnly() => Verify(Method("""
        var message = new Message<string, string>
        {
            Value = order.Id,
            Headers = new Headers { { "message-type", Encoding.UTF8.GetBytes("order") }, new Header("correlation-id", Guid.NewGuid().ToByteArray()) },
        };
        await producer.[|ProduceAsync|]("orders", message);
        """));

    [Fact]
    public Task BusinessHeadersAddedLater() => Verify(Method("""
        var headers = new Headers();
        headers.Add("message-type", Encoding.UTF8.GetBytes("order"));
        var message = new Message<string, string> { Value = order.Id };
        message.Headers = headers;
        message.Headers.Add(new Header("tenant", null));
        producer.[|Produce|]("orders", message);
        """));

    [Fact]
    public Task BusinessHeaderNamedByConstantOrField() => Verify(Method(
        """
        var message = new Message<string, string> { Headers = new Headers { { TypeHeader, [1] }, { TenantHeader, [2] } } };
        producer.[|Produce|]("orders", message);
        """,
        """
        private const string TypeHeader = "message-type";
        private static readonly string TenantHeader = "tenant";
        """));

    [Fact]
    public Task OnlyBaggageOrTraceState() => Verify(Method("""
        producer.[|Produce|]("orders", new Message<string, string> { Headers = new Headers { { "baggage", [1] }, { "tracestate", [2] } } });
        """));

    [Fact]
    public Task HeadersSetToNull() => Verify(Method("""
        producer.[|Produce|]("orders", new Message<string, string> { Value = "x", Headers = null });
        """, usings: "#nullable disable"));

    [Fact]
    public Task ProducerSpanWithoutInject() => Verify(Method("""
        using var activity = source.StartActivity("orders publish", ActivityKind.Producer);
        activity?.SetTag("messaging.destination.name", "orders");
        await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = order.Id });
        """));

    [Fact]
    public Task EachPublishOfAMethod() => Verify(Method("""
        producer.[|Produce|]("orders", new Message<string, string> { Value = order.Id });
        producer.[|Produce|]("audit", new Message<string, string> { Value = order.Id });
        """));

    [Fact]
    public Task SameMessageTwice() => Verify(Method("""
        var message = new Message<string, string> { Value = order.Id };
        await producer.[|ProduceAsync|]("orders", message);
        await producer.[|ProduceAsync|]("audit", message);
        """));

    [Fact]
    public Task OnlyTheMessageThatIsMissed() => Verify(Traced("""
        var traced = new Message<string, string> { Headers = new Headers() };
        var plain = new Message<string, string> { Headers = new Headers() };
        Propagators.DefaultTextMapPropagator.Inject(default, traced.Headers, (headers, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value)));
        producer.Produce("orders", traced);
        producer.[|Produce|]("audit", plain);
        """));

    [Fact]
    public Task MessageKeptInList() => Verify(Method("""
        var messages = new List<Message<string, string>>();
        foreach (var line in order.Lines)
        {
            messages.Add(new Message<string, string> { Value = line });
        }

        foreach (var message in messages)
        {
            await producer.[|ProduceAsync|]("lines", message);
        }
        """));

    // Before Roslyn 4.9 there is no operation that says what a collection expression consists of.
    [Theory]
    [InlineData("List<Message<string, string>> all = [new() { Value = order.Id }, new()];")]
    [InlineData("Message<string, string>[] some = [new()]; IEnumerable<Message<string, string>> all = [.. some, new()];")]
    public Task MessagesInACollectionExpression(string statement)
    {
        var isKnown = Enum.IsDefined((Microsoft.CodeAnalysis.OperationKind)0x7f);
        return Verify(Method($$"""
            {{statement}}
            foreach (var message in all)
            {
                producer.{{(isKnown ? "[|Produce|]" : "Produce")}}("orders", message);
            }
            """));
    }

    [Theory]
    [InlineData("if (order.Lines.Length > 1) { INJECT }")]
    [InlineData("if (order.Id == \"vip\") { message.Key = \"vip\"; INJECT } else { message.Key = \"other\"; }")]
    public Task InjectedInOneBranch(string branch) => Verify(Traced($$"""
        var message = new Message<string, string> { Headers = new Headers() };
        {{branch.Replace("INJECT", "Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, (h, key, value) => h.Add(key, Encoding.UTF8.GetBytes(value)));", StringComparison.Ordinal)}}
        producer.[|Produce|]("orders", message);
        """));

    [Fact]
    public Task InjectedInTheBranchThatPublishesItself() => Verify(Traced("""
        var message = new Message<string, string> { Headers = new Headers() };
        if (flag)
        {
            Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, (h, key, value) => h.Add(key, Encoding.UTF8.GetBytes(value)));
            producer.Produce("orders", message);
        }
        else
        {
            producer.[|Produce|]("orders", message);
        }
        """));

    [Theory]
    [InlineData("using var plain = new ProducerBuilder<string, string>(new ProducerConfig()).Build(); plain.[|Produce|](\"orders\", message);", "")]
    [InlineData("plain.[|Produce|](\"orders\", message);", "private readonly IProducer<string, string> plain = new ProducerBuilder<string, string>(new ProducerConfig()).SetErrorHandler((_, _) => { }).Build();")]
    [InlineData("plain.[|Produce|](\"orders\", message);", "private readonly IProducer<string, string> plain; public Sample(ProducerConfig config) { var builder = new ProducerBuilder<string, string>(config); plain = builder.Build(); }")]
    public Task PlainProducer_BesideAnInstrumentation(string publish, string members) => Verify(
        Traced("var message = new Message<string, string>();\n" + publish, members),
        Setup.OpenTelemetry with { References = References.KafkaAndOpenTelemetry.Add(References.Named("OpenTelemetry.Instrumentation.ConfluentKafka")) });

    [Fact]
    public Task InjectedAfterwards() => Verify(Traced("""
        var message = new Message<string, string> { Headers = new Headers() };
        await producer.[|ProduceAsync|]("orders", message);
        Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, (headers, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value)));
        """));

    [Fact]
    public Task InjectedIntoOtherHeaders() => Verify(Traced("""
        var headers = new Headers();
        Propagators.DefaultTextMapPropagator.Inject(default, headers, (headers, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value)));
        await producer.[|ProduceAsync|]("orders", new Message<string, string> { Headers = new Headers() });
        """));

    [Fact]
    public Task HeadersReplacedAfterInject() => Verify(Traced("""
        var message = new Message<string, string> { Headers = new Headers() };
        Propagators.DefaultTextMapPropagator.Inject(default, message.Headers, (headers, key, value) => headers.Add(key, Encoding.UTF8.GetBytes(value)));
        message.Headers = new Headers();
        producer.[|Produce|]("orders", message);
        """));

    [Fact]
    public Task Loop() => Verify(Method("""
        foreach (var line in order.Lines)
        {
            var message = new Message<string, string> { Key = order.Id, Value = line };
            await producer.[|ProduceAsync|]("lines", message);
        }
        """));

    [Fact]
    public Task BothBranches() => Verify(Method("""
        var message = flag
            ? new Message<string, string> { Value = "a" }
            : new Message<string, string> { Value = "b", Headers = new Headers() };
        await producer.[|ProduceAsync|]("orders", message);
        """));

    [Fact]
    public Task HeadersOnOneBranch() => Verify(Method("""
        var message = new Message<string, string> { Value = order.Id };
        if (flag)
        {
            message.Headers = new Headers { { "priority", [1] } };
        }

        await producer.[|ProduceAsync|]("orders", message);
        """));

    [Fact]
    public Task HeadersCreatedWhenMissing() => Verify(Method("""
        var message = new Message<string, string> { Value = order.Id };
        message.Headers ??= new Headers();
        message.Headers.Add("type", [1]);
        await producer.[|ProduceAsync|]("orders", message);
        """));

    [Fact]
    public Task TryCatch() => Verify(Method("""
        var message = new Message<string, string> { Value = order.Id };
        try
        {
            await producer.[|ProduceAsync|]("orders", message);
        }
        catch (ProduceException<string, string>)
        {
            await producer.[|ProduceAsync|]("orders-dead", message);
        }
        finally
        {
            producer.[|Produce|]("audit", message);
        }
        """));

    [Fact]
    public Task Lambda() => Verify(Method("""
        await Task.WhenAll(order.Lines.Select(async line => await producer.[|ProduceAsync|]("lines", new Message<string, string> { Value = line })));
        """));

    [Fact]
    public Task MessageCapturedByLambda() => Verify(Method("""
        var message = new Message<string, string> { Value = order.Id };
        await Retry(() => producer.[|ProduceAsync|]("orders", message));
        """, "private static Task Retry(Func<Task> action) => action();"));

    [Fact]
    public Task LocalFunction() => Verify(Method("""
        await Publish();

        Task Publish() => producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = order.Id });
        """));

    [Fact]
    public Task MessageCapturedByLocalFunction() => Verify(Method("""
        var message = new Message<string, string> { Value = order.Id };
        await Publish();

        Task Publish() => producer.[|ProduceAsync|]("orders", message);
        """));

    [Fact]
    public Task ConditionalAccess() => Verify(Method("""
        IProducer<string, string>? maybe = producer;
        maybe?.[|Produce|]("orders", new Message<string, string> { Value = order.Id });
        """));

    [Fact]
    public Task ExpressionBody() => Verify(Method("", """
        public Task Publish(IProducer<string, string> producer, string id)
            => producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = id });
        """));

    [Fact]
    public Task FieldInitializer() => Verify(Method("", """
        private readonly Action<IProducer<string, string>> publish = producer => producer.[|Produce|]("orders", new Message<string, string> { Value = "x" });
        """));

    [Fact]
    public Task Constructor() => Verify(Method("", """
        public Sample(IProducer<string, string> producer)
        {
            producer.[|Produce|]("started", new Message<string, string> { Value = "x" });
        }
        """));

    [Fact]
    public Task TopLevelStatements() => Verify<TL1001_KafkaPublishWithoutContext>.Program("""
        using Confluent.Kafka;

        using var producer = new ProducerBuilder<Null, string>(new ProducerConfig()).Build();
        await producer.[|ProduceAsync|]("orders", new Message<Null, string> { Value = "x" });
        """);

    [Fact]
    public Task GenericWrapperThatBuildsTheMessage() => Verify(Method("", """
        public Task Publish<TKey, TValue>(IProducer<TKey, TValue> producer, TKey key, TValue value)
            => producer.[|ProduceAsync|]("orders", new Message<TKey, TValue> { Key = key, Value = value });
        """));

    [Fact]
    public Task LoggedAndSerializedMessageIsStillTheSame() => Verify(Method("""
        var message = new Message<string, string> { Value = order.Id };
        ArgumentNullException.ThrowIfNull(message);
        Console.WriteLine("{0} {1}", message, message.Value);
        Console.WriteLine($"{message.Key}: {JsonSerializer.Serialize(message)}");
        if (message.Headers != null && message.Value is { Length: > 0 })
        {
            Console.WriteLine(message.Headers.Count);
        }

        await producer.[|ProduceAsync|]("orders", message);
        """));

    [Fact]
    public Task HeadersOfAParameterReplaced() => Verify(Method("", """
        public void Publish(IProducer<string, string> producer, Message<string, string> message)
        {
            message.Headers = new Headers { { "type", [1] } };
            producer.[|Produce|]("orders", message);
        }
        """));

    [Fact]
    public Task ProjectInjectsIntoHttpHeadersToo() => Verify(Traced("""
        await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = order.Id });
        """) + """

        public class Client
        {
            public void Send(System.Net.Http.HttpRequestMessage request)
                => Propagators.DefaultTextMapPropagator.Inject(default, request.Headers, (headers, key, value) => headers.Add(key, value));
        }
        """);

    [Fact]
    public Task OwnActivityTypeIsNoTrace() => Verify(Method("""
        await producer.[|ProduceAsync|]("rides", new Message<string, string> { Value = new Fitness.Activity("ride").Name });
        """) + """

        namespace Fitness
        {
            public record Activity(string Name);
        }
        """);

    [Fact]
    public Task AgentInTheNameOnly() => Verify(
        Method("""await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = order.Id });"""),
        Setup.OpenTelemetry with { Assembly = "OpenTelemetryDemo.Orders" });

    [Fact]
    public Task OldestLibraries() => Verify(Method("""
        await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = order.Id });
        producer.[|Produce|]("orders", new Message<string, string> { Value = order.Id });
        """), Setup.OpenTelemetry with { References = References.Oldest });

    [Fact]
    public Task CSharp7() => Verify("""
        using Confluent.Kafka;
        using System.Threading.Tasks;

        public class Sample
        {
            public async Task Send(IProducer<string, string> producer)
            {
                await producer.[|ProduceAsync|]("orders", new Message<string, string> { Value = "x" });
            }
        }
        """, Setup.SystemDiagnostics with { Language = LanguageVersion.CSharp7_3, Nullable = false });

    [Fact]
    public Task HalfTypedCodeAfterIt() => Verify(Method("""
        var message = new Message<string, string> { Value = order.Id };
        await producer.[|ProduceAsync|]("orders", message);
        order.Lines.Select(line => line.
        """), Setup.OpenTelemetry with { Broken = true });
}
